/*
 * upward.h - the next line: where an escalated ticket goes.
 *
 * Purpose    What queues.yaml says under "escalate"; where it says nothing,
 *            the only queue of the wanted line that there is.
 * Ownership  The queue is borrowed from the regulation.
 */
#ifndef TK_UPWARD_H
#define TK_UPWARD_H

#include "model/regulation.h"
#include "model/ticket.h"

struct tk_place_up {
	const struct tk_queue *queue; /* NULL: it stays in its own */
	int line;                     /* 0: none */
};

/*
 * One line up (line 0), or to this line. Where none is found, several is the
 * number of queues that it could be, and names gets their ids, appended.
 */
bool tk_rules_upward(struct tk_place_up *out, const struct tk_regulation *r,
    const struct tk_ticket *t, int line, size_t *several,
    struct tk_str *names);

#endif
