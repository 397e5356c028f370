/*
 * rrule.h - when a thing comes round again.
 *
 * Purpose    "FREQ=MONTHLY;BYDAY=1TU" and the times it means. With ical.c
 *            the only file that includes libical for this.
 * Ownership  tk_rrule_free() takes NULL.
 * Units      Times of a clock on the wall (base/local.h).
 * Errors     TK_EINPUT a rule that cannot be read, or that means several
 *            times an hour: no ticket desk wants that.
 * Source     RFC 5545 section 3.3.10; the work is libical's.
 */
#ifndef TK_RRULE_H
#define TK_RRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct tk_rrule;

struct tk_times {
	int64_t *v; /* ascending; free(3) */
	size_t n, cap;
};

/* start is where the rule is counted from: it gives what the rule leaves open
 * (the day of a month, the time of the day, which of two weeks). */
TK_MUST_CHECK enum tk_status tk_rrule_parse(struct tk_rrule **out,
    const char *text, int64_t start, struct tk_err *err);
void tk_rrule_free(struct tk_rrule *r);

/* Does it say how often in all? Then it means nothing without a start. */
bool tk_rrule_is_counted(const struct tk_rrule *r);

/* Appends the times from from on and before to, at most max of them: the
 * first ones. */
void tk_rrule_between(struct tk_times *out, const struct tk_rrule *r,
    int64_t from, int64_t to, size_t max);

#endif
