/* index-head - the head of a ticket as a row. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "index/head.h"
#include "index/sql.h"
#include "model/id.h"

static bool
is_text(const struct tk_head_field *f)
{
	return f->kind == TK_HEAD_NAME || f->kind == TK_HEAD_PATH ||
	    f->kind == TK_HEAD_TEXT;
}

void
tk_index_head_columns(struct tk_str *sql)
{
	const struct tk_head_field *f;
	size_t n, i;

	f = tk_head_fields(&n);
	for (i = 0; i < n; i++, f++) {
		if (f->kind == TK_HEAD_LIST)
			continue;
		tk_str_addf(sql, "%s %s NOT NULL%s, ", f->name,
		    is_text(f) ? "TEXT" : "INTEGER",
		    f->kind == TK_HEAD_NAME || f->kind == TK_HEAD_PATH
			? " COLLATE NOCASE"
			: "");
		if (f->kind == TK_HEAD_TEXT)
			tk_str_addf(sql, "%s_low TEXT NOT NULL, ", f->name);
	}
}

static void
add_column(struct tk_str *names, struct tk_str *values, struct tk_str *sets,
    const char *name, const char *end)
{
	tk_str_addf(names, ", %s%s", name, end);
	tk_str_add(values, ", ?");
	tk_str_addf(sets, "%s %s%s = excluded.%s%s", sets->len > 0 ? "," : "",
	    name, end, name, end);
}

static char *
put_sql(void)
{
	struct tk_str names = TK_STR_INIT, values = TK_STR_INIT;
	struct tk_str sets = TK_STR_INIT;
	const struct tk_head_field *f;
	char *sql;
	size_t n, i;

	f = tk_head_fields(&n);
	add_column(&names, &values, &sets, "log_n", "");
	add_column(&names, &values, &sets, "log_sum", "");
	add_column(&names, &values, &sets, "doc", "");
	for (i = 0; i < n; i++, f++) {
		if (f->kind == TK_HEAD_LIST)
			continue;
		add_column(&names, &values, &sets, f->name, "");
		if (f->kind == TK_HEAD_TEXT)
			add_column(&names, &values, &sets, f->name, "_low");
	}
	sql = tk_strf("INSERT INTO ticket(id, prefix, number, site%s)"
		      " VALUES(?, ?, ?, ?%s) ON CONFLICT(id) DO UPDATE SET%s",
	    names.data, values.data, sets.data);
	tk_str_clear(&names);
	tk_str_clear(&values);
	tk_str_clear(&sets);
	return sql;
}

/* Values of a statement, one after the other. */
struct binder {
	sqlite3_stmt *stmt;
	int at, rc;
};

static void
bind_text(struct binder *b, const char *text)
{
	if (b->rc == SQLITE_OK)
		b->rc = sqlite3_bind_text(
		    b->stmt, ++b->at, text, -1, SQLITE_TRANSIENT);
}

static void
bind_number(struct binder *b, int64_t n)
{
	if (b->rc == SQLITE_OK)
		b->rc = sqlite3_bind_int64(b->stmt, ++b->at, n);
}

static void
bind_fields(struct binder *b, const struct tk_ticket *t)
{
	struct tk_str low = TK_STR_INIT;
	const struct tk_head_field *f;
	size_t n, i;

	f = tk_head_fields(&n);
	for (i = 0; i < n; i++, f++) {
		if (f->kind == TK_HEAD_LIST)
			continue;
		if (!is_text(f)) {
			bind_number(b, tk_head_number(f, t));
			continue;
		}
		bind_text(b, tk_head_text(f, t));
		if (f->kind != TK_HEAD_TEXT)
			continue;
		tk_str_reset(&low);
		tk_utf8_lower(&low, tk_head_text(f, t));
		bind_text(b, low.data);
	}
	tk_str_clear(&low);
}

static enum tk_status
put_row(struct tk_index *ix, const struct tk_ticket *t, const char *log_sum,
    int64_t doc, struct tk_err *err)
{
	struct tk_id id = { "", 0, "" };
	struct binder b = { .rc = SQLITE_OK };
	enum tk_status st;
	bool row;

	if (ix->put_head == NULL)
		ix->put_head = put_sql();
	if ((st = tk_sql_find(ix, &b.stmt, ix->put_head, err)) != TK_OK)
		return st;
	tk_id_parse(&id, tk_ticket_id(t));
	bind_text(&b, tk_ticket_id(t));
	bind_text(&b, id.prefix);
	bind_number(&b, (int64_t)id.number);
	bind_text(&b, id.site);
	bind_number(&b, (int64_t)tk_ticket_log_n(t));
	bind_text(&b, log_sum);
	bind_number(&b, doc);
	bind_fields(&b, t);
	if (b.rc != SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return tk_sql_step(ix, b.stmt, &row, err);
}

static enum tk_status
put_value(struct tk_index *ix, const char *ticket, const char *field,
    const char *value, struct tk_err *err)
{
	return tk_sql_run(ix, err, "INSERT OR IGNORE INTO many VALUES(?, ?, ?)",
	    "ttt", ticket, field, value);
}

static enum tk_status
put_extra(struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	const struct tk_yaml *extra = tk_ticket_node(t, "extra");
	enum tk_status st = TK_OK;
	struct tk_strv values;
	char *name;
	size_t i, k;

	if (extra == NULL || extra->kind != TK_YAML_MAP)
		return TK_OK;
	for (i = 0; st == TK_OK && i < extra->n; i++) {
		memset(&values, 0, sizeof(values));
		tk_yaml_strv(extra, extra->key[i], &values);
		name = tk_strf(TK_HEAD_EXTRA "%s", extra->key[i]);
		for (k = 0; st == TK_OK && k < values.n; k++)
			st = put_value(
			    ix, tk_ticket_id(t), name, values.v[k], err);
		free(name);
		tk_strv_clear(&values);
	}
	return st;
}

static enum tk_status
put_lists(struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	struct tk_strv values = TK_STRV_INIT;
	const struct tk_head_field *f;
	enum tk_status st = TK_OK;
	size_t n, i, k;

	if (!ix->fresh)
		st = tk_sql_run(ix, err, "DELETE FROM many WHERE ticket = ?",
		    "t", tk_ticket_id(t));
	f = tk_head_fields(&n);
	for (i = 0; st == TK_OK && i < n; i++, f++) {
		if (f->kind != TK_HEAD_LIST)
			continue;
		tk_head_list(&values, f, t);
		for (k = 0; st == TK_OK && k < values.n; k++)
			st = put_value(
			    ix, tk_ticket_id(t), f->name, values.v[k], err);
		tk_strv_clear(&values);
	}
	return st == TK_OK ? put_extra(ix, t, err) : st;
}

enum tk_status
tk_index_put_head(struct tk_index *ix, const struct tk_ticket *t,
    const char *log_sum, int64_t doc, struct tk_err *err)
{
	enum tk_status st = put_row(ix, t, log_sum, doc, err);

	return st == TK_OK ? put_lists(ix, t, err) : st;
}

enum tk_status
tk_index_remove_head(
    struct tk_index *ix, const char *ticket, struct tk_err *err)
{
	enum tk_status st = tk_sql_run(
	    ix, err, "DELETE FROM many WHERE ticket = ?", "t", ticket);

	if (st != TK_OK)
		return st;
	return tk_sql_run(
	    ix, err, "DELETE FROM ticket WHERE id = ?", "t", ticket);
}
