/* works - recurring works as the desk has them: when, for whom. */
#include "desk/works.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/local.h"
#include "base/mem.h"
#include "index/index-work.h"

#define SHIFT_MAX (31 * (int64_t)TK_DAY) /* longer holidays there are none */
#define TIMES_MAX 1000 /* of one work for one client, in one go */

static enum tk_status
read_works(struct tk_yaml **out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st =
	    tk_store_read(desk->store, &text, TK_WORKS_FILE, err);

	*out = NULL;
	if (st == TK_OK)
		st = tk_yaml_read(out, text.data, text.len, TK_WORKS_FILE, err);
	else if (st == TK_ENOENT)
		st = TK_OK;
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_workbook_open(
    struct tk_workbook *out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_yaml *root;
	enum tk_status st;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->desk = desk;
	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = read_works(&root, desk, err)) != TK_OK)
		return st;
	if ((st = tk_works_read(&out->works, root, TK_WORKS_FILE, err)) !=
	    TK_OK)
		return st;
	for (i = 0; i < out->works.n; i++)
		if (out->works.v[i].whom != TK_WORK_OWN)
			return tk_desk_load_clients(desk, err);
	return TK_OK;
}

void
tk_workbook_clear(struct tk_workbook *b)
{
	tk_works_clear(&b->works);
	memset(b, 0, sizeof(*b));
}

static void
clear_one(struct tk_occurrence *o)
{
	free(o->client);
	free(o->client_name);
	free(o->site);
	free(o->site_name);
	free(o->sla);
	free(o->key);
}

void
tk_occurrences_clear(struct tk_occurrences *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		clear_one(&o->v[i]);
	free(o->v);
	memset(o, 0, sizeof(*o));
}

static void
add_target(struct tk_str *out, const char *client, const char *site)
{
	if (client != NULL)
		tk_str_add(out, client);
	if (site != NULL)
		tk_str_addf(out, "/%s", site);
}

void
tk_occurrence_target(struct tk_str *out, const struct tk_occurrence *o)
{
	add_target(out, o->client, o->site);
}

/* For whom one time of a work is: a client, one of his sites. */
struct target {
	const struct tk_client *client; /* or NULL */
	const char *site, *site_name;   /* or NULL */
};

typedef enum tk_status (*target_fn)(const struct tk_work *w,
    const struct target *t, void *arg, struct tk_err *err);

static enum tk_status
each_site(const struct tk_work *w, const struct tk_client *c, target_fn fn,
    void *arg, struct tk_err *err)
{
	struct tk_strv ids = TK_STRV_INIT, names = TK_STRV_INIT;
	struct target t = { .client = c };
	enum tk_status st = TK_OK;
	size_t i;

	tk_client_sites(c, &ids, &names);
	for (i = 0; st == TK_OK && i < ids.n; i++) {
		t.site = ids.v[i];
		t.site_name = names.v[i];
		st = fn(w, &t, arg, err);
	}
	tk_strv_clear(&ids);
	tk_strv_clear(&names);
	return st;
}

static enum tk_status
each_target(
    const struct tk_workbook *b, target_fn fn, void *arg, struct tk_err *err)
{
	const struct tk_clients *clients = &b->desk->clients;
	struct target t = { NULL, NULL, NULL };
	const struct tk_work *w;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < b->works.n; i++) {
		w = &b->works.v[i];
		if (w->whom == TK_WORK_OWN) {
			t.client = NULL;
			st = fn(w, &t, arg, err);
			continue;
		}
		for (k = 0; st == TK_OK && k < clients->n; k++) {
			t.client = &clients->v[k];
			if (!tk_work_is_for(w, t.client))
				continue;
			st = w->sites ? each_site(w, t.client, fn, arg, err)
				      : fn(w, &t, arg, err);
		}
	}
	return st;
}

static struct tk_occurrence *
add(struct tk_occurrences *out, const struct tk_work *w, const struct target *t,
    int64_t when, int64_t day)
{
	struct tk_str key = TK_STR_INIT;
	struct tk_occurrence *o;

	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	o = &out->v[out->n++];
	o->work = w;
	o->when = when;
	o->day = day;
	o->at = tk_local_to_time(day);
	if (t->client != NULL) {
		o->client = tk_strdup(t->client->id);
		o->client_name = tk_strdup(t->client->name);
		o->sla = tk_strdup(t->client->sla);
		o->site = tk_strdup(t->site);
		o->site_name = tk_strdup(t->site_name);
	}
	tk_work_key(&key, w->id, when, o->client, o->site);
	o->key = tk_str_detach(&key);
	return o;
}

struct span {
	const struct tk_workbook *b;
	struct tk_occurrences *out;
	int64_t from, to; /* moments */
	struct tk_index *ix;
};

static enum tk_status
add_between(const struct tk_work *w, const struct target *t, void *arg,
    struct tk_err *err)
{
	struct span *s = arg;
	struct tk_times times = { NULL, 0, 0 };
	int64_t from = tk_local_from_time(s->from) - SHIFT_MAX;
	int64_t to = tk_local_from_time(s->to) + SHIFT_MAX, day, at;
	size_t i;

	(void)err;
	if (w->has_start && from < w->start)
		from = w->start;
	tk_rrule_between(&times, w->rule, from, to, TIMES_MAX);
	for (i = 0; i < times.n && times.v[i] <= w->until; i++) {
		if (!tk_workbook_shift(&day, s->b, w, times.v[i]))
			continue;
		at = tk_local_to_time(day);
		if (at >= s->from && at < s->to)
			add(s->out, w, t, times.v[i], day);
	}
	free(times.v);
	return TK_OK;
}

static int
compare(const void *a, const void *b)
{
	const struct tk_occurrence *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return strcmp(x->key, y->key);
}

void
tk_workbook_between(struct tk_occurrences *out, const struct tk_workbook *b,
    int64_t from, int64_t to)
{
	struct span s = { .b = b, .out = out, .from = from, .to = to };
	struct tk_err none = TK_ERR_INIT;

	(void)each_target(b, add_between, &s, &none);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), compare);
}

/*
 * From when on a work that was never opened counts: its start, the day its
 * regulation came into force, the day the client's contract began. Nothing of
 * a time before the rule was written has been missed.
 */
static int64_t
beginning(const struct tk_workbook *b, const struct tk_work *w,
    const struct target *t)
{
	const struct tk_regulation *reg = b->desk->reg;
	int64_t from = INT64_MIN, since;
	const char *text;

	if (w->has_start)
		from = w->start;
	else if (reg->since != 0)
		from = tk_local_from_time(reg->since);
	text = t->client != NULL
	    ? tk_yaml_str(tk_yaml_get(t->client->file, "contract"), "since")
	    : NULL;
	if (text != NULL && tk_local_parse(&since, text) && since > from)
		from = since;
	if (from == INT64_MIN)
		from = tk_local_day(tk_local_from_time(tk_now()));
	return from;
}

/* Where the last alone is opened, an earlier one gives way to it. */
static void
add_one_due(struct span *s, const struct tk_work *w, const struct target *t,
    int64_t when, int64_t day, bool again)
{
	struct tk_occurrence *o;
	size_t missed = 0;
	int64_t first = 0;

	if (again && !w->all_missed) {
		o = &s->out->v[--s->out->n];
		missed = o->missed + 1;
		first = o->missed > 0 ? o->missed_first : o->when;
		clear_one(o);
	}
	o = add(s->out, w, t, when, day);
	o->missed = missed;
	o->missed_first = first;
}

static enum tk_status
add_due(const struct tk_work *w, const struct target *t, void *arg,
    struct tk_err *err)
{
	struct span *s = arg;
	struct tk_times times = { NULL, 0, 0 };
	struct tk_str target = TK_STR_INIT;
	int64_t from = beginning(s->b, w, t), last, day;
	int64_t to = tk_local_from_time(s->to) + w->lead + SHIFT_MAX;
	enum tk_status st;
	bool again = false;
	size_t i;

	add_target(&target, t->client != NULL ? t->client->id : NULL, t->site);
	st = tk_index_last_work(s->ix, &last, w->id, target.data, err);
	tk_str_clear(&target);
	if (st != TK_OK)
		return st;
	if (last != INT64_MIN && last + 1 > from)
		from = last + 1;
	do {
		times.n = 0;
		tk_rrule_between(&times, w->rule, from, to, TIMES_MAX);
		for (i = 0; i < times.n && times.v[i] <= w->until; i++) {
			from = times.v[i] + 1;
			if (!tk_workbook_shift(&day, s->b, w, times.v[i]) ||
			    tk_local_to_time(day) - w->lead > s->to)
				continue;
			add_one_due(s, w, t, times.v[i], day, again);
			again = true;
		}
	} while (times.n == TIMES_MAX && i == TIMES_MAX);
	free(times.v);
	return TK_OK;
}

enum tk_status
tk_workbook_due(struct tk_occurrences *out, const struct tk_workbook *b,
    struct tk_index *ix, int64_t now, struct tk_err *err)
{
	struct span s = { .b = b, .out = out, .to = now, .ix = ix };
	enum tk_status st = each_target(b, add_due, &s, err);

	if (st == TK_OK && out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), compare);
	return st;
}
