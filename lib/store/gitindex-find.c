/* gitindex-find - what git's index has of some paths. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/gitindex-split.h"

/* To pass by 700,000 entries takes some 10 ms, and an act looks three times:
 * before it, after it, and under git's lock. As long as it is the same file
 * the answer is. */
struct tk_gi_seen {
	struct tk_gi_stamp stamp;
	struct tk_gi_entry *v; /* with paths of their own */
	size_t n;
	struct tk_gi_rest rest;
};

void
tk_gi_seen_free(struct tk_gi_seen *k)
{
	size_t i;

	if (k == NULL)
		return;
	for (i = 0; i < k->n; i++)
		free((char *)(uintptr_t)k->v[i].path);
	free(k->v);
	free(k->rest.racy.v);
	free(k->rest.over.v);
	free(k->rest.at);
	free(k);
}

static bool
is_same(const struct tk_gi_seen *k, const struct tk_gi_stamp *stamp,
    const struct tk_gi_entry *v, size_t n)
{
	size_t i;

	if (k == NULL || k->n != n ||
	    memcmp(&k->stamp, stamp, sizeof(*stamp)) != 0)
		return false;
	for (i = 0; i < n; i++)
		if (strcmp(k->v[i].path, v[i].path) != 0)
			return false;
	return true;
}

/* What there is; what is to be stays. */
static void
take(struct tk_gi_entry *e, const struct tk_gi_entry *from)
{
	e->there = from->there;
	e->skip = from->skip;
	e->conflict = from->conflict;
	e->sparse = from->sparse;
	e->id = from->id;
	e->folder = from->folder;
	e->shared = from->shared;
	e->place = from->place;
}

/* Is path below this entry, a folder of a sparse index? */
static bool
covers(const struct tk_gi_walk *w, const char *path)
{
	return w->name_len > 0 && w->name[w->name_len - 1] == '/' &&
	    strncmp(path, w->name, w->name_len) == 0;
}

static void
see(struct tk_gi_entry *e, const struct tk_gi_walk *w)
{
	e->there = true;
	e->conflict |= (w->flags & TK_GI_STAGE) != 0;
	e->skip = (w->more & TK_GI_SKIP) != 0;
	memcpy(e->id.id, w->bytes + TK_GI_ID, GIT_OID_RAWSZ);
	e->shared = w->from != TK_GI_ADDED;
	e->place = w->at;
}

static void
see_rest(struct tk_gi_rest *r, const struct tk_gi_walk *w)
{
	if (w->over)
		tk_gi_places_add(&r->over, w->at);
	if (w->from != TK_GI_SHARED ||
	    !tk_gi_is_racy(w->bytes, tk_gi_walk_file(w)))
		return;
	tk_gi_places_add(&r->racy, w->at);
	r->at = tk_realloc(r->at, r->racy.n, sizeof(*r->at));
	r->at[r->racy.n - 1] = (size_t)(w->bytes - w->shared.data);
}

static enum tk_status
look(struct tk_gi_seen *k, struct tk_gi_walk *w, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_gi_entry *v = k->v;
	size_t i = 0;

	while (tk_gi_walk_next(w, &st, err)) {
		see_rest(&k->rest, w);
		while (i < k->n && strcmp(v[i].path, w->name) < 0)
			i++;
		while (i < k->n && covers(w, v[i].path)) {
			v[i].there = v[i].skip = v[i].sparse = true;
			v[i].folder = w->name_len;
			memcpy(v[i].id.id, w->bytes + TK_GI_ID, GIT_OID_RAWSZ);
			i++;
		}
		if (i < k->n && strcmp(v[i].path, w->name) == 0)
			see(&v[i], w);
	}
	k->rest.end = tk_gi_walk_file(w)->at;
	return st;
}

const struct tk_gi_rest *
tk_gi_rest(const struct tk_store *s)
{
	return &s->seen->rest;
}

enum tk_status
tk_gi_find(
    struct tk_store *s, struct tk_gi_entry *v, size_t n, struct tk_err *err)
{
	struct tk_gi_stamp stamp;
	struct tk_gi_seen *k = s->seen;
	struct tk_gi_walk w;
	enum tk_status st = tk_gi_walk_open(&w, s, err);
	size_t i;

	tk_gi_walk_stamp(&w, &stamp);
	if (st == TK_OK && !is_same(k, &stamp, v, n)) {
		tk_gi_seen_free(k);
		s->seen = k = tk_calloc(1, sizeof(*k));
		k->v = tk_calloc(n + 1, sizeof(*k->v));
		for (i = 0; i < n; i++)
			k->v[i].path = tk_strdup(v[i].path);
		k->n = n;
		if ((st = look(k, &w, err)) == TK_OK)
			k->stamp = stamp;
	}
	for (i = 0; st == TK_OK && i < n; i++)
		take(&v[i], &k->v[i]);
	tk_gi_walk_close(&w);
	return st;
}
