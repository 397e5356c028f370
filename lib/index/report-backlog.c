/* report-backlog - how many tickets were open when a period began. */
#include "index/report-parts.h"

#include <stdlib.h>

#include "base/mem.h"

#define DAY 86400

/* What opened less what closed, of the steps in a span. */
static enum tk_status
net_of(struct tk_index *ix, int64_t *n, const struct tk_report_ask *ask,
    int64_t from, int64_t to, struct tk_err *err)
{
	char of[] = "steps", show[] = "net", *shows[] = { show };
	const struct tk_report_part part = { .of = of,
		.show = { shows, 1, 1 } };
	struct tk_report_ask span = *ask;
	struct tk_report_table t = { .n = 0 };
	enum tk_status st;

	span.from = from;
	span.to = to;
	span.parts = NULL;
	st = tk_index_report(ix, &t, &part, "", &span, err);
	*n = st == TK_OK && t.n_cells > 0 ? t.cell[0].number : 0;
	tk_report_table_clear(&t);
	return st;
}

/* One number, of a statement that takes the query's values and :to. */
static enum tk_status
number(struct tk_index *ix, int64_t *n, const char *sql,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum tk_status st = tk_report_prepare(ix, &stmt, sql, ask, err);
	bool row = false;

	*n = 0;
	if (st == TK_OK && (st = tk_sql_step(ix, stmt, &row, err)) == TK_OK &&
	    row)
		*n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return st;
}

/* Of all tickets: the days before have been counted, and of the day that it
 * began on, what there was before. */
static enum tk_status
from_tally(struct tk_index *ix, int64_t *n, const struct tk_report_ask *ask,
    struct tk_err *err)
{
	struct tk_report_ask before = *ask;
	int64_t rest = 0;
	enum tk_status st;

	before.to = ask->from / DAY;
	if ((st = tk_report_functions(ix, ask, err)) == TK_OK &&
	    (st = number(ix, n,
		 "SELECT sum(n * ((state_was = '' OR tk_final(state_was))"
		 " - tk_final(state))) FROM tally WHERE day < :to",
		 &before, err)) == TK_OK)
		st = net_of(ix, &rest, ask, before.to * DAY, ask->from, err);
	*n += rest;
	return st;
}

/* Of some: backwards from what is open now, as a report is mostly about the
 * last weeks and the log before them is long. */
static enum tk_status
from_now(struct tk_index *ix, int64_t *n, const struct tk_report_ask *ask,
    struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	int64_t since = 0;
	enum tk_status st;

	tk_str_addf(&sql,
	    "SELECT count(*) FROM ticket WHERE %s AND NOT tk_final(state)",
	    tk_query_where(ask->query));
	if ((st = tk_report_functions(ix, ask, err)) == TK_OK &&
	    (st = number(ix, n, sql.data, ask, err)) == TK_OK)
		st = net_of(ix, &since, ask, ask->from, INT64_MAX, err);
	*n -= since;
	tk_str_clear(&sql);
	return st;
}

enum tk_status
tk_index_backlog(struct tk_index *ix, int64_t *n,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	return ask->whole ? from_tally(ix, n, ask, err)
			  : from_now(ix, n, ask, err);
}
