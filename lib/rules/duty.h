/*
 * duty.h - what the regulation does by itself to one ticket, now.
 *
 * Purpose    A pure function of the ticket, the regulation and now: the steps
 *            of the ladder that are due, a silent client, a promise that was
 *            forgotten, news that the client waits for; and when to look
 *            again. What was done stands in the log ("step"), so each is done
 *            once; tk-escalate --due does them.
 * Late       Of the steps of one clock that are due together the last one
 *            that tells and the last one that changes something are done; the
 *            others are recorded with it as passed.
 * Hours      Nothing is due while the calendar of the ticket's class is
 *            closed.
 * Ownership  Duties own their lists, and borrow the rest from ticket and
 *            regulation.
 */
#ifndef TK_DUTY_H
#define TK_DUTY_H

#include "model/regulation.h"
#include "model/ticket.h"

enum tk_duty_kind {
	TK_DUTY_STEP,
	TK_DUTY_PROMISE,
	TK_DUTY_REMIND,
	TK_DUTY_CLOSE,
	TK_DUTY_PROGRESS,
};

struct tk_duty {
	enum tk_duty_kind kind;
	const struct tk_step *step; /* of the ladder */
	const char *target;         /* response ... promised */
	const char *when;           /* 75%, or the time that was promised */
	bool breached;
	struct tk_strv to, passed;
	const char *template_name;
	char *rule;                 /* regulation/sla.yaml:26 */
};

struct tk_duties {
	struct tk_duty *v;
	size_t n, cap;
	int64_t next; /* look again then; 0: not before the ticket changes */
	bool final;   /* it is closed: never */
};

void tk_rules_duties(struct tk_duties *out, const struct tk_ticket *t,
    const struct tk_regulation *r, int64_t now);
void tk_duties_clear(struct tk_duties *d);

/* What the log entry of this duty has as "step". */
struct tk_yaml *tk_duty_step(const struct tk_duty *d);

#endif
