/* report-rows - facts that several tables of a report are about, fetched once. */
#include "index/report-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/head.h"

#define LONGEST (100 * 86400) /* seconds; the rows are in memory */

void
tk_report_rows_clear(struct tk_report_rows *rows)
{
	free(rows->key);
	free(rows->measured);
	tk_strv_clear(&rows->columns);
	memset(rows, 0, sizeof(*rows));
}

static bool
is_same(const struct tk_report_part *a, const struct tk_report_part *b)
{
	return tk_streq(a->of, b->of) && tk_streq(a->at, b->at) &&
	    tk_streq(a->query, b->query);
}

/* How many statements are about them? A total is one more. */
static bool
pays(const struct tk_report_part *p, const struct tk_report_ask *ask)
{
	size_t i, n = 0;

	if (ask->parts == NULL || ask->to - ask->from > LONGEST)
		return false;
	for (i = 0; i < ask->n_parts; i++)
		if (is_same(&ask->parts[i], p))
			n += 1U + (ask->parts[i].total &&
				      ask->parts[i].by.n > 0);
	return n > 1;
}

void
tk_report_add_query(struct tk_str *out, const struct tk_report_ask *ask)
{
	const struct tk_strv *v = tk_query_values(ask->query);
	size_t i;

	tk_str_add(out, tk_query_where(ask->query));
	for (i = 0; i < v->n; i++)
		tk_str_addf(out, " %zu:%s", strlen(v->v[i]), v->v[i]);
}

/* What is in the rows; by words that cannot be in one another. */
static char *
key_of(const struct tk_report_part *p, const struct tk_report_ask *ask)
{
	struct tk_str key = TK_STR_INIT;

	tk_str_addf(&key, "%s %s %lld %lld ", p->of,
	    p->at != NULL ? p->at : "", (long long)ask->from,
	    (long long)ask->to);
	tk_report_add_query(&key, ask);
	return tk_str_detach(&key);
}

/* Names are the same in capital letters and in small ones, as in the table
 * that they come from. */
static bool
is_name(const char *sql)
{
	const struct tk_head_field *f;
	size_t n, i;

	if (strcmp(sql, "s.value") == 0)
		return true;
	f = tk_head_fields(&n);
	for (i = 0; i < n && tk_starts(sql, "t."); i++)
		if (strcmp(f[i].name, sql + 2) == 0)
			return f[i].kind == TK_HEAD_NAME ||
			    f[i].kind == TK_HEAD_PATH;
	return false;
}

static enum tk_status
fill(struct tk_index *ix, const struct tk_strv *columns,
    const struct tk_facts *f, const struct tk_report_ask *ask,
    struct tk_err *err)
{
	struct tk_str make = TK_STR_INIT, list = TK_STR_INIT;
	struct tk_str sql = TK_STR_INIT;
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;
	bool row;
	size_t i;

	tk_str_add(&make,
	    "DROP TABLE IF EXISTS " TK_REPORT_ROWS
	    "; CREATE TABLE " TK_REPORT_ROWS "(");
	for (i = 0; i < columns->n; i++) {
		tk_str_addf(&make, "%sc%zu%s", i > 0 ? ", " : "", i,
		    is_name(columns->v[i]) ? " COLLATE NOCASE" : "");
		tk_str_addf(&list, "%s%s", i > 0 ? ", " : "", columns->v[i]);
	}
	tk_str_add(&make, ")");
	tk_str_add(&sql, "INSERT INTO " TK_REPORT_ROWS " ");
	tk_report_source(&sql, f, list.data, ask);
	if ((st = tk_index_exec(ix, make.data, err)) == TK_OK &&
	    (st = tk_report_prepare(ix, &stmt, sql.data, ask, err)) == TK_OK)
		st = tk_sql_step(ix, stmt, &row, err);
	sqlite3_finalize(stmt);
	tk_str_clear(&make);
	tk_str_clear(&list);
	tk_str_clear(&sql);
	return st;
}

/* What all parts that are about them need, this one too. */
static enum tk_status
wanted(struct tk_strv *columns, const struct tk_report_part *p,
    const struct tk_facts *f, const char *path,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	struct tk_str ignored = TK_STR_INIT;
	enum tk_status st =
	    tk_report_columns(&ignored, columns, p, f, path, false, err);
	size_t i;

	for (i = 0; i < ask->n_parts && st == TK_OK; i++)
		if (is_same(&ask->parts[i], p))
			st = tk_report_columns(&ignored, columns,
			    &ask->parts[i], f, path, false, err);
	tk_str_clear(&ignored);
	return st;
}

enum tk_status
tk_report_fetch(struct tk_index *ix, struct tk_strv **out,
    const struct tk_report_part *p, const char *path,
    const struct tk_report_ask *ask, struct tk_err *err)
{
	struct tk_report_rows *rows = ask->rows;
	struct tk_strv columns = TK_STRV_INIT;
	const struct tk_facts *f;
	enum tk_status st;
	size_t i;
	char *key;

	*out = NULL;
	if ((st = tk_report_facts(&f, p, path, err)) != TK_OK ||
	    f->at == NULL || !pays(p, ask) ||
	    (st = wanted(&columns, p, f, path, ask, err)) != TK_OK)
		goto out;
	key = key_of(p, ask);
	for (i = 0; i < columns.n; i++)
		if (!tk_strv_has(&rows->columns, columns.v[i]))
			break;
	if (i == columns.n && tk_streq(rows->key, key)) {
		free(key);
	} else {
		free(rows->key);
		rows->key = NULL;
		tk_strv_clear(&rows->columns);
		if ((st = fill(ix, &columns, f, ask, err)) != TK_OK) {
			free(key);
			goto out;
		}
		rows->key = key;
		tk_strv_copy(&rows->columns, &columns);
	}
	*out = &rows->columns;
out:
	tk_strv_clear(&columns);
	return st;
}
