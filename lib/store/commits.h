/*
 * commits.h - which commits speak of a ticket.
 *
 * Purpose    Evidence: the acts of tickets as git has them, without reading
 *            any tree. A commit names its tickets in the trailer "Ticket:".
 * Ownership  The commit is lent for the call.
 * Errors     TK_ESYS a missing or damaged object.
 */
#ifndef TK_COMMITS_H
#define TK_COMMITS_H

#include <stdint.h>

#include "store/store.h"

struct tk_act_commit {
	const char *id;      /* 40 hex digits */
	const char *ticket;
	const char *act;     /* "" where it says none */
	int64_t at;          /* the author's time: when it was done */
};
typedef void (*tk_act_commit_fn)(const struct tk_act_commit *c, void *arg);

/* From the snapshot back to the first that was committed before since, the
 * newest first. */
TK_MUST_CHECK enum tk_status tk_store_acts(struct tk_store *s, int64_t since,
    tk_act_commit_fn fn, void *arg, struct tk_err *err);

#endif
