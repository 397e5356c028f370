/* index-archive - what is known of tickets that lie in an archive. */
#include "index/index-archive.h"

#include "base/mem.h"
#include "index/sql.h"
#include "model/archived.h"
#include "model/id.h"
#include "model/work.h"

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Tables that others use, too: what a ticket that is here has stays. */
static enum tk_status
drop(struct tk_index *ix, const char *path, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_sql_run(ix, err,
		 "DELETE FROM participant WHERE source = 'archive' AND ticket"
		 " IN (SELECT ticket FROM archived WHERE file = ?)",
		 "t", path)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM mark WHERE ticket IN (SELECT ticket FROM archived"
		 " WHERE file = ? AND ticket NOT IN (SELECT id FROM ticket))",
		 "t", path)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM work WHERE ticket IN (SELECT ticket FROM archived"
		 " WHERE file = ? AND ticket NOT IN (SELECT id FROM ticket))",
		 "t", path)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM dead WHERE ticket IN (SELECT ticket FROM archived"
		 " WHERE file = ? AND ticket NOT IN (SELECT id FROM ticket))",
		 "t", path)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM archived_letter WHERE ticket IN"
		 " (SELECT ticket FROM archived WHERE file = ?)",
		 "t", path)) != TK_OK)
		return st;
	return tk_sql_run(
	    ix, err, "DELETE FROM archived WHERE file = ?", "t", path);
}

static enum tk_status
put_work(struct tk_index *ix, const char *id, const char *key,
    struct tk_err *err)
{
	struct tk_str name = TK_STR_INIT, target = TK_STR_INIT;
	enum tk_status st = TK_OK;
	int64_t at;

	if (key != NULL && tk_work_key_parse(key, &name, &at, &target))
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO work VALUES(?, ?, ?, ?)", "ttit",
		    name.data, target.data, at, id);
	tk_str_clear(&name);
	tk_str_clear(&target);
	return st;
}

/* Lists of a record, one row for each. */
static enum tk_status
put_lists(struct tk_index *ix, const char *id, const struct tk_yaml *r,
    struct tk_err *err)
{
	static const char *const marks[] = { "monitor", "partner_ref" };
	const struct tk_yaml *list = tk_yaml_get(r, "letters"), *e;
	struct tk_strv values = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && list != NULL && i < list->n; i++) {
		e = list->item[i];
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO archived_letter"
		    " VALUES(?, ?, ?, ?)",
		    "tttt", or_empty(tk_yaml_str(e, "id")), id,
		    or_empty(tk_yaml_str(e, "msg")),
		    or_empty(tk_yaml_str(e, "body")));
	}
	list = tk_yaml_get(r, "dead");
	for (i = 0; st == TK_OK && list != NULL && i < list->n; i++) {
		e = list->item[i];
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO dead VALUES(?, ?, ?, ?, ?)",
		    "tittt", or_empty(tk_yaml_str(e, "address")),
		    tk_yaml_int(e, "at", 0), id,
		    or_empty(tk_yaml_str(e, "msg")),
		    or_empty(tk_yaml_str(e, "status")));
	}
	tk_yaml_strv(r, "people", &values);
	for (i = 0; st == TK_OK && i < values.n; i++)
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO participant"
		    " VALUES(?, ?, 'archive')",
		    "tt", id, values.v[i]);
	for (k = 0; k < TK_COUNT(marks); k++) {
		tk_strv_clear(&values);
		tk_yaml_strv(r, marks[k], &values);
		for (i = 0; st == TK_OK && i < values.n; i++)
			st = tk_sql_run(ix, err,
			    "INSERT OR IGNORE INTO mark VALUES(?, ?, ?)",
			    "ttt", marks[k], values.v[i], id);
	}
	tk_strv_clear(&values);
	return st;
}

static enum tk_status
put_record(struct tk_index *ix, const char *path, const char *year,
    const struct tk_yaml *r, struct tk_err *err)
{
	const char *text = tk_yaml_str(r, "id");
	enum tk_status st;
	struct tk_id id;

	if (!tk_id_parse(&id, text))
		return TK_OK;
	if ((st = tk_sql_run(ix, err,
		 "INSERT OR REPLACE INTO archived"
		 " VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
		 "tttitttt", text, path, year, (int64_t)id.number, id.site,
		 or_empty(tk_yaml_str(r, "queue")),
		 or_empty(tk_yaml_str(r, "type")),
		 or_empty(tk_yaml_str(r, "client")))) != TK_OK ||
	    (st = put_work(ix, text, tk_yaml_str(r, "work"), err)) != TK_OK)
		return st;
	return put_lists(ix, text, r, err);
}

enum tk_status
tk_index_put_archived(struct tk_index *ix, const char *path, const char *data,
    size_t len, struct tk_err *err)
{
	struct tk_err broken = TK_ERR_INIT;
	const struct tk_yaml *list;
	struct tk_yaml *y = NULL;
	enum tk_status st;
	char year[5];
	size_t i;

	if (!tk_archived_is_path(year, path))
		return TK_OK;
	if ((st = drop(ix, path, err)) != TK_OK || data == NULL ||
	    tk_archived_read(&y, data, len, path, &broken) != TK_OK)
		return st;
	list = tk_yaml_get(y, "tickets");
	for (i = 0; st == TK_OK && i < list->n; i++)
		st = put_record(ix, path, year, list->item[i], err);
	tk_yaml_free(y);
	return st;
}
