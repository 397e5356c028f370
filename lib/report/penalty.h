/*
 * penalty.h - what missed terms cost us, with the evidence.
 *
 * Purpose    Clocks of tickets against the penalties that the regulation, or
 *            the client's contract, has. A penalty for one clock belongs to
 *            the moment it was over; downtime is the time that the
 *            resolution clocks of a client's tickets ran, summed by the
 *            calendar month in which they were opened.
 * Ownership  A list owns its penalties.
 * Units      Seconds; money in hundredths.
 * Errors     Those of the index; TK_EINPUT a rule that cannot be read.
 */
#ifndef TK_PENALTY_H
#define TK_PENALTY_H

#include "desk/desk.h"

struct tk_penalty {
	char *ticket;   /* of a month's downtime, the longest */
	char *client;
	char *target;   /* response, update, resolution, downtime */
	char *rule;     /* regulation/relations.yaml:50, clients/x.yaml:9 */
	char *clock;    /* class and term: "gold, 4h, regulation 3,
			 * regulation/sla.yaml:12" */
	char *penalty;  /* "2% x 3" */
	char *evidence; /* commits: "8f3a01c2d4 open, 77b2... reply" */
	char *currency; /* of the contract, or "" */
	int64_t at;     /* when the term was over; a month's, its begin */
	int64_t term, used;
	int64_t times, amount;
	int64_t longest; /* of a month's downtime, one ticket's */
};

struct tk_penalties {
	struct tk_penalty *v; /* in the order of time */
	size_t n, cap;
};

/* Of the tickets that a query finds (""; the reader's limits hold), those of
 * from up to to, the clocks as they stand at now. */
TK_MUST_CHECK enum tk_status tk_penalties_find(struct tk_penalties *out,
    struct tk_desk *desk, const char *query, int64_t from, int64_t to,
    int64_t now, struct tk_err *err);
void tk_penalties_clear(struct tk_penalties *p);

#endif
