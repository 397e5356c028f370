/*
 * query.h - what a person asks the index for: "queue:support state:open".
 *
 * Purpose    tk-query(7): terms FIELD:VALUE and words, joined by blanks (and),
 *            "or", "not" or "-", brackets. Compiled to one SQL condition with
 *            bound values; nothing of the text gets into the SQL.
 * Fields     Those of head.h, those of query-field.c, and sort:A,-B.
 * Times      created:2026-11, created:2026-10.., created:>=2026-11-01T09:15
 *            in the desk's zone, created:today; updated:<3d is an age, due<4h
 *            is so far ahead.
 * Ownership  tk_query_free() takes NULL.
 * Errors     TK_EINPUT: the text names the term and its column; two lines
 *            more are the query and a caret.
 */
#ifndef TK_QUERY_H
#define TK_QUERY_H

#include "base/str.h"

struct tk_query;

struct tk_query_context {
	const char *me;                 /* staff id or NULL */
	const struct tk_strv *finals;   /* states that are final */
	const struct tk_strv *priorities; /* ids, most urgent first */
	const struct tk_strv *urgent;   /* priorities that are urgent */
	/* Queries of the program's own beside that of a person; NULL: none.
	 * limit always holds too, whatever the person's says; fallback where
	 * it says nothing about states; order where it has none. */
	const char *limit, *fallback, *order;
	bool no_notes; /* notes are not looked into */
};

TK_MUST_CHECK enum tk_status tk_query_parse(struct tk_query **out,
    const char *text, const struct tk_query_context *ctx, struct tk_err *err);
void tk_query_free(struct tk_query *q);

/* For index.c: the WHERE and ORDER BY text, and the values to bind. */
const char *tk_query_where(const struct tk_query *q);
const char *tk_query_order(const struct tk_query *q);
const struct tk_strv *tk_query_values(const struct tk_query *q);
/* The final states it was made with: only these have a time of closing. */
const struct tk_strv *tk_query_finals(const struct tk_query *q);

/* The stems (stem.h) that are looked for in texts, and beginnings of words. */
const struct tk_strv *tk_query_stems(const struct tk_query *q);
const struct tk_strv *tk_query_prefixes(const struct tk_query *q);

#endif
