/* index-archived - what is asked of tickets that lie in an archive. */
#include "index/index-archive.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "index/sql.h"

#define BODY 16 /* digits of a letter's hash in a record */

enum tk_status
tk_index_archived(struct tk_index *ix, struct tk_index_archived *out,
    const char *ticket, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	memset(out, 0, sizeof(*out));
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT year, queue, type, client FROM archived"
		 " WHERE ticket = ?",
		 "t", ticket)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK)
		return st;
	if (!row)
		return tk_fail(err, TK_ENOENT, _("nothing found"));
	snprintf(out->year, sizeof(out->year), "%s", tk_sql_text(stmt, 0));
	snprintf(out->queue, sizeof(out->queue), "%s", tk_sql_text(stmt, 1));
	snprintf(out->type, sizeof(out->type), "%s", tk_sql_text(stmt, 2));
	snprintf(out->client, sizeof(out->client), "%s", tk_sql_text(stmt, 3));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_archived_letter(struct tk_index *ix, struct tk_index_hit *hit,
    const char *message_id, const char *body_sha256, struct tk_err *err)
{
	char body[BODY + 1];
	sqlite3_stmt *stmt;
	enum tk_status st;

	memset(hit, 0, sizeof(*hit));
	snprintf(body, sizeof(body), "%s", body_sha256 != NULL ? body_sha256 : "");
	st = tk_sql(ix, &stmt, err,
	    "SELECT l.ticket, l.message, l.body FROM archived_letter l"
	    " JOIN archived a ON a.ticket = l.ticket"
	    " WHERE l.id = ?1 AND (?2 = '' OR l.body = ?2)"
	    " ORDER BY a.year DESC, a.number DESC, l.message LIMIT 1",
	    "tt", message_id, body);
	return st == TK_OK ? tk_index_get_hit(ix, stmt, hit, message_id, err)
			   : st;
}

/* One text column becomes a list. */
static enum tk_status
add_list(struct tk_index *ix, struct tk_yaml *record, const char *key,
    sqlite3_stmt *stmt, struct tk_err *err)
{
	struct tk_strv values = TK_STRV_INIT;
	enum tk_status st;
	bool row;

	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		tk_strv_add(&values, tk_sql_text(stmt, 0));
	if (st == TK_OK && values.n > 0)
		tk_yaml_set_strv(record, key, &values);
	tk_strv_clear(&values);
	return st;
}

/* Three or four columns become a list of maps; what is empty is left out. */
static enum tk_status
add_maps(struct tk_index *ix, struct tk_yaml *record, const char *key,
    sqlite3_stmt *stmt, const char *const *names, struct tk_err *err)
{
	struct tk_yaml *list = tk_yaml_list(), *map;
	enum tk_status st;
	bool row;
	int i;

	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		map = tk_yaml_map();
		for (i = 0; names[i] != NULL; i++) {
			if (sqlite3_column_type(stmt, i) == SQLITE_INTEGER)
				tk_yaml_set_int(map, names[i],
				    sqlite3_column_int64(stmt, i));
			else if (tk_sql_text(stmt, i)[0] != '\0')
				tk_yaml_set_str(
				    map, names[i], tk_sql_text(stmt, i));
		}
		tk_yaml_add(list, map);
	}
	if (st == TK_OK && list->n > 0)
		tk_yaml_set(record, key, list);
	else
		tk_yaml_free(list);
	return st;
}

enum tk_status
tk_index_archive_record(struct tk_index *ix, struct tk_yaml *record,
    const char *ticket, struct tk_err *err)
{
	static const char *const letter[] = { "id", "msg", "body", NULL };
	static const char *const dead[] = { "address", "at", "msg", "status",
		NULL };
	sqlite3_stmt *stmt;
	enum tk_status st;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT DISTINCT address FROM participant WHERE ticket = ?"
		 " ORDER BY address",
		 "t", ticket)) != TK_OK ||
	    (st = add_list(ix, record, "people", stmt, err)) != TK_OK ||
	    (st = tk_sql(ix, &stmt, err,
		 "SELECT message_id, name, substr(body_sha256, 1, 16)"
		 " FROM message WHERE ticket = ? AND message_id <> ''"
		 " ORDER BY name",
		 "t", ticket)) != TK_OK ||
	    (st = add_maps(ix, record, "letters", stmt, letter, err)) !=
		TK_OK ||
	    (st = tk_sql(ix, &stmt, err,
		 "SELECT address, at, message, status FROM dead"
		 " WHERE ticket = ? ORDER BY address, at, message",
		 "t", ticket)) != TK_OK)
		return st;
	return add_maps(ix, record, "dead", stmt, dead, err);
}

enum tk_status
tk_index_each(struct tk_index *ix, tk_index_brief_fn fn, void *arg,
    struct tk_err *err)
{
	struct tk_index_brief t;
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT id, type, state, updated FROM ticket"
		 " ORDER BY number, site, id",
		 "")) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		t.id = tk_sql_text(stmt, 0);
		t.type = tk_sql_text(stmt, 1);
		t.state = tk_sql_text(stmt, 2);
		t.updated = sqlite3_column_int64(stmt, 3);
		fn(&t, arg);
	}
	return st;
}
