/* rows - tickets as a table, a line for each. */
#include "desk/rows.h"

#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "view/due.h"
#include "view/table.h"

/* 5m, 3h, 2d, 4w: on a terminal there is no room for a date. */
static void
age(struct tk_str *out, int64_t at)
{
	int64_t s = tk_now() - at;

	if (s < 3600)
		tk_str_addf(out, "%dm", (int)(s > 0 ? s / 60 : 0));
	else if (s < 2 * 86400)
		tk_str_addf(out, "%dh", (int)(s / 3600));
	else if (s < 60 * 86400)
		tk_str_addf(out, "%dd", (int)(s / 86400));
	else
		tk_str_addf(out, "%dw", (int)(s / (7 * 86400)));
}

static const char *
or_else(const char *text, const char *other)
{
	return text[0] != '\0' ? text : other;
}

/* What is promised is as good as a term. What is closed has none. */
static void
add_due(struct tk_table *t, const struct tk_row *r)
{
	int64_t now = tk_now(), due = r->due;
	struct tk_str text = TK_STR_INIT;

	if (r->closed == 0 && r->promised > 0 &&
	    (due == 0 || r->promised < due))
		due = r->promised;
	if (due > 0)
		tk_due_words(&text, due, now);
	tk_table_add(t, text.data, due > 0 && due < now ? TK_RED : TK_PLAIN);
	tk_str_clear(&text);
}

static void
add_row(struct tk_table *t, const struct tk_row *r,
    const struct tk_strv *urgent)
{
	struct tk_str when = TK_STR_INIT;

	if (tk_term_is_there())
		age(&when, r->updated);
	else
		tk_date_human(&when, r->updated);
	tk_table_add(t, r->id, TK_BOLD);
	tk_table_add(t, r->priority,
	    tk_strv_has(urgent, r->priority) ? TK_RED : TK_PLAIN);
	tk_table_add(t, r->state,
	    strcmp(r->state, "new") == 0 ? TK_GREEN : TK_PLAIN);
	tk_table_add(t, r->queue, TK_PLAIN);
	tk_table_add(t, or_else(r->assignee, "-"), TK_PLAIN);
	tk_table_add(t, or_else(r->client, r->requester), TK_PLAIN);
	tk_table_add(t, when.data, TK_DIM);
	if (tk_term_is_there())
		add_due(t, r);
	tk_table_add(t, or_else(r->subject, _("(no subject)")), TK_PLAIN);
	tk_str_clear(&when);
}

void
tk_rows_print(FILE *to, const struct tk_rows *rows, size_t limit,
    const struct tk_strv *urgent, bool no_header)
{
	const struct tk_column all[] = {
		{ .title = _("TICKET"), .min = 5 },
		{ .title = _("PR"), .min = 2 },
		{ .title = _("STATE"), .min = 5, .max = 9 },
		{ .title = _("QUEUE"), .min = 5, .max = 9 },
		{ .title = _("WHO"), .min = 3, .max = 9 },
		{ .title = _("CLIENT"), .min = 6, .max = 16 },
		{ .title = _("UPDATED"), .min = 3 },
		{ .title = _("DUE"), .min = 3 },
		{ .title = _("SUBJECT"), .min = 12, .flexible = true },
	};
	struct tk_column columns[TK_COUNT(all)];
	bool is_term = tk_term_is_there();
	size_t n = 0;
	struct tk_table *t;
	struct tk_table_how how = tk_table_how();
	size_t i;

	/* Words like "in 2 h" are for eyes; programs have --json. */
	for (i = 0; i < TK_COUNT(all); i++)
		if (is_term || i != TK_COUNT(all) - 2)
			columns[n++] = all[i];
	t = tk_table_new(columns, n);
	for (i = 0; i < rows->n && i < limit; i++)
		add_row(t, &rows->v[i], urgent);
	/* What is piped on to other commands is data only. */
	how.no_header = no_header || !tk_term_is_there();
	tk_table_print(to, t, &how);
	tk_table_free(t);
}
