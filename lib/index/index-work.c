/* index-work - which times of recurring works have been opened. */
#include "index/index-work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/sql.h"
#include "model/work.h"

enum tk_status
tk_index_put_work(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	const char *key = tk_ticket_get(t, "work");
	struct tk_str id = TK_STR_INIT, target = TK_STR_INIT;
	enum tk_status st = TK_OK;
	int64_t at;

	if (key != NULL && tk_work_key_parse(key, &id, &at, &target))
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO work VALUES(?, ?, ?, ?)", "ttit",
		    id.data, target.data, at, tk_ticket_id(t));
	tk_str_clear(&id);
	tk_str_clear(&target);
	return st;
}

enum tk_status
tk_index_find_work(struct tk_index *ix, char ticket[64], const char *name,
    const char *target, int64_t at, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	ticket[0] = '\0';
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT ticket FROM work"
		 " WHERE name = ? AND target = ? AND at = ? LIMIT 1",
		 "tti", name, target, at)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	snprintf(ticket, 64, "%s", tk_sql_text(stmt, 0));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_last_work(struct tk_index *ix, int64_t *at, const char *name,
    const char *target, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	*at = INT64_MIN;
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT at FROM work WHERE name = ? AND target = ?"
		 " ORDER BY at DESC LIMIT 1",
		 "tt", name, target)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	*at = sqlite3_column_int64(stmt, 0);
	tk_sql_stop(stmt);
	return TK_OK;
}

/* In meta: "KEY MOMENT". */
enum tk_status
tk_index_works_next(struct tk_index *ix, int64_t *next, const char *key,
    struct tk_err *err)
{
	size_t n = strlen(key);
	sqlite3_stmt *stmt;
	enum tk_status st;
	const char *text;
	bool row;

	*next = 0;
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT value FROM meta WHERE key = 'works'", "")) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	text = tk_sql_text(stmt, 0);
	if (strncmp(text, key, n) == 0 && text[n] == ' ')
		*next = strtoll(text + n, NULL, 10);
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_set_works_next(struct tk_index *ix, int64_t next, const char *key,
    struct tk_err *err)
{
	char *text = tk_strf("%s %lld", key, (long long)next);
	enum tk_status st = tk_sql_run(ix, err,
	    "INSERT OR REPLACE INTO meta VALUES('works', ?)", "t", text);

	free(text);
	return st;
}
