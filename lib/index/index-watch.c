/* index-watch - which tickets have to be looked at, and when. */
#include "index/watch.h"

#include <string.h>

#include "index/index-home.h"
#include "index/sql.h"

#define NEVER INT64_MAX

static enum tk_status
is_new_key(struct tk_index *ix, bool *is, const char *key, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	*is = true;
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT value FROM meta WHERE key = 'watched'", "")) !=
		TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	*is = strcmp(tk_sql_text(stmt, 0), key) != 0;
	tk_sql_stop(stmt);
	return TK_OK;
}

static enum tk_status
any_new(struct tk_index *ix, bool *any, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT 1 FROM watch WHERE next = 0 LIMIT 1", "")) == TK_OK &&
	    (st = tk_sql_step(ix, stmt, any, err)) == TK_OK && *any)
		tk_sql_stop(stmt);
	return st;
}

enum tk_status
tk_watch_begin(struct tk_index *ix, const char *key,
    const struct tk_strv *finals, struct tk_err *err)
{
	enum tk_status st;
	bool is_new, any = false;
	size_t i;

	if ((st = is_new_key(ix, &is_new, key, err)) == TK_OK && is_new &&
	    (st = tk_sql_run(ix, err,
		 "UPDATE watch SET next = 0 WHERE next > 0", "")) == TK_OK)
		st = tk_sql_run(ix, err,
		    "INSERT OR REPLACE INTO meta VALUES('watched', ?)", "t",
		    key);
	if (st == TK_OK)
		st = any_new(ix, &any, err);
	/* At once: after a rebuild this is nearly all of them. */
	for (i = 0; st == TK_OK && any && i < finals->n; i++)
		st = tk_sql_run(ix, err,
		    "DELETE FROM watch WHERE next = 0 AND ticket IN"
		    " (SELECT id FROM ticket WHERE state = ?)",
		    "t", finals->v[i]);
	tk_home_bring(ix);
	return st;
}

enum tk_status
tk_watch_due(struct tk_index *ix, struct tk_strv *ids, int64_t now,
    size_t limit, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT ticket FROM watch WHERE next <= ?"
		 " ORDER BY next LIMIT ?",
		 "ii", now, (int64_t)limit)) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		tk_strv_add(ids, tk_sql_text(stmt, 0));
	return st;
}

enum tk_status
tk_watch_set(
    struct tk_index *ix, const struct tk_watch *v, size_t n, struct tk_err *err)
{
	enum tk_status st = tk_index_begin(ix, err);
	size_t i;

	for (i = 0; st == TK_OK && i < n; i++)
		st = tk_sql_run(ix, err,
		    "UPDATE watch SET next = ? WHERE ticket = ? AND EXISTS"
		    " (SELECT 1 FROM ticket WHERE id = ? AND log_n = ?)",
		    "itti", v[i].next > 0 ? v[i].next : NEVER, v[i].ticket,
		    v[i].ticket, v[i].log_n);
	if (st == TK_OK)
		st = tk_home_commit(ix, err);
	if (st != TK_OK)
		tk_index_abort(ix);
	return st;
}
