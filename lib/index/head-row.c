/* head-row - a row of table ticket, and what of it is to be written. */
#include "index/head-row.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "index/head.h"
#include "index/sql.h"
#include "model/id.h"

/* Statements that set some of the columns: acts set a few kinds of them.
 * After so many, all are set. */
#define UPDATES 32
#define ALL UINT64_MAX

struct tk_head_sql {
	char *insert, *select;
	struct {
		uint64_t set; /* a bit a column */
		char *sql;
	} update[UPDATES];
	size_t n;
};

void
tk_head_row_columns(struct tk_str *sql)
{
	const struct tk_head_field *f;
	size_t n, i;

	f = tk_head_fields(&n);
	for (i = 0; i < n; i++, f++) {
		if (f->kind == TK_HEAD_LIST)
			continue;
		tk_str_addf(sql, "%s %s NOT NULL%s, ", f->name,
		    tk_head_is_text(f) ? "TEXT" : "INTEGER",
		    f->kind == TK_HEAD_NAME || f->kind == TK_HEAD_PATH
			? " COLLATE NOCASE"
			: "");
		if (f->kind == TK_HEAD_TEXT)
			tk_str_addf(sql, "%s_low TEXT NOT NULL, ", f->name);
	}
}

static struct tk_head_cell *
add_cell(struct tk_head_row *row)
{
	TK_GROW(row->v, row->n, row->cap);
	memset(&row->v[row->n], 0, sizeof(*row->v));
	return &row->v[row->n++];
}

static void
add_text(struct tk_head_row *row, const char *text)
{
	add_cell(row)->text = tk_strdup(text);
}

static void
add_number(struct tk_head_row *row, int64_t n)
{
	add_cell(row)->number = n;
}

void
tk_head_row_make(struct tk_head_row *row, const struct tk_ticket *t,
    const char *log_sum, int64_t doc)
{
	struct tk_str low = TK_STR_INIT;
	const struct tk_head_field *f;
	size_t n, i;

	memset(row, 0, sizeof(*row));
	add_number(row, (int64_t)tk_ticket_log_n(t));
	add_text(row, log_sum);
	add_number(row, doc);
	f = tk_head_fields(&n);
	for (i = 0; i < n; i++, f++) {
		if (f->kind == TK_HEAD_LIST)
			continue;
		if (!tk_head_is_text(f)) {
			add_number(row, tk_head_number(f, t));
			continue;
		}
		add_text(row, tk_head_text(f, t));
		if (f->kind != TK_HEAD_TEXT)
			continue;
		tk_str_reset(&low);
		tk_utf8_lower(&low, tk_head_text(f, t));
		add_text(row, low.data != NULL ? low.data : "");
	}
	tk_str_clear(&low);
}

static struct tk_head_sql *
sql_of(struct tk_index *ix)
{
	struct tk_str list = TK_STR_INIT, marks = TK_STR_INIT;
	struct tk_head_walk w = { 0 };

	if (ix->head != NULL)
		return ix->head;
	while (tk_head_next(&w)) {
		tk_str_addf(&list, ", %s%s", w.name, w.end);
		tk_str_add(&marks, ", ?");
	}
	ix->head = tk_calloc(1, sizeof(*ix->head));
	ix->head->insert = tk_strf("INSERT INTO ticket(id, prefix, number,"
				   " site%s) VALUES(?, ?, ?, ?%s)",
	    list.data, marks.data);
	ix->head->select =
	    tk_strf("SELECT %s FROM ticket WHERE id = ?", list.data + 2);
	tk_str_clear(&list);
	tk_str_clear(&marks);
	return ix->head;
}

void
tk_head_sql_free(struct tk_head_sql *s)
{
	if (s == NULL)
		return;
	while (s->n > 0)
		free(s->update[--s->n].sql);
	free(s->insert);
	free(s->select);
	free(s);
}

/* The SQL that sets these columns, or more of them: *set says which. */
static const char *
update_sql(struct tk_head_sql *s, uint64_t *set)
{
	struct tk_str sql = TK_STR_INIT;
	struct tk_head_walk w = { 0 };
	size_t i;

	if (s->n + 1 >= UPDATES)
		*set = ALL;
	for (i = 0; i < s->n; i++)
		if (s->update[i].set == *set)
			return s->update[i].sql;
	for (i = 0; tk_head_next(&w); i++)
		if (*set >> i & 1)
			tk_str_addf(&sql, "%s%s%s = ?",
			    sql.len > 0 ? ", " : "UPDATE ticket SET ", w.name,
			    w.end);
	tk_str_add(&sql, " WHERE id = ?");
	s->update[s->n].set = *set;
	s->update[s->n].sql = tk_str_detach(&sql);
	return s->update[s->n++].sql;
}

enum tk_status
tk_head_row_read(struct tk_head_row *row, struct tk_index *ix,
    const char *ticket, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool found;
	int i;

	memset(row, 0, sizeof(*row));
	if (ix->fresh)
		return TK_OK;
	if ((st = tk_sql(ix, &stmt, err, sql_of(ix)->select, "t", ticket)) !=
		TK_OK ||
	    (st = tk_sql_step(ix, stmt, &found, err)) != TK_OK || !found)
		return st;
	for (i = 0; i < sqlite3_column_count(stmt); i++)
		if (sqlite3_column_type(stmt, i) == SQLITE_TEXT)
			add_text(row, tk_sql_text(stmt, i));
		else
			add_number(row, sqlite3_column_int64(stmt, i));
	tk_sql_stop(stmt);
	return TK_OK;
}

static bool
is_same(const struct tk_head_cell *a, const struct tk_head_cell *b)
{
	if (a->text == NULL || b->text == NULL)
		return a->text == b->text && a->number == b->number;
	return strcmp(a->text, b->text) == 0;
}

static int
bind_cell(sqlite3_stmt *stmt, int at, const struct tk_head_cell *c)
{
	return c->text != NULL
	    ? sqlite3_bind_text(stmt, at, c->text, -1, SQLITE_STATIC)
	    : sqlite3_bind_int64(stmt, at, c->number);
}

static enum tk_status
insert(struct tk_index *ix, const char *ticket, const struct tk_head_row *want,
    struct tk_err *err)
{
	struct tk_id id = { "", 0, "" };
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool found;
	size_t i;
	int rc;

	if ((st = tk_sql_find(ix, &stmt, sql_of(ix)->insert, err)) != TK_OK)
		return st;
	tk_id_parse(&id, ticket);
	if ((rc = sqlite3_bind_text(stmt, 1, ticket, -1, SQLITE_STATIC)) ==
		SQLITE_OK &&
	    (rc = sqlite3_bind_text(
		 stmt, 2, id.prefix, -1, SQLITE_TRANSIENT)) == SQLITE_OK &&
	    (rc = sqlite3_bind_int64(stmt, 3, (int64_t)id.number)) ==
		SQLITE_OK)
		rc = sqlite3_bind_text(
		    stmt, 4, id.site, -1, SQLITE_TRANSIENT);
	for (i = 0; i < want->n && rc == SQLITE_OK; i++)
		rc = bind_cell(stmt, (int)i + 5, &want->v[i]);
	if (rc != SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return tk_sql_step(ix, stmt, &found, err);
}

enum tk_status
tk_head_row_put(struct tk_index *ix, const char *ticket,
    const struct tk_head_row *had, const struct tk_head_row *want,
    struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	uint64_t set = 0;
	int at = 0, rc = SQLITE_OK;
	bool found;
	size_t i;

	if (had->n == 0)
		return insert(ix, ticket, want, err);
	for (i = 0; i < want->n; i++)
		if (!is_same(&had->v[i], &want->v[i]))
			set |= (uint64_t)1 << i;
	if (set == 0)
		return TK_OK;
	if ((st = tk_sql_find(
		 ix, &stmt, update_sql(sql_of(ix), &set), err)) != TK_OK)
		return st;
	for (i = 0; i < want->n && rc == SQLITE_OK; i++)
		if (set >> i & 1)
			rc = bind_cell(stmt, ++at, &want->v[i]);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(stmt, ++at, ticket, -1, SQLITE_STATIC);
	if (rc != SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return tk_sql_step(ix, stmt, &found, err);
}

void
tk_head_row_clear(struct tk_head_row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		free(row->v[i].text);
	free(row->v);
	memset(row, 0, sizeof(*row));
}

static const struct tk_head_cell *
cell_of(const struct tk_head_row *row, const char *column)
{
	static const struct tk_head_cell none;
	struct tk_head_walk w = { 0 };
	size_t i;

	for (i = 0; tk_head_next(&w) && i < row->n; i++)
		if (w.end[0] == '\0' && strcmp(w.name, column) == 0)
			return &row->v[i];
	return &none;
}

const char *
tk_head_row_text(const struct tk_head_row *row, const char *column)
{
	const char *text = cell_of(row, column)->text;

	return text != NULL ? text : "";
}

int64_t
tk_head_row_number(const struct tk_head_row *row, const char *column)
{
	return cell_of(row, column)->number;
}
