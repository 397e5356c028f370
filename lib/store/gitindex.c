/* gitindex - git's index written anew, with some entries changed. */
#include "store/gitindex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/gitindex-out.h"

struct writing {
	struct tk_gi_cursor c;
	const git_tree *now;
	struct tk_gi_entry *v;
	size_t n, i; /* i: the next one of v */
	struct tk_gi_out out;
	struct tk_str last; /* the name written last (version 4) */
	size_t from;        /* what is not copied yet begins here; 0: nothing */
	uint32_t count;
	unsigned version;
};

static void
be(unsigned char *p, uint32_t n, size_t bytes)
{
	while (bytes-- > 0) {
		p[bytes] = (unsigned char)(n & 255);
		n >>= 8;
	}
}

static uint32_t
read_be(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

/* What was only passed by, as it is. */
static enum tk_status
copy(struct writing *w, size_t to, struct tk_err *err)
{
	size_t from = w->from;
	enum tk_status st;

	w->from = 0;
	if (from == 0 || from == to)
		return TK_OK;
	if ((st = tk_gi_out_flush(&w->out, err)) != TK_OK)
		return st;
	return tk_gi_out_add(&w->out, w->c.data + from, to - from, err);
}

/* How much of the last name does not stay; see varint() of the reader. */
static void
put_strip(struct tk_str *out, size_t n)
{
	unsigned char b[16];
	size_t at = sizeof(b) - 1;

	b[at] = n & 127;
	while (n >>= 7)
		b[--at] = (unsigned char)(128 | (--n & 127));
	tk_str_add_data(out, b + at, sizeof(b) - at);
}

static void
put_name(struct writing *w, const char *name, size_t len, size_t used)
{
	size_t same = 0;

	if (w->version == 4) {
		while (same < len && same < w->last.len &&
		    w->last.data[same] == name[same])
			same++;
		put_strip(&w->out.buffer, w->last.len - same);
		tk_str_add_data(&w->out.buffer, name + same, len - same + 1);
	} else {
		tk_str_add_data(&w->out.buffer, name, len);
		do {
			tk_str_add_char(&w->out.buffer, '\0');
			used++;
		} while ((used + len) % 8 != 0);
	}
	tk_str_reset(&w->last);
	tk_str_add_data(&w->last, name, len);
}

/* fix has all but the length of the name. */
static void
put_entry(struct writing *w, unsigned char fix[TK_GI_FIX], unsigned more,
    const char *name, size_t len)
{
	unsigned flags = (unsigned)(len < TK_GI_NAME ? len : TK_GI_NAME);
	unsigned char ext[2];

	if (more != 0)
		flags |= TK_GI_EXTENDED;
	be(fix + TK_GI_FIX - 2, flags, 2);
	tk_str_add_data(&w->out.buffer, fix, TK_GI_FIX);
	if (more != 0) {
		be(ext, more, 2);
		tk_str_add_data(&w->out.buffer, ext, 2);
	}
	put_name(w, name, len, TK_GI_FIX + (more != 0 ? 2 : 0));
}

static void
put_new(struct writing *w, const struct tk_gi_entry *e)
{
	bool skip = e->there ? e->skip : e->leave_out;
	unsigned char fix[TK_GI_FIX] = { 0 };
	const struct stat *sb = &e->sb;

	if (!skip) {
		be(fix, (uint32_t)sb->st_ctim.tv_sec, 4);
		be(fix + 4, (uint32_t)sb->st_ctim.tv_nsec, 4);
		be(fix + TK_GI_MTIME, (uint32_t)sb->st_mtim.tv_sec, 4);
		be(fix + TK_GI_MTIME + 4, (uint32_t)sb->st_mtim.tv_nsec, 4);
		be(fix + 16, (uint32_t)sb->st_dev, 4);
		be(fix + 20, (uint32_t)sb->st_ino, 4);
		be(fix + 28, (uint32_t)sb->st_uid, 4);
		be(fix + 32, (uint32_t)sb->st_gid, 4);
		be(fix + TK_GI_SIZE, (uint32_t)sb->st_size, 4);
	}
	be(fix + TK_GI_MODE, 0100644, 4);
	memcpy(fix + TK_GI_ID, e->to.id, GIT_OID_RAWSZ);
	put_entry(w, fix, skip ? TK_GI_SKIP : 0, e->path, strlen(e->path));
	w->count++;
}

/* Written after the index was: git could not tell from its times whether it
 * has changed, and the new index would be later than both. */
static bool
is_racy(const struct tk_gi_cursor *c)
{
	int64_t sec = read_be(c->fix + TK_GI_MTIME);
	int64_t nsec = read_be(c->fix + TK_GI_MTIME + 4);

	return sec > c->written.tv_sec ||
	    (sec == c->written.tv_sec && nsec >= c->written.tv_nsec);
}

static void
put_old(struct writing *w, const git_oid *id)
{
	unsigned char fix[TK_GI_FIX];

	memcpy(fix, w->c.fix, TK_GI_FIX);
	if (id != NULL)
		memcpy(fix + TK_GI_ID, id->id, GIT_OID_RAWSZ);
	else if (is_racy(&w->c))
		be(fix + TK_GI_SIZE, 0, 4);
	put_entry(w, fix, w->c.more, w->c.name, w->c.name_len);
	w->count++;
}

/* A folder of a sparse index with changes below it. */
static enum tk_status
put_folder(struct writing *w, struct tk_err *err)
{
	char *dir = tk_strndup(w->c.name, w->c.name_len - 1);
	git_tree_entry *e = NULL;
	int rc = git_tree_entry_bypath(&e, w->now, dir);
	enum tk_status st = copy(w, w->c.at, err);

	if (rc == 0)
		put_old(w, git_tree_entry_id(e));
	git_tree_entry_free(e);
	free(dir);
	while (w->i < w->n && w->v[w->i].sparse &&
	    strncmp(w->v[w->i].path, w->c.name, w->c.name_len) == 0)
		w->i++;
	if (st == TK_OK && rc < 0 && rc != GIT_ENOTFOUND)
		st = tk_fail_git(err, rc, "%s", w->c.name);
	return st;
}

static enum tk_status
put_before(struct writing *w, const char *name, struct tk_err *err)
{
	enum tk_status st = TK_OK;

	while (st == TK_OK && w->i < w->n &&
	    (name == NULL || strcmp(w->v[w->i].path, name) < 0)) {
		st = copy(w, w->c.at, err);
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

static enum tk_status
put_entries(struct writing *w, struct tk_err *err)
{
	struct tk_str before = TK_STR_INIT;
	enum tk_status st = TK_OK;
	struct tk_gi_entry *e;

	while (st == TK_OK && tk_gi_next(&w->c, &st, err)) {
		if ((st = put_before(w, w->c.name, err)) != TK_OK)
			break;
		e = w->i < w->n ? &w->v[w->i] : NULL;
		if (e != NULL && e->sparse && e->folder == w->c.name_len &&
		    strncmp(e->path, w->c.name, e->folder) == 0) {
			st = put_folder(w, err);
		} else if (e != NULL && strcmp(e->path, w->c.name) == 0) {
			st = copy(w, w->c.at, err);
			if (st == TK_OK && !e->remove)
				put_new(w, e);
			w->i++;
		} else if (!follows(w, &before) ||
		    (is_racy(&w->c) && read_be(w->c.fix + TK_GI_SIZE) != 0)) {
			st = copy(w, w->c.at, err);
			put_old(w, NULL);
		} else {
			if (w->from == 0)
				w->from = w->c.at;
			w->count++;
			if (w->version == 4) {
				tk_str_reset(&w->last);
				tk_str_add_data(
				    &w->last, w->c.name, w->c.name_len);
			}
		}
		if (w->version == 4) {
			tk_str_reset(&before);
			tk_str_add_data(&before, w->c.name, w->c.name_len);
		}
	}
	if (st == TK_OK)
		st = copy(w, w->c.at, err);
	if (st == TK_OK)
		st = put_before(w, NULL, err);
	tk_str_clear(&before);
	return st;
}

/* What is said of the entries: trees that are not touched, and that there are
 * folders among them. All else git makes again. */
static enum tk_status
put_extensions(struct writing *w, struct tk_err *err)
{
	const unsigned char *p;
	struct tk_str tree = TK_STR_INIT;
	unsigned char len[4];
	size_t at, n;

	for (at = w->c.at; w->c.data != NULL && at + 8 <= w->c.end;
	     at += 8 + n) {
		p = w->c.data + at;
		n = read_be(p + 4);
		if (n > w->c.end - at - 8)
			break;
		if (memcmp(p, "sdir", 4) == 0) {
			tk_str_add_data(&w->out.buffer, p, 8 + n);
		} else if (memcmp(p, "TREE", 4) == 0) {
			tk_str_reset(&tree);
			if (!tk_gi_tree(&tree, p + 8, n, w->v, w->n))
				continue;
			be(len, (uint32_t)tree.len, 4);
			tk_str_add(&w->out.buffer, "TREE");
			tk_str_add_data(&w->out.buffer, len, 4);
			tk_str_add_data(&w->out.buffer, tree.data, tree.len);
		} else if (p[0] < 'A' || p[0] > 'Z') {
			tk_str_clear(&tree);
			return tk_fail(err, TK_EINPUT,
			    _("%s: tk does not know its part %.4s"), w->c.path,
			    (const char *)p);
		}
	}
	tk_str_clear(&tree);
	return tk_gi_out_flush(&w->out, err);
}

/* How many entries it will have, and in which version. */
static void
plan(struct writing *w, uint32_t *entries)
{
	const struct tk_gi_entry *e, *before = NULL;
	git_tree_entry *te = NULL;
	size_t i;
	char *dir;

	*entries = (uint32_t)w->c.left;
	w->version = w->c.version;
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
put_all(struct writing *w, struct tk_err *err)
{
	unsigned char head[12] = "DIRC";
	enum tk_status st;
	uint32_t entries;

	plan(w, &entries);
	be(head + 4, w->version, 4);
	be(head + 8, entries, 4);
	tk_str_add_data(&w->out.buffer, head, sizeof(head));
	if ((st = put_entries(w, err)) != TK_OK ||
	    (st = tk_gi_out_flush(&w->out, err)) != TK_OK ||
	    (st = put_extensions(w, err)) != TK_OK)
		return st;
	if (w->count != entries)
		return tk_fail(
		    err, TK_ESYS, "%s: %u, %u", w->c.path, entries, w->count);
	return TK_OK;
}

enum tk_status
tk_gi_write(struct tk_store *s, const git_tree *now, struct tk_gi_entry *v,
    size_t n, struct tk_err *err)
{
	struct writing w = { .now = now, .v = v, .n = n };
	enum tk_status st = tk_gi_out_open(&w.out, s, err);

	if (st != TK_OK)
		return st;
	tk_str_init(&w.last);
	/* As it is now, under the lock. */
	if ((st = tk_gi_find(s, v, n, err)) == TK_OK &&
	    (st = tk_gi_open(&w.c, s, err)) == TK_OK)
		st = put_all(&w, err);
	st = tk_gi_out_close(&w.out, st, w.c.path, err);
	tk_gi_close(&w.c);
	tk_str_clear(&w.last);
	return st;
}
