/* plan - what is due and what is planned, gathered. */
#include "report/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/local.h"
#include "base/mem.h"
#include "desk/overview.h"
#include "desk/works.h"
#include "index/index-work.h"

struct ask {
	struct tk_plan *out;
	struct tk_desk *desk;
	const struct tk_actor *me; /* NULL: all */
	int64_t from, to;
	struct tk_rows rows;
};

void
tk_plan_clear(struct tk_plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		free(p->v[i].ticket);
		free(p->v[i].work);
		free(p->v[i].subject);
		free(p->v[i].client);
		free(p->v[i].queue);
		free(p->v[i].who);
	}
	free(p->v);
	memset(p, 0, sizeof(*p));
}

static char *
copy(const char *text)
{
	return tk_strdup(text != NULL ? text : "");
}

static struct tk_plan_item *
add(struct tk_plan *out, enum tk_plan_kind kind, int64_t at)
{
	struct tk_plan_item *i;

	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	i = &out->v[out->n++];
	i->kind = kind;
	i->at = at;
	return i;
}

static void
fill(struct tk_plan_item *i, const struct tk_row *r)
{
	i->ticket = copy(r->id);
	i->subject = copy(r->subject);
	i->client = copy(r->client);
	i->queue = copy(r->queue);
	i->who = copy(r->assignee);
}

static bool
is_asked(const struct ask *a, int64_t at)
{
	/* What is late is not past. */
	if (a->from <= a->out->now && at < a->from)
		return true;
	return at >= a->from && at < a->to;
}

static void
add_terms(struct ask *a, const struct tk_row *r)
{
	const struct {
		enum tk_plan_kind kind;
		int64_t at;
	} terms[] = {
		{ TK_PLAN_RESPONSE, r->due_response },
		{ TK_PLAN_UPDATE, r->due_update },
		{ TK_PLAN_RESOLUTION, r->due_resolution },
		{ TK_PLAN_PROMISED, r->promised },
	};
	struct tk_plan_item *item;
	size_t i;

	for (i = 0; i < TK_COUNT(terms); i++) {
		if (terms[i].at == 0 || !is_asked(a, terms[i].at))
			continue;
		item = add(a->out, terms[i].kind, terms[i].at);
		fill(item, r);
		item->work = copy(NULL);
	}
}

static const struct tk_row *
find_row(const struct ask *a, const char *ticket)
{
	size_t i;

	for (i = 0; i < a->rows.n; i++)
		if (strcmp(a->rows.v[i].id, ticket) == 0)
			return &a->rows.v[i];
	return NULL;
}

/* Whose will it be? Nobody's is for those who work in its queue. */
static bool
is_mine(const struct ask *a, const struct tk_work *w, const char *queue)
{
	if (a->me == NULL)
		return true;
	if (w->assignee != NULL)
		return strcmp(w->assignee, a->me->id) == 0;
	return tk_strv_has(&a->me->queues, queue);
}

static enum tk_status
add_work(struct ask *a, struct tk_index *ix, const struct tk_occurrence *o,
    struct tk_err *err)
{
	const struct tk_regulation *reg = a->desk->reg;
	const char *queue =
	    o->work->queue != NULL ? o->work->queue : reg->default_queue;
	const char *type =
	    o->work->type != NULL ? o->work->type : reg->default_type;
	struct tk_str target = TK_STR_INIT, subject = TK_STR_INIT;
	const struct tk_row *r = NULL;
	struct tk_plan_item *item;
	char ticket[64];
	enum tk_status st;

	tk_occurrence_target(&target, o);
	st = tk_index_find_work(
	    ix, ticket, o->work->id, target.data, o->when, err);
	tk_str_clear(&target);
	if (st != TK_OK)
		return st;
	if (ticket[0] != '\0') {
		/* Closed, somebody else's, or not for these eyes. */
		if ((r = find_row(a, ticket)) == NULL)
			return TK_OK;
	} else if (!is_mine(a, o->work, queue) ||
	    !tk_desk_shows_ticket(a->desk, queue, type)) {
		return TK_OK;
	}
	item = add(a->out, r != NULL ? TK_PLAN_WORK : TK_PLAN_PLANNED, o->at);
	item->day = o->day;
	item->all_day = o->day == tk_local_day(o->day);
	item->work = copy(o->key);
	if (r != NULL) {
		fill(item, r);
		return TK_OK;
	}
	if (tk_occurrence_texts(&subject, NULL, o, err) != TK_OK)
		tk_str_set(&subject, o->work->name);
	item->ticket = copy(NULL);
	item->subject = tk_str_detach(&subject);
	item->client = copy(o->client);
	item->queue = copy(queue);
	item->who = copy(o->work->assignee);
	return TK_OK;
}

static enum tk_status
add_works(struct ask *a, struct tk_err *err)
{
	struct tk_occurrences list = { NULL, 0, 0 };
	struct tk_workbook book;
	struct tk_index *ix;
	enum tk_status st;
	size_t i;

	if ((st = tk_workbook_open(&book, a->desk, err)) == TK_OK &&
	    (st = tk_store_index(a->desk->store, &ix, err)) == TK_OK) {
		tk_workbook_between(&list, &book, a->from, a->to);
		for (i = 0; st == TK_OK && i < list.n; i++)
			st = add_work(a, ix, &list.v[i], err);
	}
	tk_occurrences_clear(&list);
	tk_workbook_clear(&book);
	return st;
}

static int
compare(const void *a, const void *b)
{
	const struct tk_plan_item *x = a, *y = b;
	int c;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if ((c = strcmp(x->ticket, y->ticket)) != 0)
		return c;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->work, y->work);
}

enum tk_status
tk_plan_make(struct tk_plan *out, struct tk_desk *desk, int64_t from,
    int64_t to, bool all, struct tk_err *err)
{
	struct ask a = { .out = out, .desk = desk, .from = from, .to = to };
	enum tk_status st = TK_OK;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->now = tk_now();
	if (!all)
		st = tk_desk_actor(desk, &a.me, err);
	if (st == TK_OK)
		st = tk_overview_find(desk, &a.rows,
		    all ? "is:open" : "is:open assignee:me", 0, err);
	for (i = 0; st == TK_OK && i < a.rows.n; i++)
		add_terms(&a, &a.rows.v[i]);
	if (st == TK_OK)
		st = add_works(&a, err);
	if (st == TK_OK && out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), compare);
	tk_rows_clear(&a.rows);
	return st;
}
