/*
 * penalty-parts.h - what penalty's own files share; nobody else includes it.
 */
#ifndef TK_PENALTY_PARTS_H
#define TK_PENALTY_PARTS_H

#include "model/penalty.h"
#include "report/penalty.h"
#include "rules/sla.h"

/* Of the client that was asked for last. */
struct tk_penalty_terms {
	char *client;
	struct tk_penalty_rules own; /* of the contract */
	int64_t fee;                 /* a month's; 0: not known */
	char *currency;
};

struct tk_penalty_run {
	struct tk_penalties *out;
	struct tk_desk *desk;
	int64_t from, to, now;
	struct tk_penalty_rules rules; /* of the regulation */
	struct tk_penalty_terms terms;
};

TK_MUST_CHECK enum tk_status tk_penalty_terms(
    struct tk_penalty_run *run, const char *client, struct tk_err *err);
void tk_penalty_terms_clear(struct tk_penalty_terms *t);
/* The query, and of what it finds: what began before the period's end, was
 * not over before its beginning, and has a rule at all. *none: nothing has. */
TK_MUST_CHECK enum tk_status tk_penalty_narrow(struct tk_str *out, bool *none,
    struct tk_penalty_run *run, const char *query, struct tk_err *err);
/* Fills the evidence of all that was found. */
TK_MUST_CHECK enum tk_status tk_penalty_evidence(
    struct tk_penalty_run *run, struct tk_err *err);

#endif
