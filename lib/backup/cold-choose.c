/* cold-choose - which tickets have lain long enough. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/merge.h"
#include "backup/cold-parts.h"
#include "base/date.h"
#include "base/local.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/index-archive.h"

static bool
is_final(const struct tk_desk *desk, const char *type, const char *state)
{
	const struct tk_process *p =
	    tk_process_find(desk->reg, type != NULL ? type : "");
	const struct tk_state *s = p != NULL && state != NULL
	    ? tk_state_find(p, state)
	    : NULL;

	return s != NULL && s->final;
}

static void
sort_out(const struct tk_index_brief *t, void *arg)
{
	struct tk_cold_choosing *ch = arg;
	struct tk_cold_candidate *c;

	if (!is_final(ch->desk, t->type, t->state)) {
		tk_strv_add(&ch->open, t->id);
	} else if (t->updated < ch->limit) {
		ch->v = tk_more(ch->v, ch->n, &ch->cap, sizeof(*ch->v));
		c = &ch->v[ch->n++];
		memset(c, 0, sizeof(*c));
		c->id = tk_strdup(t->id);
	}
}

static int
by_id(const void *a, const void *b)
{
	const struct tk_cold_candidate *x = a, *y = b;

	return strcmp(x->id, y->id);
}

/* When it reached the state it is in. */
static int64_t
closed_at(const struct tk_ticket *t)
{
	const struct tk_yaml *e;
	size_t i;

	for (i = tk_ticket_log_n(t); i > 0; i--) {
		e = tk_ticket_entry(t, i - 1);
		if (tk_yaml_str(tk_yaml_get(e, "set"), "state") != NULL)
			return tk_entry_at(e);
	}
	return 0;
}

/* In the order of the numbers, in which they lie in packs. */
static enum tk_status
read_old(struct tk_cold_choosing *ch, struct tk_err *err)
{
	struct tk_ticket *t = NULL;
	struct tk_cold_candidate *c;
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < ch->n; i++) {
		c = &ch->v[i];
		st = tk_desk_ticket(&t, ch->desk, c->id, err);
		if (st != TK_OK)
			break;
		c->closed = closed_at(t);
		c->merged = tk_strdup(tk_merged_into(t));
		tk_cold_links(&c->links, t);
		tk_ticket_free(t);
		t = NULL;
	}
	if (ch->n > 0)
		qsort(ch->v, ch->n, sizeof(*ch->v), by_id);
	return st;
}

static void
add(struct tk_cold_choosing *ch, struct tk_cold_candidate *c)
{
	struct tk_cold *cold = ch->cold;
	struct tk_str path = TK_STR_INIT, at = TK_STR_INIT;
	struct tk_cold_ticket *t;

	cold->v = tk_more(cold->v, cold->n, &cold->cap, sizeof(*cold->v));
	t = &cold->v[cold->n++];
	memset(t, 0, sizeof(*t));
	t->id = tk_strdup(c->id);
	t->closed = c->closed;
	tk_date_rfc3339(&at, c->closed);
	snprintf(t->year, sizeof(t->year), "%.4s", at.data);
	tk_id_path(&path, c->id);
	tk_store_object(ch->desk->store, t->tree, path.data);
	tk_str_clear(&path);
	tk_str_clear(&at);
}

static int
by_number(const void *a, const void *b)
{
	const struct tk_cold_ticket *x = a, *y = b;
	struct tk_id m, n;
	int year = strcmp(x->year, y->year);

	if (year != 0 || !tk_id_parse(&m, x->id) || !tk_id_parse(&n, y->id))
		return year;
	if (m.number != n.number)
		return m.number < n.number ? -1 : 1;
	return strcmp(x->id, y->id);
}

static enum tk_status
choose(struct tk_cold_choosing *ch, struct tk_err *err)
{
	struct tk_cold *cold = ch->cold;
	enum tk_status st;
	size_t i;

	if ((st = tk_index_each(ch->ix, sort_out, ch, err)) != TK_OK)
		return st;
	tk_strv_sort(&ch->open);
	if ((st = read_old(ch, err)) != TK_OK ||
	    (st = tk_cold_keep(ch, err)) != TK_OK)
		return st;
	for (i = 0; i < ch->n; i++)
		if (!ch->v[i].stays)
			add(ch, &ch->v[i]);
	if (cold->n > 0)
		qsort(cold->v, cold->n, sizeof(*cold->v), by_number);
	return TK_OK;
}

enum tk_status
tk_cold_choose(struct tk_cold *c, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_cold_choosing ch = { .cold = c, .desk = desk };
	enum tk_status st;
	int64_t local;
	size_t i;

	tk_local_of(&local, c->before, 1, 1, 0, 0, 0);
	ch.limit = tk_local_to_time(local);
	if ((st = tk_desk_load(desk, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ch.ix, err)) == TK_OK) {
		snprintf(c->head, sizeof(c->head), "%s",
		    tk_store_head(desk->store));
		st = choose(&ch, err);
	}
	for (i = 0; i < ch.n; i++) {
		free(ch.v[i].id);
		free(ch.v[i].merged);
		tk_strv_clear(&ch.v[i].links);
	}
	free(ch.v);
	tk_strv_clear(&ch.open);
	return st;
}
