/*
 * event.h - what happened to tickets, in the order it came to the gate.
 *
 * Purpose    The entries that commits have added to logs, one by one, read
 *            from the history and from nothing else; and which of them are
 *            events that people may be told of.
 * Ownership  An event and all in it is lent until the listener returns.
 * Errors     TK_EREFUSED from is not behind to; what the listener returns.
 */
#ifndef TK_EVENT_H
#define TK_EVENT_H

#include "desk/desk.h"

struct tk_event {
	const char *commit;          /* 40 hex digits */
	int64_t received;            /* when the gate had it */
	const struct tk_ticket *was; /* NULL: it is new */
	const struct tk_ticket *now;
	const struct tk_yaml *entry;
	size_t n;                    /* the entry's number in the log, from 1 */
};

typedef enum tk_status (*tk_event_fn)(
    const struct tk_event *e, void *arg, struct tk_err *err);

/* All entries of the commits after from up to to (40 hex digits), oldest
 * first; from "" is the very beginning. The store's snapshot is the newest
 * commit afterwards. A ticket nobody can read is passed over. */
TK_MUST_CHECK enum tk_status tk_events_walk(struct tk_desk *desk,
    const char *from, const char *to, tk_event_fn fn, void *arg,
    struct tk_err *err);

/* The commit so many commits before HEAD, or "" where there are not so
 * many. */
void tk_events_back(char out[41], struct tk_desk *desk, size_t n);

/* new assigned reply warn breach escalate rating: what it is to people, 0 to
 * 2 of them. */
size_t tk_event_kinds(const char *out[2], const struct tk_event *e);

#endif
