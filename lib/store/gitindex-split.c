/* gitindex-split - what has changed since a shared file, as git's index. */
#include "store/gitindex-split.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* For each entry that is added git makes room among all the others when it
 * reads them (5 MB of pointers to be moved, of 700,000); those that replace
 * others only take their bytes. Past this it is written whole by this act, and
 * split anew by the next. */
#define ADDED_MAX 1000
#define REPLACED_MAX 50000

struct splitting {
	struct tk_gi_walk w;
	struct tk_gi_entry *v;
	size_t n, i;
	struct tk_gi_link link; /* as it will be */
	struct tk_str replaced, added;
	struct tk_str none, last; /* the names before */
	size_t n_added;
	unsigned version;
};

static void
add(struct splitting *p, unsigned char *fix, unsigned more, const char *name,
    size_t len)
{
	tk_gi_put(&p->added, &p->last, p->version, fix, more, name, len);
	p->n_added++;
}

static void
replace(struct splitting *p, unsigned char *fix, unsigned more)
{
	tk_gi_put(&p->replaced, &p->none, p->version, fix, more, "", 0);
	tk_gi_places_add(&p->link.replaced, p->w.at);
}

static void
put(struct splitting *p, unsigned char *fix, unsigned more)
{
	if (p->w.from != TK_GI_ADDED)
		replace(p, fix, more);
	else
		add(p, fix, more, p->w.name, p->w.name_len);
}

static void
put_before(struct splitting *p, const char *name)
{
	unsigned char fix[TK_GI_FIX];
	struct tk_gi_entry *e;
	unsigned more;

	for (;
	     p->i < p->n && (name == NULL || strcmp(p->v[p->i].path, name) < 0);
	     p->i++) {
		e = &p->v[p->i];
		if (e->remove)
			continue;
		more = tk_gi_fix_new(fix, e);
		add(p, fix, more, e->path, strlen(e->path));
	}
}

static void
put_changed(struct splitting *p, const struct tk_gi_entry *e)
{
	unsigned char fix[TK_GI_FIX];
	unsigned more;

	if (!e->remove) {
		more = tk_gi_fix_new(fix, e);
		put(p, fix, more);
	} else if (p->w.from != TK_GI_ADDED) {
		tk_gi_places_add(&p->link.gone, p->w.at);
	}
}

static void
put_kept(struct splitting *p)
{
	bool racy = tk_gi_walk_is_racy(&p->w);
	unsigned char fix[TK_GI_FIX];

	if (p->w.from == TK_GI_SHARED && !racy)
		return;
	memcpy(fix, p->w.bytes, TK_GI_FIX);
	if (racy)
		tk_gi_be(fix + TK_GI_SIZE, 0, 4);
	put(p, fix, p->w.more);
}

static enum tk_status
put_entries(struct splitting *p, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_gi_entry *e;

	while (tk_gi_walk_next(&p->w, &st, err)) {
		put_before(p, p->w.name);
		/* The one in the shared file stays out of the way. */
		if (p->w.over)
			tk_gi_places_add(&p->link.gone, p->w.at);
		e = p->i < p->n ? &p->v[p->i] : NULL;
		if (e != NULL && strcmp(e->path, p->w.name) == 0) {
			put_changed(p, e);
			p->i++;
		} else {
			put_kept(p);
		}
	}
	if (st == TK_OK)
		put_before(p, NULL);
	return st;
}

static int
by_place(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static enum tk_status
write_it(struct splitting *p, struct tk_gi_out *out, struct tk_err *err)
{
	const struct tk_gi_places *old = &p->w.link.gone;
	struct tk_gi_places *gone = &p->link.gone;
	unsigned char head[TK_GI_HEAD] = "DIRC";
	size_t i;

	out->sync = true;
	for (i = 0; i < old->n; i++)
		tk_gi_places_add(gone, old->v[i]);
	if (gone->n > 0)
		qsort(gone->v, gone->n, sizeof(*gone->v), by_place);
	tk_gi_be(head + 4, p->version, 4);
	tk_gi_be(head + 8, (uint32_t)(p->link.replaced.n + p->n_added), 4);
	tk_str_add_data(&out->buffer, head, sizeof(head));
	tk_str_add_data(&out->buffer, p->replaced.data, p->replaced.len);
	tk_str_add_data(&out->buffer, p->added.data, p->added.len);
	tk_gi_link_write(&out->buffer, &p->link);
	return tk_gi_put_extensions(
	    out, tk_gi_walk_file(&p->w), p->v, p->n, err);
}

/* Entries with more than version 2 has may be among those that come. */
static unsigned
version_of(const struct tk_gi_walk *w)
{
	unsigned version = tk_gi_walk_file(w)->version;

	return version == 2 ? 3 : version;
}

enum tk_status
tk_gi_split(struct tk_gi_out *out, struct tk_store *s, struct tk_gi_entry *v,
    size_t n, struct tk_gi_shared *use, struct tk_err *err)
{
	struct splitting p = { .v = v, .n = n };
	enum tk_status st = tk_gi_walk_open(&p.w, s, err);

	tk_str_init(&p.replaced);
	tk_str_init(&p.added);
	tk_str_init(&p.none);
	tk_str_init(&p.last);
	if (st == TK_OK && tk_gi_split_wanted(s, &p.w)) {
		p.version = version_of(&p.w);
		st = put_entries(&p, err);
		use->is = st == TK_OK && p.n_added <= ADDED_MAX &&
		    p.link.replaced.n <= REPLACED_MAX && tk_gi_split_fits(&p.w);
		if (use->is && !p.w.link.is)
			use->is = use->made =
			    tk_gi_share(s, &p.w.shared, p.link.base);
		else if (use->is)
			memcpy(p.link.base, p.w.link.base, sizeof(p.link.base));
		memcpy(use->id, p.link.base, sizeof(use->id));
	}
	if (use->is)
		st = write_it(&p, out, err);
	tk_gi_walk_close(&p.w);
	tk_gi_link_clear(&p.link);
	tk_str_clear(&p.replaced);
	tk_str_clear(&p.added);
	tk_str_clear(&p.none);
	tk_str_clear(&p.last);
	return st;
}
