/* overview - short lists of tickets that stand in other answers. */
#include "desk/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/query.h"
#include "view/table.h"

struct words {
	struct tk_strv finals, priorities, urgent;
};

static void
fill(struct words *w, const struct tk_regulation *r)
{
	const struct tk_process *p;
	size_t i, k;

	for (i = 0; i < r->n_processes; i++) {
		p = &r->process[i];
		for (k = 0; k < p->n_states; k++)
			if (p->state[k].final &&
			    !tk_strv_has(&w->finals, p->state[k].id))
				tk_strv_add(&w->finals, p->state[k].id);
	}
	for (i = 0; i < r->priorities.n; i++) {
		tk_strv_add(&w->priorities, r->priorities.v[i].id);
		if (r->priorities.v[i].urgent)
			tk_strv_add(&w->urgent, r->priorities.v[i].id);
	}
}

enum tk_status
tk_overview_find(struct tk_desk *desk, struct tk_rows *rows, const char *query,
    size_t limit, struct tk_err *err)
{
	struct words w = { TK_STRV_INIT, TK_STRV_INIT, TK_STRV_INIT };
	struct tk_query_context ctx = { NULL, &w.finals, &w.priorities,
		&w.urgent };
	const struct tk_actor *me;
	struct tk_query *q = NULL;
	struct tk_index *ix;
	struct tk_err nobody = TK_ERR_INIT;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	fill(&w, desk->reg);
	if (tk_desk_actor(desk, &me, &nobody) == TK_OK)
		ctx.me = me->id;
	if ((st = tk_query_parse(&q, query, &ctx, err)) == TK_OK &&
	    (st = tk_store_index(desk->store, &ix, err)) == TK_OK)
		st = tk_index_list(ix, rows, q, limit, err);
	tk_query_free(q);
	tk_strv_clear(&w.finals);
	tk_strv_clear(&w.priorities);
	tk_strv_clear(&w.urgent);
	return st;
}

void
tk_overview_print(FILE *to, const char *title, const struct tk_rows *rows,
    size_t limit, const char *query)
{
	const struct tk_column columns[] = { { .title = _("Id") },
		{ .title = _("Priority") }, { .title = _("State") },
		{ .title = _("Queue"), .max = 12 },
		{ .title = _("Assignee"), .max = 12 },
		{ .title = _("Updated") },
		{ .title = _("Subject"), .flexible = true } };
	struct tk_table_how how = tk_table_how();
	struct tk_str at = TK_STR_INIT, head = TK_STR_INIT;
	struct tk_table *t;
	size_t i;

	if (rows->n == 0)
		return;
	tk_term_paint(&head, how.colour, TK_BOLD, title);
	fprintf(to, "%s\n", head.data);
	t = tk_table_new(columns, TK_COUNT(columns));
	for (i = 0; i < rows->n && i < limit; i++) {
		const struct tk_row *r = &rows->v[i];

		tk_str_reset(&at);
		tk_date_human(&at, r->updated);
		tk_table_add(t, r->id, TK_CYAN);
		tk_table_add(t, r->priority, TK_PLAIN);
		tk_table_add(t, r->state, TK_PLAIN);
		tk_table_add(t, r->queue, TK_PLAIN);
		tk_table_add(t, r->assignee, TK_PLAIN);
		tk_table_add(t, at.data, TK_DIM);
		tk_table_add(t, r->subject, TK_PLAIN);
	}
	tk_table_print(to, t, &how);
	if (rows->n > limit)
		fprintf(to, _("... and more: tk list %s\n"), query);
	tk_table_free(t);
	tk_str_clear(&at);
	tk_str_clear(&head);
}
