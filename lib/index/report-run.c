/* report-run - a part's statement run, its rows as a table. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MANY 20000 /* steps of SQLite's machine, some five for a ticket */

static size_t
marks_in(const char *sql)
{
	size_t n = 0;

	for (; *sql != '\0'; sql++)
		n += *sql == '?';
	return n;
}

enum tk_status
tk_report_prepare(struct tk_index *ix, sqlite3_stmt **out, const char *sql,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	/* Those behind are of the query's order, which is not asked for. */
	size_t n = marks_in(tk_query_where(ask->query)), i;
	const struct tk_strv *v = tk_query_values(ask->query);
	enum tk_status st;
	int at, rc = SQLITE_OK;

	if ((st = tk_sql_prepare(ix, out, sql, 0, err)) != TK_OK)
		return st;
	/* Rows that were fetched have their query behind them. */
	if (sqlite3_bind_parameter_count(*out) < (int)n)
		n = 0;
	for (i = 0; i < n && i < v->n && rc == SQLITE_OK; i++)
		rc = sqlite3_bind_text(
		    *out, (int)i + 1, v->v[i], -1, SQLITE_STATIC);
	if (rc == SQLITE_OK &&
	    (at = sqlite3_bind_parameter_index(*out, ":from")) > 0)
		rc = sqlite3_bind_int64(*out, at, ask->from);
	if (rc == SQLITE_OK &&
	    (at = sqlite3_bind_parameter_index(*out, ":to")) > 0)
		rc = sqlite3_bind_int64(*out, at, ask->to);
	if (rc == SQLITE_OK &&
	    (at = sqlite3_bind_parameter_index(*out, ":now")) > 0)
		rc = sqlite3_bind_int64(*out, at, ask->now);
	return rc == SQLITE_OK ? TK_OK : tk_fail_sqlite(err, ix);
}

static int
enough(void *arg)
{
	(void)arg;
	return 1;
}

void
tk_report_measure(struct tk_index *ix, const struct tk_report_ask *ask)
{
	struct tk_report_rows *rows = ask->rows;
	struct tk_str sql = TK_STR_INIT, key = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	sqlite3_stmt *stmt = NULL;

	if (rows == NULL)
		return;
	if (ask->whole) {
		free(rows->measured);
		rows->measured = NULL;
		rows->many = false;
		return;
	}
	tk_report_add_query(&key, ask);
	if (tk_streq(rows->measured, key.data)) {
		tk_str_clear(&key);
		return;
	}
	free(rows->measured);
	rows->measured = tk_str_detach(&key);
	rows->many = false;
	tk_str_addf(&sql, "SELECT 1 FROM ticket WHERE %s",
	    tk_query_where(ask->query));
	if (tk_report_prepare(ix, &stmt, sql.data, ask, &ignored) == TK_OK) {
		/* Not all of them need be counted to know that. */
		sqlite3_progress_handler(ix->db, MANY, enough, NULL);
		while (sqlite3_step(stmt) == SQLITE_ROW)
			;
		rows->many = sqlite3_reset(stmt) == SQLITE_INTERRUPT;
		sqlite3_progress_handler(ix->db, 0, NULL, NULL);
	}
	sqlite3_finalize(stmt);
	tk_str_clear(&sql);
}

static void
add_columns(struct tk_report_table *t, const struct tk_report_part *p,
    const struct tk_facts *f)
{
	const struct tk_report_field *field;
	struct tk_report_column *c;
	struct tk_measure m;
	size_t i;

	for (i = 0; i < p->by.n; i++) {
		field = tk_report_field_find(f, p->by.v[i]);
		c = tk_report_table_column(t, field->name);
		c->title = field->title;
		c->label = field->label;
		c->unit = field->unit;
		c->group = true;
	}
	for (i = 0; i < p->show.n; i++) {
		if (!tk_measure_find(&m, f, p->show.v[i]))
			continue;
		c = tk_report_table_column(t, p->show.v[i]);
		c->title = m.value->title;
		c->stat = tk_stat_title(m.stat);
		c->unit =
		    m.stat == TK_STAT_SHARE ? TK_UNIT_PERMILLE : m.value->unit;
		c->running = m.stat == TK_STAT_RUNNING;
		c->chart = tk_strv_has(&p->chart, p->show.v[i]);
	}
}

static void
get_cell(struct tk_report_cell *cell, const struct tk_report_column *c,
    sqlite3_stmt *stmt, int at)
{
	if (sqlite3_column_type(stmt, at) == SQLITE_NULL)
		cell->none = true;
	else if (c->unit == TK_UNIT_TEXT)
		cell->text = tk_strdup(tk_sql_text(stmt, at));
	else
		cell->number = sqlite3_column_int64(stmt, at);
}

static enum tk_status
get_rows(struct tk_index *ix, struct tk_report_table *t, sqlite3_stmt *stmt,
    struct tk_err *err)
{
	struct tk_report_cell *cell;
	enum tk_status st;
	bool row;
	size_t i;

	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		for (i = 0; i < t->n; i++) {
			cell = tk_report_table_cell(t);
			get_cell(cell, &t->column[i], stmt, (int)i);
			/* The type stands behind the columns. */
			if (tk_streq(t->column[i].label, "state") &&
			    sqlite3_column_type(stmt, (int)t->n) != SQLITE_NULL)
				cell->of = tk_strdup(
				    tk_sql_text(stmt, (int)t->n));
		}
	return st;
}

static enum tk_status
get_total(struct tk_index *ix, struct tk_report_table *t, size_t groups,
    sqlite3_stmt *stmt, struct tk_err *err)
{
	enum tk_status st;
	bool row;
	size_t i;

	if ((st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	t->total = tk_calloc(t->n, sizeof(*t->total));
	for (i = 0; i < t->n; i++) {
		t->total[i].none = i < groups || t->column[i].running;
		if (!t->total[i].none)
			get_cell(&t->total[i], &t->column[i], stmt,
			    (int)(i - groups));
	}
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_report(struct tk_index *ix, struct tk_report_table *out,
    const struct tk_report_part *p, const char *path,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	struct tk_strv *fetched = NULL;
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;

	tk_report_measure(ix, ask);
	if ((st = tk_report_functions(ix, ask, err)) != TK_OK ||
	    (st = tk_report_fetch(ix, &fetched, p, path, ask, err)) != TK_OK ||
	    (st = tk_report_sql(&sql, p, path, ask, false, fetched, err)) !=
		TK_OK)
		goto out;
	add_columns(out, p, tk_facts_find(p->of, p->at));
	if ((st = tk_report_prepare(ix, &stmt, sql.data, ask, err)) != TK_OK ||
	    (st = get_rows(ix, out, stmt, err)) != TK_OK || !p->total ||
	    p->by.n == 0)
		goto out;
	sqlite3_finalize(stmt);
	stmt = NULL;
	tk_str_reset(&sql);
	if ((st = tk_report_sql(
		 &sql, p, path, ask, true, fetched, err)) == TK_OK &&
	    (st = tk_report_prepare(ix, &stmt, sql.data, ask, err)) == TK_OK)
		st = get_total(ix, out, p->by.n, stmt, err);
out:
	sqlite3_finalize(stmt);
	tk_str_clear(&sql);
	return st;
}
