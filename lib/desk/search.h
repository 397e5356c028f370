/*
 * search.h - what tk search shows: tickets and pages with the place found.
 *
 * Ownership  tk_finds_clear().
 * Errors     TK_EUSAGE where the query has no words; those of query.h.
 */
#ifndef TK_DESK_SEARCH_H
#define TK_DESK_SEARCH_H

#include "desk/overview.h"

struct tk_find {
	char *id;       /* of a ticket; the path of a page */
	char *subject;  /* or the page's title */
	char *state, *queue, *client;
	int64_t updated; /* 0: a page */
	size_t number;  /* of the message, from 1; 0: no one message */
	char *snippet;  /* a line, painted where that is asked for */
};
struct tk_finds {
	struct tk_find *v;
	size_t n, cap;
};
void tk_finds_clear(struct tk_finds *f);

/* The best first. colour: snippets have escape sequences. */
TK_MUST_CHECK enum tk_status tk_search(struct tk_finds *out,
    struct tk_desk *desk, const struct tk_ask *ask, bool colour,
    struct tk_err *err);
/* The same in the knowledge base. */
TK_MUST_CHECK enum tk_status tk_search_pages(struct tk_finds *out,
    struct tk_desk *desk, const struct tk_ask *ask, bool colour,
    struct tk_err *err);

#endif
