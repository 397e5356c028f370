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

/* An entry of the shared file that is another now, or none. */
struct slot {
	uint32_t place;
	bool gone;
	unsigned more;
	size_t order; /* of two for a place the later one */
	unsigned char fix[TK_GI_FIX];
};

struct splitting {
	struct tk_gi_walk w;
	struct tk_gi_entry *v;
	size_t n, i;
	struct slot *slot;
	size_t n_slots, cap;
	struct tk_gi_link link; /* as it will be */
	struct tk_str replaced, added;
	struct tk_str none, last; /* the names before */
	size_t n_added;
	unsigned version;
};

static struct slot *
new_slot(struct splitting *p, uint32_t place)
{
	struct slot *s;

	TK_GROW(p->slot, p->n_slots, p->cap);
	s = &p->slot[p->n_slots];
	memset(s, 0, sizeof(*s));
	s->place = place;
	s->order = p->n_slots++;
	return s;
}

static int
by_place(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* An entry that stays, from its bytes. */
static unsigned
keep(const struct splitting *p, unsigned char *fix, const unsigned char *from)
{
	unsigned more;

	(void)tk_gi_flags(from, &more);
	memcpy(fix, from, TK_GI_FIX);
	if (tk_gi_is_racy(from, tk_gi_walk_file(&p->w)))
		tk_gi_be(fix + TK_GI_SIZE, 0, 4);
	return more;
}

static void
put_gone(struct splitting *p, const struct tk_gi_places *places)
{
	size_t i;

	for (i = 0; i < places->n; i++)
		new_slot(p, places->v[i])->gone = true;
}

/* What there was, what is to be smudged, what is asked for. */
static void
collect_slots(struct splitting *p, const struct tk_gi_rest *rest)
{
	const struct tk_gi_places *old = &p->w.link.replaced;
	const struct tk_gi_entry *e;
	struct slot *s;
	size_t i;

	for (i = 0; i < old->n; i++) {
		s = new_slot(p, old->v[i]);
		s->more = keep(p, s->fix, p->w.fix[i]);
	}
	for (i = 0; i < rest->racy.n; i++) {
		s = new_slot(p, rest->racy.v[i]);
		s->more = keep(p, s->fix, p->w.shared.data + rest->at[i]);
	}
	put_gone(p, &p->w.link.gone);
	put_gone(p, &rest->over);
	for (i = 0; i < p->n; i++) {
		e = &p->v[i];
		if (!e->there || !e->shared)
			continue;
		s = new_slot(p, e->place);
		s->gone = e->remove;
		if (!e->remove)
			s->more = tk_gi_fix_new(s->fix, e);
	}
	if (p->n_slots > 0)
		qsort(p->slot, p->n_slots, sizeof(*p->slot), by_place);
}

static void
put_slots(struct splitting *p)
{
	struct slot *s;
	size_t i;

	for (i = 0; i < p->n_slots; i++) {
		s = &p->slot[i];
		if (i + 1 < p->n_slots && s[1].place == s->place)
			continue;
		tk_gi_places_add(
		    s->gone ? &p->link.gone : &p->link.replaced, s->place);
		if (!s->gone)
			tk_gi_put(&p->replaced, &p->none, p->version, s->fix,
			    s->more, "", 0);
	}
}

static void
add(struct splitting *p, unsigned char *fix, unsigned more, const char *name,
    size_t len)
{
	tk_gi_put(&p->added, &p->last, p->version, fix, more, name, len);
	p->n_added++;
}

static void
add_asked(struct splitting *p, const struct tk_gi_entry *e)
{
	unsigned char fix[TK_GI_FIX];
	unsigned more = tk_gi_fix_new(fix, e);

	add(p, fix, more, e->path, strlen(e->path));
}

/* Up to that name; NULL: all. */
static void
add_before(struct splitting *p, const char *name)
{
	const struct tk_gi_entry *e;

	for (; p->i < p->n; p->i++) {
		e = &p->v[p->i];
		if (name != NULL && strcmp(e->path, name) >= 0)
			break;
		if (!e->remove && !(e->there && e->shared))
			add_asked(p, e);
	}
}

/* Those that are not in the shared file. */
static enum tk_status
put_added(struct splitting *p, struct tk_err *err)
{
	struct tk_gi_cursor *own = &p->w.own;
	unsigned char fix[TK_GI_FIX];
	enum tk_status st = TK_OK;
	struct tk_gi_entry *e;
	unsigned more;

	while (p->w.link.is && tk_gi_next(own, &st, err)) {
		add_before(p, own->name);
		e = p->i < p->n ? &p->v[p->i] : NULL;
		if (e != NULL && strcmp(e->path, own->name) == 0) {
			if (!e->remove)
				add_asked(p, e);
			p->i++;
		} else {
			more = keep(p, fix, own->fix);
			add(p, fix, more, own->name, own->name_len);
		}
	}
	if (st == TK_OK)
		add_before(p, NULL);
	return st;
}

static enum tk_status
write_it(struct splitting *p, struct tk_gi_out *out, struct tk_err *err)
{
	unsigned char head[TK_GI_HEAD] = "DIRC";

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
		if (!p.w.link.is)
			p.w.shared.at = tk_gi_rest(s)->end;
		collect_slots(&p, tk_gi_rest(s));
		put_slots(&p);
		st = put_added(&p, err);
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
	free(p.slot);
	tk_str_clear(&p.replaced);
	tk_str_clear(&p.added);
	tk_str_clear(&p.none);
	tk_str_clear(&p.last);
	return st;
}
