/*
 * overview.h - short lists of tickets that stand in other answers.
 *
 * Purpose    A query of tk-query(7) with what it needs to know of this desk,
 *            and a table of some of its tickets: tk without operands, tk
 *            client show.
 * Ownership  Rows are cleared with tk_rows_clear().
 * Errors     Those of query.h and of the index.
 */
#ifndef TK_OVERVIEW_H
#define TK_OVERVIEW_H

#include <stdio.h>

#include "desk/desk.h"
#include "index/query.h"
#include "model/ticket.h"

/* What is asked for. The final states, priorities and the actor (who may be
 * nobody) are filled in, and what the reader may not see. */
struct tk_ask {
	const char *query;
	const char *fallback; /* where that says nothing of states, or NULL */
	const char *order;    /* where it has no sort:, or NULL */
	size_t limit;         /* 0: all */
	bool no_notes;        /* notes are not looked into */
};
/* Free *out with tk_query_free(). */
TK_MUST_CHECK enum tk_status tk_overview_query(struct tk_query **out,
    struct tk_desk *desk, const struct tk_ask *ask, struct tk_err *err);
/* Appends to rows. */
TK_MUST_CHECK enum tk_status tk_overview_ask(struct tk_desk *desk,
    struct tk_rows *rows, const struct tk_ask *ask, struct tk_err *err);
/* The same for a query alone. */
TK_MUST_CHECK enum tk_status tk_overview_find(struct tk_desk *desk,
    struct tk_rows *rows, const char *query, size_t limit, struct tk_err *err);

/* A title and the first limit tickets; a line that says how to see the rest.
 * Nothing where there are none. */
void tk_overview_print(FILE *to, const char *title, const struct tk_rows *rows,
    size_t limit, const char *query);

/* Below a ticket: what else of its client is open. Nothing where there is
 * nothing. */
TK_MUST_CHECK enum tk_status tk_overview_others(struct tk_desk *desk, FILE *to,
    const struct tk_ticket *t, struct tk_err *err);

/* What there is to do for whoever runs this: own tickets, urgent ones and
 * nobody's, letters that are stuck. */
TK_MUST_CHECK enum tk_status tk_overview_home(
    struct tk_desk *desk, FILE *to, struct tk_err *err);

#endif
