/*
 * ical.h - a calendar for programs of calendars.
 *
 * Purpose    Events and things to do as iCalendar text.
 * Ownership  tk_ical_free() takes NULL; what is added is copied.
 * Units      Seconds since the epoch; a day is seconds of base/local.h.
 * Errors     TK_ESYS: libical is not there.
 * Source     RFC 5545; the work is libical's.
 */
#ifndef TK_ICAL_H
#define TK_ICAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct tk_ical;

struct tk_ical_item {
	bool todo;             /* else an event */
	bool all_day;
	const char *uid;       /* the same in each calendar of the same thing */
	const char *summary;
	const char *description; /* or NULL */
	const char *category;    /* or NULL */
	int64_t at;            /* an event's begin, a thing's due time */
	int64_t day;           /* instead of at, where all_day */
};

/* name is what the calendar is called; stamp is when it was made. */
TK_MUST_CHECK enum tk_status tk_ical_new(struct tk_ical **out,
    const char *name, int64_t stamp, struct tk_err *err);
void tk_ical_free(struct tk_ical *c);
void tk_ical_add(struct tk_ical *c, const struct tk_ical_item *item);
/* Appends it, with CRLF as the standard has it. */
void tk_ical_text(struct tk_str *out, const struct tk_ical *c);

#endif
