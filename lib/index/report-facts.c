/* report-facts - facts that are computed elsewhere, and what from. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* In memory, for this connection only (PRAGMA temp_store). */
static const char *const tables[] = {
	"CREATE TEMP TABLE IF NOT EXISTS billed(ticket TEXT, n INTEGER,"
	" at INTEGER, who TEXT, msg TEXT, minutes INTEGER, rounded INTEGER,"
	" inside INTEGER, outside INTEGER, amount INTEGER, currency TEXT)",
	"CREATE TEMP TABLE IF NOT EXISTS contract(client TEXT, at INTEGER,"
	" included INTEGER, used INTEGER, remaining INTEGER, outside INTEGER,"
	" amount INTEGER, currency TEXT)",
	"CREATE TEMP TABLE IF NOT EXISTS penalty(ticket TEXT, at INTEGER,"
	" target TEXT, rule TEXT, penalty TEXT, evidence TEXT,"
	" amount INTEGER, currency TEXT)",
	"DELETE FROM temp.billed",
	"DELETE FROM temp.contract",
	"DELETE FROM temp.penalty",
};

enum tk_status
tk_index_report_begin(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < TK_COUNT(tables) && st == TK_OK; i++)
		st = tk_sql_run(ix, err, tables[i], "");
	return st;
}

enum tk_status
tk_index_report_billed(struct tk_index *ix, const char *ticket, int64_t n,
    int64_t at, const char *who, const char *msg, const int64_t minutes[4],
    int64_t amount, const char *currency, struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "INSERT INTO temp.billed VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    "tiittiiiiit", ticket, n, at, who, msg, minutes[0], minutes[1],
	    minutes[2], minutes[3], amount, currency);
}

enum tk_status
tk_index_report_contract(struct tk_index *ix, const char *client, int64_t at,
    const int64_t minutes[4], int64_t amount, const char *currency,
    struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "INSERT INTO temp.contract VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	    "tiiiiiit", client, at, minutes[0], minutes[1], minutes[2],
	    minutes[3], amount, currency);
}

enum tk_status
tk_index_report_penalty(
    struct tk_index *ix, const struct tk_penalty_row *row, struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "INSERT INTO temp.penalty VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
	    "tittttit", row->ticket, row->at, row->target, row->rule,
	    row->penalty, row->evidence, row->amount, row->currency);
}

static void
get_row(struct tk_spent_rows *rows, sqlite3_stmt *stmt)
{
	struct tk_spent_row *r;

	rows->v = tk_more(rows->v, rows->n, &rows->cap, sizeof(*rows->v));
	r = &rows->v[rows->n++];
	r->ticket = tk_strdup(tk_sql_text(stmt, 0));
	r->client = tk_strdup(tk_sql_text(stmt, 1));
	r->who = tk_strdup(tk_sql_text(stmt, 2));
	r->msg = tk_strdup(tk_sql_text(stmt, 3));
	r->type = tk_strdup(tk_sql_text(stmt, 4));
	r->category = tk_strdup(tk_sql_text(stmt, 5));
	r->queue = tk_strdup(tk_sql_text(stmt, 6));
	r->n = sqlite3_column_int64(stmt, 7);
	r->at = sqlite3_column_int64(stmt, 8);
	r->minutes = sqlite3_column_int64(stmt, 9);
	r->billable = sqlite3_column_int(stmt, 10) != 0;
}

enum tk_status
tk_index_spent(struct tk_index *ix, struct tk_spent_rows *out,
    const char *client, int64_t from, int64_t to, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT s.ticket, t.client, s.who, s.msg, t.type, t.category,"
		 " t.queue, s.n, s.at, s.minutes, s.billable FROM spent s"
		 " JOIN ticket t ON t.id = s.ticket WHERE s.at >= ?1"
		 " AND s.at < ?2 AND (?3 = '' OR t.client = ?3)"
		 " ORDER BY t.client, s.at, t.number, t.id, s.n",
		 "iit", from, to, client)) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		get_row(out, stmt);
	return st;
}

void
tk_spent_rows_clear(struct tk_spent_rows *rows)
{
	struct tk_spent_row *r;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		r = &rows->v[i];
		free(r->ticket);
		free(r->client);
		free(r->who);
		free(r->msg);
		free(r->type);
		free(r->category);
		free(r->queue);
	}
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}
