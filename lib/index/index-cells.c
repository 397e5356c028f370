/* index-cells - columns of one's choice, and counts by a field. */
#include "index/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/head.h"
#include "index/sql.h"
#include "index/term.h"

void
tk_cells_clear(struct tk_cells *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->v[i].text);
	free(c->v);
	free(c->kind);
	tk_strv_clear(&c->name);
	memset(c, 0, sizeof(*c));
}

size_t
tk_cells_rows(const struct tk_cells *c)
{
	return c->name.n > 0 ? c->n / c->name.n : 0;
}

static const struct tk_head_field *
find_head(const char *name)
{
	const struct tk_head_field *f;
	size_t n, i;

	f = tk_head_fields(&n);
	for (i = 0; i < n; i++)
		if (tk_strcaseeq(f[i].ask != NULL ? f[i].ask : f[i].name, name))
			return &f[i];
	return NULL;
}

static enum tk_cell_kind
kind_of(const struct tk_head_field *f)
{
	switch (f->kind) {
	case TK_HEAD_NUMBER:
		return TK_CELL_NUMBER;
	case TK_HEAD_SPAN:
		return TK_CELL_SPAN;
	case TK_HEAD_PAST:
	case TK_HEAD_AHEAD:
		return TK_CELL_TIME;
	default:
		return TK_CELL_TEXT;
	}
}

/* The SQL of a column; values for its ? go to values. */
static bool
add_column(struct tk_str *sql, struct tk_strv *values, enum tk_cell_kind *kind,
    const char *name, const struct tk_strv *finals)
{
	const struct tk_head_field *f = find_head(name);

	*kind = f != NULL ? kind_of(f) : TK_CELL_TEXT;
	if (tk_strcaseeq(name, "id")) {
		tk_str_add(sql, "id");
	} else if (tk_strcaseeq(name, "closed")) {
		*kind = TK_CELL_TIME;
		tk_str_add(sql, "CASE WHEN state IN ");
		tk_term_add_list(sql, values, finals);
		tk_str_add(sql, " THEN since ELSE 0 END");
	} else if (tk_strcaseeq(name, "messages")) {
		*kind = TK_CELL_NUMBER;
		tk_str_add(sql,
		    "(SELECT count(*) FROM message"
		    " WHERE message.ticket = ticket.id)");
	} else if (f != NULL && f->kind == TK_HEAD_LIST) {
		tk_str_addf(sql,
		    "(SELECT group_concat(value, ', ') FROM many WHERE"
		    " many.ticket = ticket.id AND many.field = '%s')",
		    f->name);
	} else if (f != NULL) {
		tk_str_add(sql, f->name);
	} else {
		return false;
	}
	return true;
}

bool
tk_cells_has(const char *name)
{
	struct tk_str sql = TK_STR_INIT;
	struct tk_strv values = TK_STRV_INIT;
	enum tk_cell_kind kind;
	bool has = add_column(&sql, &values, &kind, name, NULL);

	tk_str_clear(&sql);
	tk_strv_clear(&values);
	return has;
}

static enum tk_status
bind(struct tk_index *ix, sqlite3_stmt *stmt, int *at, const struct tk_strv *v,
    struct tk_err *err)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		if (sqlite3_bind_text(
			stmt, ++*at, v->v[i], -1, SQLITE_STATIC) != SQLITE_OK)
			return tk_fail_sqlite(err, ix);
	return TK_OK;
}

static void
add_cell(struct tk_cells *out, sqlite3_stmt *stmt, int i)
{
	struct tk_cell *c;

	TK_GROW(out->v, out->n, out->cap);
	c = &out->v[out->n++];
	memset(c, 0, sizeof(*c));
	if (out->kind[i] == TK_CELL_TEXT)
		c->text = tk_strdup(tk_sql_text(stmt, i));
	else
		c->number = sqlite3_column_int64(stmt, i);
}

/* Values are those of the columns, then the query's (where, then order). */
static enum tk_status
run(struct tk_cells *out, struct tk_index *ix, const char *sql,
    const struct tk_strv *first, const struct tk_strv *then, struct tk_err *err)
{
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;
	int at = 0, i;
	bool row;

	if ((st = tk_sql_prepare(ix, &stmt, sql, 0, err)) == TK_OK &&
	    (st = bind(ix, stmt, &at, first, err)) == TK_OK)
		st = bind(ix, stmt, &at, then, err);
	while (st == TK_OK &&
	    (st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		for (i = 0; i < (int)out->name.n; i++)
			add_cell(out, stmt, i);
	sqlite3_finalize(stmt);
	return st;
}

static enum tk_status
bad_column(const char *name, struct tk_err *err)
{
	return tk_fail(err, TK_EUSAGE,
	    _("\"%s\" is no column; see tk-query(7) for the fields"), name);
}

enum tk_status
tk_index_cells(struct tk_cells *out, struct tk_index *ix,
    const struct tk_query *q, const struct tk_strv *names, size_t limit,
    struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	struct tk_strv values = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->kind = tk_calloc(names->n + 1, sizeof(*out->kind));
	tk_str_add(&sql, "SELECT ");
	for (i = 0; st == TK_OK && i < names->n; i++) {
		tk_str_add(&sql, i > 0 ? ", " : "");
		if (!add_column(
			&sql, &values, &out->kind[i], names->v[i], &q->finals))
			st = bad_column(names->v[i], err);
		tk_strv_add(&out->name, names->v[i]);
	}
	tk_str_addf(&sql, " FROM ticket WHERE %s ORDER BY %s", q->where.data,
	    q->order.data);
	if (limit > 0)
		tk_str_addf(&sql, " LIMIT %zu", limit);
	if (st == TK_OK)
		st = run(out, ix, sql.data, &values, &q->values, err);
	tk_strv_clear(&values);
	tk_str_clear(&sql);
	return st;
}

enum tk_status
tk_index_groups(struct tk_cells *out, struct tk_index *ix,
    const struct tk_query *q, const char *name, struct tk_err *err)
{
	const struct tk_head_field *f = find_head(name);
	struct tk_str sql = TK_STR_INIT, column = TK_STR_INIT;
	struct tk_strv values = TK_STRV_INIT, where = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->kind = tk_calloc(2, sizeof(*out->kind));
	if (!add_column(&column, &values, &out->kind[0], name, &q->finals)) {
		st = bad_column(name, err);
		goto out;
	}
	/* The order's values come last and are not wanted here. */
	for (i = 0; i < q->values.n && i < q->where_values; i++)
		tk_strv_add(&where, q->values.v[i]);
	if (f != NULL && f->kind == TK_HEAD_LIST) {
		tk_str_addf(&sql,
		    "SELECT many.value AS g, count(*) FROM ticket LEFT JOIN"
		    " many ON many.ticket = ticket.id AND many.field = '%s'",
		    f->name);
	} else if (out->kind[0] == TK_CELL_TIME) {
		out->kind[0] = TK_CELL_TEXT;
		tk_str_addf(&sql,
		    "SELECT CASE WHEN (%s) > 0 THEN"
		    " date((%s), 'unixepoch', 'localtime') ELSE '' END AS g,"
		    " count(*) FROM ticket",
		    column.data, column.data);
		for (i = 0; values.n > 0 && i < q->finals.n; i++)
			tk_strv_add(&values, q->finals.v[i]);
	} else {
		tk_str_addf(
		    &sql, "SELECT %s AS g, count(*) FROM ticket", column.data);
	}
	tk_str_addf(&sql, " WHERE %s GROUP BY g ORDER BY count(*) DESC, g",
	    q->where.data);
	tk_strv_add(&out->name, name);
	tk_strv_add(&out->name, "tickets");
	out->kind[1] = TK_CELL_NUMBER;
	st = run(out, ix, sql.data, &values, &where, err);
out:
	tk_strv_clear(&where);
	tk_strv_clear(&values);
	tk_str_clear(&column);
	tk_str_clear(&sql);
	return st;
}
