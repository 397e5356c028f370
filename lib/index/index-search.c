/* index-search - tickets and pages by the words in them. */
#include "index/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/sql.h"
#include "index/term.h"

/* Of the columns of table words: a subject says most. */
#define RANK "bm25(words, 8.0, 1.0, 1.0, 3.0, 4.0, 1.0, 1.0)"

void
tk_hits_clear(struct tk_hits *h)
{
	size_t i;

	for (i = 0; i < h->n; i++) {
		free(h->v[i].ticket);
		free(h->v[i].message);
	}
	free(h->v);
	memset(h, 0, sizeof(*h));
}

bool
tk_query_has_words(const struct tk_query *q)
{
	return q->words.n > 0;
}

static void
add_hit(struct tk_hits *h, const char *ticket, const char *message)
{
	struct tk_hit *hit;
	size_t i;

	for (i = 0; i < h->n; i++)
		if (ticket[0] != '\0' && strcmp(h->v[i].ticket, ticket) == 0)
			return;
	TK_GROW(h->v, h->n, h->cap);
	hit = &h->v[h->n++];
	hit->ticket = tk_strdup(ticket);
	hit->message = tk_strdup(message);
}

/* All of the expressions in one document. */
static char *
all_of(const struct tk_query *q)
{
	struct tk_str s = TK_STR_INIT;
	size_t i;

	for (i = 0; i < q->words.n; i++)
		tk_str_addf(&s, "%s(%s)", i > 0 ? " AND " : "", q->words.v[i]);
	return tk_str_detach(&s);
}

static enum tk_status
bind(struct tk_index *ix, sqlite3_stmt *stmt, int at, const char *text,
    struct tk_err *err)
{
	if (sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC) != SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return TK_OK;
}

static enum tk_status
bind_all(struct tk_index *ix, sqlite3_stmt *stmt, int at,
    const struct tk_strv *v, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < v->n; i++)
		st = bind(ix, stmt, at + (int)i, v->v[i], err);
	return st;
}

/* Steps until there are enough; the first two columns are a hit. */
static enum tk_status
collect(struct tk_index *ix, sqlite3_stmt *stmt, struct tk_hits *hits,
    size_t limit, struct tk_err *err)
{
	enum tk_status st;
	bool row;

	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		add_hit(hits, tk_sql_text(stmt, 0), tk_sql_text(stmt, 1));
		if (limit > 0 && hits->n >= limit)
			break;
	}
	return st;
}

/* Are there more places than can be ranked with sense and in time? */
static enum tk_status
is_common(
    struct tk_index *ix, bool *is, const char *expression, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT rowid FROM words WHERE words MATCH ?"
		 " ORDER BY rowid DESC LIMIT 1 OFFSET ?",
		 "ti", expression, (int64_t)TK_SEARCH_RANKED)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, is, err)) != TK_OK)
		return st;
	tk_sql_stop(stmt);
	return TK_OK;
}

static enum tk_status
in_one_message(struct tk_index *ix, struct tk_hits *hits,
    const struct tk_query *q, size_t limit, struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	char *expression = all_of(q);
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;
	bool common;

	if ((st = is_common(ix, &common, expression, err)) != TK_OK)
		goto out;
	tk_str_addf(&sql,
	    "SELECT doc.ticket, doc.message FROM words CROSS JOIN doc"
	    " ON doc.id = words.rowid WHERE words MATCH ? AND EXISTS"
	    " (SELECT 1 FROM ticket WHERE ticket.id = doc.ticket AND (%s))"
	    " ORDER BY %s",
	    q->rest.data, common ? "words.rowid DESC" : RANK);
	if ((st = tk_sql_prepare(ix, &stmt, sql.data, 0, err)) == TK_OK &&
	    (st = bind(ix, stmt, 1, expression, err)) == TK_OK &&
	    (st = bind_all(ix, stmt, 2, &q->rest_values, err)) == TK_OK)
		st = collect(ix, stmt, hits, limit, err);
out:
	sqlite3_finalize(stmt);
	free(expression);
	tk_str_clear(&sql);
	return st;
}

static enum tk_status
in_several(struct tk_index *ix, struct tk_hits *hits, const struct tk_query *q,
    size_t limit, struct tk_err *err)
{
	struct tk_str sql = TK_STR_INIT;
	sqlite3_stmt *stmt = NULL;
	enum tk_status st;

	tk_str_addf(&sql,
	    "SELECT id, '' FROM ticket WHERE %s"
	    " ORDER BY updated DESC, number DESC",
	    q->where.data);
	if ((st = tk_sql_prepare(ix, &stmt, sql.data, 0, err)) == TK_OK &&
	    (st = bind_all(ix, stmt, 1, &q->values, err)) == TK_OK)
		st = collect(ix, stmt, hits, limit, err);
	sqlite3_finalize(stmt);
	tk_str_clear(&sql);
	return st;
}

enum tk_status
tk_index_search(struct tk_index *ix, struct tk_hits *hits,
    const struct tk_query *q, size_t limit, struct tk_err *err)
{
	enum tk_status st = in_one_message(ix, hits, q, limit, err);

	if (st == TK_OK && q->words.n > 1 && (limit == 0 || hits->n < limit))
		st = in_several(ix, hits, q, limit, err);
	return st;
}

enum tk_status
tk_index_search_pages(struct tk_index *ix, struct tk_hits *hits,
    const struct tk_query *q, size_t limit, struct tk_err *err)
{
	char *expression = all_of(q);
	sqlite3_stmt *stmt;
	enum tk_status st;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT '', page.path FROM page CROSS JOIN words"
		 " ON words.rowid = page.doc WHERE words MATCH ?"
		 " ORDER BY " RANK,
		 "t", expression)) == TK_OK) {
		st = collect(ix, stmt, hits, limit, err);
		tk_sql_stop(stmt);
	}
	free(expression);
	return st;
}
