/*
 * judging.h - what the judge's own files share; nobody else includes it.
 */
#ifndef TK_JUDGING_H
#define TK_JUDGING_H

#include "rules/judge.h"

#define TK_ROLES_FILE "regulation/roles.yaml"
#define TK_QUEUES_FILE "regulation/queues.yaml"
#define TK_HANDLING_FILE "regulation/handling.yaml"
#define TK_RELATIONS_FILE "regulation/relations.yaml"
#define TK_SLA_FILE "regulation/sla.yaml"

/* What the act itself could have brought. */
enum {
	TK_LACKS_COMMENT = 1,
	TK_LACKS_RESOLUTION = 2,
	TK_LACKS_CAUSE = 4,
	TK_LACKS_REPLY = 8,
};
/* The remedy of a finding that is put right by the same command once more;
 * filled in when all that it lacks is known. */
#define TK_AGAIN ""

struct tk_judging {
	struct tk_findings *out;
	const struct tk_ticket *old, *now; /* old is NULL for a new ticket */
	const struct tk_yaml *entry;       /* the act's log entry */
	const char *act;
	const struct tk_actor *actor;
	const struct tk_regulation *reg;
	const struct tk_staff *staff;
	unsigned lacks;                    /* TK_LACKS_... */
};

/* One word of a "require" list: is it there? why is "the step from ..." */
void tk_judge_need(struct tk_judging *j, const char *what, const char *file,
    unsigned line, const char *why);
/* The command that brings what the word of "require" asks for; free(3). */
char *tk_judge_remedy(struct tk_judging *j, const char *word);
/* The same command once more with all that it lacks; free(3). */
char *tk_judge_again(const struct tk_judging *j);
/* Has the actor acknowledged the regulation, or may he still act? An entry
 * with "emergency" may always be made. */
void tk_judge_ack(struct tk_judging *j, int64_t at);
/* The state: a new ticket's, and each step from one to another. */
void tk_judge_state(struct tk_judging *j);
/* Is the actor one of those that the regulation names? None named: anybody. */
bool tk_judge_is_by(const struct tk_actor *a, const struct tk_strv *by);
/* "a, b, c", for messages; free(3). */
char *tk_judge_names(const struct tk_strv *l);
/* An agreed waiting, a promised date. */
void tk_judge_promise(struct tk_judging *j);
/* Priority, category, channel, assignee, matrix. */
void tk_judge_fields(struct tk_judging *j);

#endif
