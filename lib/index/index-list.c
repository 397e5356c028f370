/* index-list - the rows that a query asks for. */
#include "index/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/query.h"
#include "index/sql.h"

#define COLUMNS                                                        \
	"id, subject, type, state, queue, priority, category, client," \
	" requester, assignee, channel, sla, line, created, updated,"  \
	" due, due_response, due_update, due_resolution, promised, since"

static void
free_row(struct tk_row *r)
{
	free(r->id);
	free(r->subject);
	free(r->type);
	free(r->state);
	free(r->queue);
	free(r->priority);
	free(r->category);
	free(r->client);
	free(r->requester);
	free(r->assignee);
	free(r->channel);
	free(r->sla);
}

void
tk_rows_clear(struct tk_rows *rows)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		free_row(&rows->v[i]);
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}

/* Only for rows that are shown: beside the sort it would be done for all. */
static enum tk_status
count_messages(struct tk_index *ix, struct tk_row *r, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT count(*) FROM message WHERE ticket = ?", "t",
		 r->id)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	r->messages = sqlite3_column_int64(stmt, 0);
	tk_sql_stop(stmt);
	return TK_OK;
}

static enum tk_status
get_row(struct tk_index *ix, struct tk_rows *rows, int64_t rowid,
    const struct tk_strv *finals, struct tk_err *err)
{
	struct tk_row *r;
	sqlite3_stmt *stmt;
	enum tk_status st;
	char **text[12];
	bool row;
	int i;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT " COLUMNS " FROM ticket WHERE rowid = ?", "i",
		 rowid)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	TK_GROW(rows->v, rows->n, rows->cap);
	r = &rows->v[rows->n++];
	memset(r, 0, sizeof(*r));
	text[0] = &r->id;
	text[1] = &r->subject;
	text[2] = &r->type;
	text[3] = &r->state;
	text[4] = &r->queue;
	text[5] = &r->priority;
	text[6] = &r->category;
	text[7] = &r->client;
	text[8] = &r->requester;
	text[9] = &r->assignee;
	text[10] = &r->channel;
	text[11] = &r->sla;
	for (i = 0; i < (int)TK_COUNT(text); i++)
		*text[i] = tk_strdup(tk_sql_text(stmt, i));
	r->line = sqlite3_column_int(stmt, i++);
	r->created = sqlite3_column_int64(stmt, i++);
	r->updated = sqlite3_column_int64(stmt, i++);
	r->due = sqlite3_column_int64(stmt, i++);
	r->due_response = sqlite3_column_int64(stmt, i++);
	r->due_update = sqlite3_column_int64(stmt, i++);
	r->due_resolution = sqlite3_column_int64(stmt, i++);
	r->promised = sqlite3_column_int64(stmt, i++);
	if (tk_strv_has(finals, r->state))
		r->closed = sqlite3_column_int64(stmt, i);
	tk_sql_stop(stmt);
	return count_messages(ix, r, err);
}

static enum tk_status
bind_values(struct tk_index *ix, sqlite3_stmt *stmt, const struct tk_strv *v,
    size_t limit, struct tk_err *err)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (sqlite3_bind_text(stmt, (int)i + 1, v->v[i], -1,
			SQLITE_STATIC) != SQLITE_OK)
			return tk_fail_sqlite(err, ix);
	if (sqlite3_bind_int64(stmt, (int)i + 1,
		limit > 0 && limit < INT64_MAX ? (int64_t)limit : -1) !=
	    SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return TK_OK;
}

enum tk_status
tk_index_list(struct tk_index *ix, struct tk_rows *rows,
    const struct tk_query *q, size_t limit, struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;
	bool row;

	/* What is sorted is in the indexes, mostly: only rows that are shown
	 * are read. */
	tk_str_addf(&sql,
	    "SELECT rowid FROM ticket WHERE %s ORDER BY %s LIMIT ?",
	    tk_query_where(q), tk_query_order(q));
	if ((st = tk_sql_prepare(ix, &stmt, sql.data, 0, err)) != TK_OK ||
	    (st = bind_values(ix, stmt, tk_query_values(q), limit, err)) !=
		TK_OK)
		goto out;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		if ((st = get_row(ix, rows, sqlite3_column_int64(stmt, 0),
			 tk_query_finals(q), err)) != TK_OK)
			break;
out:
	sqlite3_finalize(stmt);
	tk_str_clear(&sql);
	return st;
}
