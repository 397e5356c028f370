/*
 * escalate.h - a ticket handed up by a person.
 *
 * Purpose    The act "escalate": to a line, a queue or a person; without any
 *            of them to where queues.yaml sends it. The note goes with it and
 *            is what the next line sees first.
 * Errors     TK_EINPUT nothing is called so; TK_EREFUSED there is nothing
 *            higher, or several queues it could go to; what the judge says.
 */
#ifndef TK_ESCALATE_H
#define TK_ESCALATE_H

#include "act/act.h"

struct tk_escalation {
	const struct tk_actor *actor;
	const char *to;   /* 1, 2, 3, a queue or a person; NULL: one line up */
	const char *note; /* or NULL */
	/* For the log, where tk itself does it; or NULL. */
	const char *rule;
	const struct tk_yaml *step;
};

TK_MUST_CHECK enum tk_status tk_escalate_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_escalation *e,
    struct tk_done *done, struct tk_err *err);

#endif
