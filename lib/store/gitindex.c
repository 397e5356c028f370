/* gitindex - git's index written anew, with some entries changed. */
#include "store/gitindex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/gitindex-out.h"
#include "store/gitindex-split.h"

#define FULL ((size_t)1 << 20) /* bytes kept in memory */

struct writing {
	struct tk_gi_walk *w;
	const git_tree *now;
	struct tk_gi_entry *v;
	size_t n, i; /* i: the next one of v */
	struct tk_gi_out *out;
	struct tk_str last; /* the name written last (version 4) */
	size_t from;        /* what is not copied yet begins here; 0: nothing */
	uint32_t count;
	unsigned version;
};

/* What was only passed by, as it is. */
static enum tk_status
copy(struct writing *w, size_t to, struct tk_err *err)
{
	const struct tk_gi_cursor *c = &w->w->shared;
	size_t from = w->from;
	enum tk_status st;

	w->from = 0;
	if (from == 0 || from == to)
		return w->out->buffer.len < FULL ? TK_OK
						 : tk_gi_out_flush(w->out, err);
	if ((st = tk_gi_out_flush(w->out, err)) != TK_OK)
		return st;
	return tk_gi_out_add(w->out, c->data + from, to - from, err);
}

static void
put_entry(struct writing *w, unsigned char fix[TK_GI_FIX], unsigned more,
    const char *name, size_t len)
{
	tk_gi_put(&w->out->buffer, &w->last, w->version, fix, more, name, len);
	w->count++;
}

static void
put_new(struct writing *w, const struct tk_gi_entry *e)
{
	unsigned char fix[TK_GI_FIX];
	unsigned more = tk_gi_fix_new(fix, e);

	put_entry(w, fix, more, e->path, strlen(e->path));
}

static void
put_old(struct writing *w, const git_oid *id)
{
	unsigned char fix[TK_GI_FIX];

	memcpy(fix, w->w->bytes, TK_GI_FIX);
	if (id != NULL)
		memcpy(fix + TK_GI_ID, id->id, GIT_OID_RAWSZ);
	else if (tk_gi_is_racy(w->w->bytes, tk_gi_walk_file(w->w)))
		tk_gi_be(fix + TK_GI_SIZE, 0, 4);
	put_entry(w, fix, w->w->more, w->w->name, w->w->name_len);
}

/* A folder of a sparse index with changes below it. */
static enum tk_status
put_folder(struct writing *w, struct tk_err *err)
{
	const char *name = w->w->name;
	size_t len = w->w->name_len;
	char *dir = tk_strndup(name, len - 1);
	git_tree_entry *e = NULL;
	int rc = git_tree_entry_bypath(&e, w->now, dir);
	enum tk_status st = copy(w, w->w->shared.at, err);

	if (rc == 0)
		put_old(w, git_tree_entry_id(e));
	git_tree_entry_free(e);
	free(dir);
	while (w->i < w->n && w->v[w->i].sparse &&
	    strncmp(w->v[w->i].path, name, len) == 0)
		w->i++;
	if (st == TK_OK && rc < 0 && rc != GIT_ENOTFOUND)
		st = tk_fail_git(err, rc, "%s", name);
	return st;
}

static enum tk_status
put_before(struct writing *w, const char *name, struct tk_err *err)
{
	enum tk_status st = TK_OK;

	while (st == TK_OK && w->i < w->n &&
	    (name == NULL || strcmp(w->v[w->i].path, name) < 0)) {
		st = copy(w, w->w->shared.at, err);
		if (st == TK_OK && !w->v[w->i].remove)
			put_new(w, &w->v[w->i]);
		w->i++;
	}
	return st;
}

/* Version 4: does its name still begin in what is written before it? */
static bool
follows(const struct writing *w, const struct tk_str *before)
{
	return w->version != 4 || w->from != 0 ||
	    (w->last.len == before->len &&
		memcmp(w->last.data, before->data, before->len) == 0);
}

static void
note_name(struct tk_str *name, const struct tk_gi_walk *w)
{
	tk_str_reset(name);
	tk_str_add_data(name, w->name, w->name_len);
}

static enum tk_status
put_entries(struct writing *w, struct tk_err *err)
{
	struct tk_str before = TK_STR_INIT;
	struct tk_gi_walk *walk = w->w;
	enum tk_status st = TK_OK;
	struct tk_gi_entry *e;

	while (st == TK_OK && tk_gi_walk_next(walk, &st, err)) {
		if ((st = put_before(w, walk->name, err)) != TK_OK)
			break;
		e = w->i < w->n ? &w->v[w->i] : NULL;
		if (e != NULL && e->sparse && e->folder == walk->name_len &&
		    strncmp(e->path, walk->name, e->folder) == 0) {
			st = put_folder(w, err);
		} else if (e != NULL && strcmp(e->path, walk->name) == 0) {
			st = copy(w, walk->shared.at, err);
			if (st == TK_OK && !e->remove)
				put_new(w, e);
			w->i++;
		} else if (walk->link.is || !follows(w, &before) ||
		    tk_gi_is_racy(walk->bytes, tk_gi_walk_file(walk))) {
			st = copy(w, walk->shared.at, err);
			put_old(w, NULL);
		} else {
			if (w->from == 0)
				w->from = walk->shared.at;
			w->count++;
			if (w->version == 4)
				note_name(&w->last, walk);
		}
		if (w->version == 4)
			note_name(&before, walk);
	}
	if (st == TK_OK)
		st = copy(w, walk->shared.at, err);
	if (st == TK_OK)
		st = put_before(w, NULL, err);
	tk_str_clear(&before);
	return st;
}

enum tk_status
tk_gi_put_extensions(struct tk_gi_out *out, const struct tk_gi_cursor *c,
    struct tk_gi_entry *v, size_t n, struct tk_err *err)
{
	const unsigned char *p;
	struct tk_str tree = TK_STR_INIT;
	enum tk_status st = TK_OK;
	unsigned char be[4];
	size_t at = c->at, len;
	char name[5];

	/* All else that git can make again it does. */
	while ((p = tk_gi_extension(c, &at, &len, name)) != NULL) {
		if (strcmp(name, "sdir") == 0) {
			tk_str_add_data(&out->buffer, p - 8, 8 + len);
		} else if (strcmp(name, "TREE") == 0) {
			tk_str_reset(&tree);
			if (!tk_gi_tree(&tree, p, len, v, n))
				continue;
			tk_gi_be(be, (uint32_t)tree.len, 4);
			tk_str_add(&out->buffer, name);
			tk_str_add_data(&out->buffer, be, 4);
			tk_str_add_data(&out->buffer, tree.data, tree.len);
		} else if ((name[0] < 'A' || name[0] > 'Z') &&
		    strcmp(name, "link") != 0) {
			st = tk_fail(err, TK_EINPUT,
			    _("%s: tk does not know its part %.4s"), c->path,
			    name);
			break;
		}
	}
	tk_str_clear(&tree);
	return st == TK_OK ? tk_gi_out_flush(out, err) : st;
}

/* How many entries it will have, and in which version. */
static void
plan(struct writing *w, uint32_t *entries, uint32_t there)
{
	const struct tk_gi_entry *e, *before = NULL;
	git_tree_entry *te = NULL;
	size_t i;
	char *dir;

	*entries = there;
	w->version = w->w->shared.version;
	if (w->w->link.is && w->version == 2)
		w->version = w->w->own.version;
	for (i = 0; i < w->n; i++) {
		e = &w->v[i];
		if (!e->sparse) {
			*entries += !e->there && !e->remove;
			*entries -= e->there && e->remove;
			if (w->version == 2 && !e->there && e->leave_out)
				w->version = 3;
		} else if (before == NULL || before->folder != e->folder ||
		    strncmp(before->path, e->path, e->folder) != 0) {
			before = e;
			dir = tk_strndup(e->path, e->folder - 1);
			if (git_tree_entry_bypath(&te, w->now, dir) ==
			    GIT_ENOTFOUND)
				*entries -= 1;
			git_tree_entry_free(te);
			te = NULL;
			free(dir);
		}
	}
}

static enum tk_status
put_all(struct writing *w, uint32_t there, struct tk_err *err)
{
	const char *path = tk_gi_walk_file(w->w)->path;
	unsigned char head[TK_GI_HEAD] = "DIRC";
	enum tk_status st;
	uint32_t entries;

	plan(w, &entries, there);
	tk_gi_be(head + 4, w->version, 4);
	tk_gi_be(head + 8, entries, 4);
	tk_str_add_data(&w->out->buffer, head, sizeof(head));
	if ((st = put_entries(w, err)) != TK_OK ||
	    (st = tk_gi_out_flush(w->out, err)) != TK_OK ||
	    (st = tk_gi_put_extensions(
		 w->out, tk_gi_walk_file(w->w), w->v, w->n, err)) != TK_OK)
		return st;
	if (w->count != entries)
		return tk_fail(
		    err, TK_ESYS, "%s: %u, %u", path, entries, w->count);
	return TK_OK;
}

/* As one file. */
static enum tk_status
write_whole(struct tk_gi_out *out, struct tk_store *s, const git_tree *now,
    struct tk_gi_entry *v, size_t n, struct tk_err *err)
{
	struct tk_gi_walk walk;
	struct writing w = { &walk, now, v, n, .out = out };
	enum tk_status st = tk_gi_walk_open(&walk, s, err);
	uint32_t there = (uint32_t)walk.shared.left;

	tk_str_init(&w.last);
	if (st == TK_OK && walk.link.is) {
		for (there = 0; tk_gi_walk_next(&walk, &st, err); there++)
			continue;
		tk_gi_walk_close(&walk);
		if (st == TK_OK)
			st = tk_gi_walk_open(&walk, s, err);
	}
	if (st == TK_OK)
		st = put_all(&w, there, err);
	tk_gi_walk_close(&walk);
	tk_str_clear(&w.last);
	return st;
}

enum tk_status
tk_gi_write(struct tk_store *s, const git_tree *now, struct tk_gi_entry *v,
    size_t n, struct tk_err *err)
{
	struct tk_gi_out out;
	struct tk_gi_shared use = { .is = false };
	enum tk_status st = tk_gi_out_open(&out, s, err);
	char *path;

	if (st != TK_OK)
		return st;
	path = tk_strf("%sindex", tk_store_gitdir(s));
	/* As it is now, under the lock. */
	if ((st = tk_gi_find(s, v, n, err)) == TK_OK &&
	    (st = tk_gi_split(&out, s, v, n, &use, err)) == TK_OK && !use.is)
		st = write_whole(&out, s, now, v, n, err);
	st = tk_gi_out_close(&out, st, path, err);
	if (st == TK_OK && use.is)
		tk_gi_shared_use(s, &use);
	free(path);
	return st;
}
