/*
 * watch.h - which tickets have to be looked at, and when.
 *
 * Purpose    A row of the index for each ticket that time may do something
 *            to. Whenever a ticket is put into the index its row says "now";
 *            who looks at it says when to look again. So a run that finds
 *            nothing to do reads nothing, however many tickets there are.
 * Units      Seconds since the epoch; 0 is now.
 * Errors     Those of index.h.
 */
#ifndef TK_WATCH_H
#define TK_WATCH_H

#include "index/index.h"

struct tk_watch {
	char ticket[64];
	int64_t log_n; /* entries it had when it was looked at */
	int64_t next;  /* 0: not before it changes */
};

/* Once a run. key is what the rules are (the regulation's object id): where
 * it is another one than last time, all are looked at again. finals are
 * states in which no ticket is ever looked at. */
TK_MUST_CHECK enum tk_status tk_watch_begin(struct tk_index *ix,
    const char *key, const struct tk_strv *finals, struct tk_err *err);
/* Ids to look at now, at most limit, the longest overdue first. */
TK_MUST_CHECK enum tk_status tk_watch_due(struct tk_index *ix,
    struct tk_strv *ids, int64_t now, size_t limit, struct tk_err *err);
/* When to look again. A ticket that has changed since stays as it is. */
TK_MUST_CHECK enum tk_status tk_watch_set(struct tk_index *ix,
    const struct tk_watch *v, size_t n, struct tk_err *err);

#endif
