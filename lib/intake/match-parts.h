/*
 * match-parts.h - the inner side of match.c.
 *
 * Purpose    Rules in match-rules.c and match-subject.c look for a ticket;
 *            match-after.c looks at the one that was found. Only these
 *            include this.
 */
#ifndef TK_MATCH_PARTS_H
#define TK_MATCH_PARTS_H

#include "desk/letter-message.h"
#include "intake/match.h"

struct tk_matching {
	struct tk_match *out;
	struct tk_tx *tx;
	struct tk_desk *desk;
	const struct tk_letter *letter;
	const struct tk_sender *sender;
	char why[300]; /* of the rule that is tried now: what it saw */
};

typedef enum tk_status (*tk_match_rule)(
    struct tk_matching *m, struct tk_err *err);

/* One line of "tried"; number as in the list of rules of tk-deliver(1). */
TK_PRINTF(4, 5)
void tk_match_tell(struct tk_match *m, const char *number, const char *name,
    const char *fmt, ...);
/* This is the ticket, by that rule. */
void tk_match_hit(struct tk_matching *m, const char *ticket, const char *rule,
    const char *what);
/* The ticket of that Message-ID, unless it is one that many use. */
TK_MUST_CHECK enum tk_status tk_match_by_id(struct tk_matching *m,
    const char *rule, const char *message_id, struct tk_err *err);

enum tk_status tk_match_bounce(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_plus(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_thread(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_forward(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_tag(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_partner(struct tk_matching *m, struct tk_err *err);
enum tk_status tk_match_monitor(struct tk_matching *m, struct tk_err *err);
/* What monitoring programs and partners say, for the rules below. */
void tk_match_subject(struct tk_matching *m);
/* Tells of a ticket that looks alike; joins nothing. */
enum tk_status tk_match_alike(struct tk_matching *m, struct tk_err *err);
/* Merged, closed long ago, forwarded to another queue. */
enum tk_status tk_match_after(struct tk_matching *m, struct tk_err *err);

#endif
