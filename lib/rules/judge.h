/*
 * judge.h - what the regulation says to one act on one ticket.
 *
 * Purpose    The only place that knows a rule. Before the act,
 *            tk_rules_step() tells which step of the process the act makes
 *            by itself; after it is built and before it is committed,
 *            tk_rules_judge() compares old and new ticket and names all that
 *            is missing at once.
 * Ownership  Findings own their strings. Steps are borrowed from the
 *            regulation.
 */
#ifndef TK_JUDGE_H
#define TK_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/people.h"
#include "model/regulation.h"
#include "model/ticket.h"

enum tk_actor_kind {
	TK_ACTOR_STAFF,
	TK_ACTOR_CLIENT, /* a contact: somebody who wrote to us */
	TK_ACTOR_TK,     /* the program itself */
};

struct tk_actor {
	enum tk_actor_kind kind;
	char *id;     /* as in the log: staff id, address, or tk */
	char *name;
	char *mail;
	struct tk_strv roles;
	struct tk_strv queues; /* of the staff file; empty: as the roles say */
};

void tk_actor_clear(struct tk_actor *a);

struct tk_finding {
	char *rule;    /* regulation/roles.yaml:12 */
	char *text;    /* what is wrong or missing */
	char *remedy;  /* a command that satisfies it, or NULL */
	bool denied;   /* not this actor's to do, whatever is added */
};

struct tk_findings {
	struct tk_finding *v;
	size_t n, cap;
};

void tk_findings_clear(struct tk_findings *f);

/* The step from this state that the act makes by itself for this actor, or
 * NULL: the state stays. Where only other actors may make it, theirs is
 * given: the judge will refuse it by name. */
const struct tk_transition *tk_rules_step(const struct tk_regulation *r,
    const char *type, const char *state, const char *act,
    const struct tk_actor *actor);

/* What follows from what the act sets: the priority from impact and urgency.
 * Added to the entry's "set"; old is NULL for a new ticket. */
void tk_rules_derive(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_regulation *r);

/* old is NULL for a new ticket. The act is new's last log entry. */
void tk_rules_judge(struct tk_findings *out, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_actor *actor,
    const struct tk_regulation *r, const struct tk_staff *staff);

/* May this actor do the act at all? For acts that are on no ticket
 * ("client", "staff", "send"). */
void tk_rules_may(struct tk_findings *out, const struct tk_actor *actor,
    const char *act, const struct tk_regulation *r,
    const struct tk_staff *staff, int64_t at);

/* Until when this person may act without having acknowledged the regulation
 * in force; INT64_MAX: he has, or need not. */
int64_t tk_rules_ack_until(
    const struct tk_regulation *r, const struct tk_person *p);

#endif
