/* gitindex-walk - the entries of a git index that may lie in two files. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/gitindex-split.h"

/* To find "link" all entries are passed by; so it is only looked for where
 * there is something to be shared. */
static bool
may_be_split(const struct tk_store *s)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err err = TK_ERR_INIT;
	bool found = false;
	size_t i;

	/* A folder that cannot be listed may have one. */
	if (tk_dir_list(&names, tk_store_gitdir(s), &err) != TK_OK)
		found = true;
	for (i = 0; i < names.n; i++)
		found = found || tk_starts(names.v[i], "sharedindex.");
	tk_strv_clear(&names);
	return found;
}

static const unsigned char *
find_link(
    struct tk_gi_cursor *c, size_t *len, enum tk_status *st, struct tk_err *err)
{
	const unsigned char *p;
	struct tk_gi_cursor back = *c;
	struct tk_str kept;
	char name[5];
	size_t at;

	while (tk_gi_next(c, st, err))
		continue;
	at = c->at;
	if (*st != TK_OK)
		return NULL;
	while ((p = tk_gi_extension(c, &at, len, name)) != NULL)
		if (strcmp(name, "link") == 0)
			break;
	/* To its first entry. */
	kept = c->own;
	*c = back;
	c->own = kept;
	tk_str_reset(&c->own);
	return p;
}

/* Their bytes, in order; the added ones follow. */
static enum tk_status
find_replaced(struct tk_gi_walk *w, struct tk_err *err)
{
	size_t i, n = w->link.replaced.n;
	enum tk_status st = TK_OK;

	w->fix = tk_calloc(n + 1, sizeof(*w->fix));
	for (i = 0; i < n; i++) {
		if (!tk_gi_next(&w->own, &st, err) || w->own.name_len > 0)
			return st != TK_OK ? st : tk_gi_damaged(&w->own, err);
		w->fix[i] = w->own.fix;
	}
	return TK_OK;
}

static enum tk_status
open_shared(struct tk_gi_walk *w, struct tk_store *s, const unsigned char *link,
    size_t len, struct tk_err *err)
{
	char hex[GIT_OID_HEXSZ + 1];
	enum tk_status st;
	git_oid id;

	if (len < GIT_OID_RAWSZ)
		return tk_gi_damaged(&w->own, err);
	memcpy(id.id, link, GIT_OID_RAWSZ);
	memcpy(w->link.base, link, GIT_OID_RAWSZ);
	/* Split in name only: all entries are its own. */
	if (git_oid_is_zero(&id))
		return TK_OK;
	w->link.is = true;
	git_oid_tostr(hex, sizeof(hex), &id);
	st = tk_gi_open(&w->shared,
	    tk_strf("%ssharedindex.%s", tk_store_gitdir(s), hex), err);
	if (st != TK_OK)
		return st;
	if (w->shared.data == NULL ||
	    memcmp(w->shared.data + w->shared.end, link, GIT_OID_RAWSZ) != 0)
		return tk_gi_damaged(&w->shared, err);
	if (!tk_gi_link_read(&w->link, link, len, (uint32_t)w->shared.left))
		return tk_gi_damaged(&w->own, err);
	return find_replaced(w, err);
}

enum tk_status
tk_gi_walk_open(struct tk_gi_walk *w, struct tk_store *s, struct tk_err *err)
{
	const unsigned char *link = NULL;
	enum tk_status st;
	size_t len;

	memset(w, 0, sizeof(*w));
	tk_str_init(&w->shared.own);
	tk_str_init(&w->own.own);
	st = tk_gi_open(&w->own, tk_strf("%sindex", tk_store_gitdir(s)), err);
	if (st == TK_OK && w->own.data != NULL && may_be_split(s))
		link = find_link(&w->own, &len, &st, err);
	if (st == TK_OK && link != NULL)
		st = open_shared(w, s, link, len, err);
	if (st == TK_OK && !w->link.is) {
		w->shared = w->own;
		memset(&w->own, 0, sizeof(w->own));
		tk_str_init(&w->own.own);
	}
	w->ahead = true;
	return st;
}

static bool
next_shared(struct tk_gi_walk *w, enum tk_status *st, struct tk_err *err)
{
	const struct tk_gi_places *gone = &w->link.gone;

	while (tk_gi_next(&w->shared, st, err)) {
		if (w->gone >= gone->n || gone->v[w->gone] != w->at)
			return true;
		w->gone++;
		if (w->replaced < w->link.replaced.n &&
		    w->link.replaced.v[w->replaced] == w->at)
			w->replaced++;
		w->at++;
	}
	return false;
}

/* Both cursors at what comes next. */
static bool
advance(struct tk_gi_walk *w, enum tk_status *st, struct tk_err *err)
{
	bool first = w->ahead, own = w->from == TK_GI_ADDED;

	*st = TK_OK;
	w->ahead = false;
	if (!first && (!own || w->over)) {
		w->replaced += w->replaced < w->link.replaced.n &&
		    w->link.replaced.v[w->replaced] == w->at;
		w->at++;
	}
	if (first || !own || w->over)
		w->has_shared = next_shared(w, st, err);
	if (*st == TK_OK && w->link.is && (first || own))
		w->has_own = tk_gi_next(&w->own, st, err);
	return *st == TK_OK;
}

static unsigned
stage(const struct tk_gi_cursor *c)
{
	return c->flags & TK_GI_STAGE;
}

bool
tk_gi_walk_next(struct tk_gi_walk *w, enum tk_status *st, struct tk_err *err)
{
	const struct tk_gi_cursor *c = &w->shared;
	int cmp = -1;

	if (!advance(w, st, err) || (!w->has_shared && !w->has_own))
		return false;
	if (!w->has_shared)
		cmp = 1;
	else if (w->has_own && (cmp = strcmp(c->name, w->own.name)) == 0 &&
	    stage(c) != stage(&w->own))
		cmp = stage(c) < stage(&w->own) ? -1 : 1;
	w->over = cmp == 0;
	if (cmp >= 0)
		c = &w->own;
	w->from = cmp >= 0 ? TK_GI_ADDED : TK_GI_SHARED;
	w->name = c->name;
	w->name_len = c->name_len;
	w->bytes = c->fix;
	w->flags = c->flags;
	w->more = c->more;
	if (cmp < 0 && w->replaced < w->link.replaced.n &&
	    w->link.replaced.v[w->replaced] == w->at) {
		w->from = TK_GI_REPLACED;
		w->bytes = w->fix[w->replaced];
		w->flags = tk_gi_flags(w->bytes, &w->more);
	}
	return true;
}

const struct tk_gi_cursor *
tk_gi_walk_file(const struct tk_gi_walk *w)
{
	return w->link.is ? &w->own : &w->shared;
}

bool
tk_gi_is_racy(const unsigned char *fix, const struct tk_gi_cursor *index)
{
	const struct timespec *t = &index->written;
	int64_t sec = tk_gi_be32(fix + TK_GI_MTIME);
	int64_t nsec = tk_gi_be32(fix + TK_GI_MTIME + 4);

	return (sec > t->tv_sec || (sec == t->tv_sec && nsec >= t->tv_nsec)) &&
	    tk_gi_be32(fix + TK_GI_SIZE) != 0;
}

void
tk_gi_walk_stamp(const struct tk_gi_walk *w, struct tk_gi_stamp *stamp)
{
	const struct tk_gi_cursor *c = tk_gi_walk_file(w);

	memset(stamp, 0, sizeof(*stamp));
	if (c->data == NULL)
		return;
	stamp->inode = c->inode;
	stamp->size = c->len;
	stamp->sec = c->written.tv_sec;
	stamp->nsec = c->written.tv_nsec;
	memcpy(stamp->sum, c->data + c->end, sizeof(stamp->sum));
}

void
tk_gi_walk_close(struct tk_gi_walk *w)
{
	tk_gi_close(&w->shared);
	tk_gi_close(&w->own);
	tk_gi_link_clear(&w->link);
	free(w->fix);
	w->fix = NULL;
}
