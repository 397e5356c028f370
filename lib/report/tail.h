/*
 * tail.h - the last things that happened, and what happens now.
 *
 * Purpose    Entries of the logs in the order in which they came to the gate,
 *            of the tickets that a query asks for and the reader may see.
 * Errors     Those of event.h and of the query.
 */
#ifndef TK_TAIL_H
#define TK_TAIL_H

#include "notice/event.h"

struct tk_tail {
	struct tk_desk *desk;
	const char *query; /* of tk-query(7); "": all */
	size_t last;       /* so many of what was before */
	/* One entry; it is lent. */
	void (*told)(const struct tk_event *e, void *arg);
	void *arg;
	char at[41];       /* up to here it was told; fill with zeros */
};

/* The first time the last ones; then what has come since. */
TK_MUST_CHECK enum tk_status tk_tail_next(
    struct tk_tail *t, struct tk_err *err);
/* Waits until the branch may have moved. */
void tk_tail_wait(const struct tk_tail *t);

#endif
