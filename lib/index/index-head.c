/* index-head - the head of a ticket as a row, and rows of its lists. */
#include <stdlib.h>
#include <string.h>

#include "index/head-row.h"
#include "index/head.h"
#include "index/index-put.h"
#include "index/sql.h"

/* Field and value, one pair after the other. */
static void
list_extra(struct tk_strv *out, const struct tk_ticket *t)
{
	const struct tk_yaml *extra = tk_ticket_node(t, "extra");
	struct tk_strv values = TK_STRV_INIT;
	char *name;
	size_t i, k;

	if (extra == NULL || extra->kind != TK_YAML_MAP)
		return;
	for (i = 0; i < extra->n; i++) {
		tk_yaml_strv(extra, extra->key[i], &values);
		name = tk_strf(TK_HEAD_EXTRA "%s", extra->key[i]);
		for (k = 0; k < values.n; k++) {
			tk_strv_add(out, name);
			tk_strv_add(out, values.v[k]);
		}
		free(name);
		tk_strv_clear(&values);
	}
}

static void
list_pairs(struct tk_strv *out, const struct tk_ticket *t)
{
	struct tk_strv values = TK_STRV_INIT;
	const struct tk_head_field *f;
	size_t n, i, k;

	f = tk_head_fields(&n);
	for (i = 0; i < n; i++, f++) {
		if (f->kind != TK_HEAD_LIST)
			continue;
		tk_head_list(&values, f, t);
		for (k = 0; k < values.n; k++) {
			tk_strv_add(out, f->name);
			tk_strv_add(out, values.v[k]);
		}
		tk_strv_clear(&values);
	}
	list_extra(out, t);
}

static enum tk_status
put_lists(struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	struct tk_strv pair = TK_STRV_INIT;
	const char *id = tk_ticket_id(t);
	enum tk_status st;
	bool same;
	size_t i;

	list_pairs(&pair, t);
	st = tk_sql_same(ix, &same, &pair, 2, err,
	    "SELECT field, value FROM many WHERE ticket = ?", id);
	if (st == TK_OK && !same)
		st = tk_sql_run(
		    ix, err, "DELETE FROM many WHERE ticket = ?", "t", id);
	for (i = 0; st == TK_OK && !same && i < pair.n; i += 2)
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO many VALUES(?, ?, ?)", "ttt", id,
		    pair.v[i], pair.v[i + 1]);
	tk_strv_clear(&pair);
	return st;
}

enum tk_status
tk_index_put_head(struct tk_index *ix, const struct tk_ticket *t,
    const struct tk_head_row *had, const char *log_sum, int64_t doc,
    struct tk_err *err)
{
	struct tk_head_row want;
	enum tk_status st;

	tk_head_row_make(&want, t, log_sum, doc);
	st = tk_head_row_put(ix, tk_ticket_id(t), had, &want, err);
	tk_head_row_clear(&want);
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
