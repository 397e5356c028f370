/*
 * sla.h - which terms a ticket has, and how its clocks stand.
 *
 * Purpose    The clocks are a pure function of the ticket's log, the
 *            calendars and states of the regulation, and now. What tickets
 *            are promised (class, spans, calendars) stands in their own head
 *            as "terms", written when the ticket is opened or graded anew, so
 *            that a new version of the regulation leaves it as it was. When
 *            the next term ends stands there as "due". See tk-sla(7).
 * Times      Of an entry that came late (made offline) its time of arrival
 *            in the log counts: the clocks never go back.
 * Ownership  Clocks borrow from the ticket.
 */
#ifndef TK_RULES_SLA_H
#define TK_RULES_SLA_H

#include "model/regulation.h"
#include "model/ticket.h"

struct tk_clock {
	int64_t term;     /* working seconds; 0: there is no such term */
	int64_t used;     /* up to now; of updates, since the last news */
	int64_t started;  /* 0: not yet */
	int64_t due;      /* 0: none, met, or stopped until somebody acts */
	int64_t met;      /* when it ended; 0: not yet */
	int64_t breached; /* when it was first over; of updates, since the
			   * last news; 0: it never was */
	int missed;       /* how often it was over; of updates, of all */
	bool running;     /* it is counted now (in working hours) */
	bool floor;       /* it is the floor for all that ends first */
	const char *calendar;
	unsigned line;    /* in regulation/sla.yaml; 0: of an older version */
};

struct tk_clocks {
	const char *class; /* NULL: the ticket has no terms */
	int regulation;    /* the version that they are from */
	struct tk_clock of[TK_TARGETS];
};

void tk_sla_clocks(struct tk_clocks *out, const struct tk_ticket *t,
    const struct tk_regulation *r, int64_t now);

/* What follows from the act: "terms" where it grades the ticket, the end of
 * an agreed waiting, and "due", added to the entry's "set". old is NULL for a
 * new ticket. */
void tk_sla_derive(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_regulation *r);

/* The class this ticket would get now, and the line of the rule that says
 * so; NULL: none. */
const struct tk_sla_class *tk_sla_class_of(const struct tk_ticket *t,
    const struct tk_regulation *r, unsigned *line);
const struct tk_sla_target *tk_sla_target_of(
    const struct tk_sla_class *c, const struct tk_ticket *t);

#endif
