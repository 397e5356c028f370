/*
 * query.h - what a person asks the index for: "queue:support state:open".
 *
 * Purpose    Terms FIELD:VALUE joined by blanks (all must hold), a "-" in
 *            front negates, VALUE may be a,b (any of) or none; a bare word is
 *            looked for in the subject, the id and the requester. Compiled to
 *            SQL with bound values; nothing of the text gets into the SQL.
 *            "..." holds blanks, commas, "none" and a leading "-" together;
 *            \ in it keeps a " or a \.
 * Fields     id state type queue line priority category client requester
 *            assignee channel subject created updated closed, is:open (not
 *            final) is:closed is:urgent, sort:A,-B. assignee:me is the actor;
 *            category:network has all below network/; subject: and requester:
 *            find parts in any case; line:>1.
 * Times      created:2026-11, created:>2026-11-01 (from the day after),
 *            created:>=2026-11-01T09:15 in the desk's zone, created:today;
 *            updated:<3d, closed:>2w is an age. "created>..." will do.
 * Ownership  tk_query_free() takes NULL.
 * Errors     TK_EINPUT: the text names the term and its column.
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

#endif
