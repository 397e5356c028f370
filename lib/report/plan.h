/*
 * plan.h - what is due and what is planned, for one person or all.
 *
 * Purpose    Terms and promises of open tickets, recurring works that have a
 *            ticket, and those that will get one, in the order of time.
 * Ownership  A plan owns its items.
 * Units      Seconds since the epoch; day is of base/local.h.
 * Errors     Those of works.h and of the index.
 */
#ifndef TK_PLAN_H
#define TK_PLAN_H

#include <stdio.h>

#include "desk/desk.h"

enum tk_plan_kind {
	TK_PLAN_RESPONSE, /* terms of the contract */
	TK_PLAN_UPDATE,
	TK_PLAN_RESOLUTION,
	TK_PLAN_PROMISED, /* what the client was told */
	TK_PLAN_WORK,     /* a recurring work that has its ticket */
	TK_PLAN_PLANNED,  /* one that will get it */
};

struct tk_plan_item {
	enum tk_plan_kind kind;
	int64_t at;
	int64_t day;
	bool all_day;
	char *ticket;  /* "" where there is none yet */
	char *work;    /* the key of a work, or "" */
	char *subject, *client, *queue, *who; /* never NULL */
};

struct tk_plan {
	struct tk_plan_item *v;
	size_t n, cap;
	int64_t now;
};

/* Where the time from now on is asked for, what is overdue and still open is
 * part of it. all: not only the actor's. */
TK_MUST_CHECK enum tk_status tk_plan_make(struct tk_plan *out,
    struct tk_desk *desk, int64_t from, int64_t to, bool all,
    struct tk_err *err);
void tk_plan_clear(struct tk_plan *p);

/* response, update, ...: for programs. */
const char *tk_plan_word(enum tk_plan_kind kind);

/* As a table, as JSON, one object a line, or as a calendar. */
void tk_plan_print(FILE *to, const struct tk_plan *p);
void tk_plan_json(FILE *to, const struct tk_plan *p);
TK_MUST_CHECK enum tk_status tk_plan_ical(struct tk_str *out,
    const struct tk_plan *p, const struct tk_desk *desk, struct tk_err *err);

/*
 * From and to of what a person asked for: "next", "2026-W48", "48", or two
 * dates; all NULL: today and six days more. TK_EUSAGE: nobody can read it.
 */
TK_MUST_CHECK enum tk_status tk_plan_span(int64_t *from, int64_t *to,
    const char *week, const char *first, const char *last,
    struct tk_err *err);

#endif
