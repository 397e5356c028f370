/*
 * calendar.h - when a calendar of the regulation is open, as records.
 *
 * Purpose    regulation/calendar.yaml and the lists of days that it includes
 *            (regulation/calendars/NAME.yaml): hours of each weekday, days
 *            without work, days that are worked although they are none of
 *            the week. rules/calendar.h counts with them.
 * Ownership  The list owns its records; read and finish fill it.
 * Units      Spans are seconds of the day, half-open; "to" is over 86400
 *            where one ends after midnight: it belongs to the day it begins
 *            on. Days are counted as in base/zone.h; weekdays from 0, Monday.
 * Errors     TK_EINPUT with file:line: hours nobody can read, a day that is
 *            not there, a zone or an included file that is not there.
 */
#ifndef TK_MODEL_CALENDAR_H
#define TK_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/zone.h"
#include "yaml/yaml.h"

struct tk_span {
	int from, to;
};

struct tk_spans {
	struct tk_span *v;
	size_t n, cap;
};

struct tk_special { /* a day unlike its weekday */
	int64_t day;    /* -1: month and mday of every year */
	int month, mday;
	int as;         /* works like this weekday; -1: has hours of its own,
			 * none on a holiday */
	bool holiday;
	struct tk_spans hours;
	char *name;     /* or NULL */
	char *file;
	unsigned line;
};

struct tk_calendar {
	char *id, *name, *zone;
	struct tk_spans week[7];
	bool always;    /* around the clock, without a day off */
	struct tk_strv include;
	/* Sorted by day when finished, one of a day; yearly ones first. */
	struct tk_special *special;
	size_t n_special, special_cap, n_yearly;
	char *file;
	unsigned line;
};

struct tk_calendars {
	struct tk_calendar *v;
	size_t n, cap;
	struct tk_calendar *list; /* the files to include; only days in them */
	size_t n_lists, lists_cap;
};

/* calendar.yaml. */
TK_MUST_CHECK enum tk_status tk_calendars_read(struct tk_calendars *c,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
/* regulation/calendars/NAME.yaml. */
TK_MUST_CHECK enum tk_status tk_calendars_read_days(struct tk_calendars *c,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
/* After the last file: puts the included days in. */
TK_MUST_CHECK enum tk_status tk_calendars_finish(
    struct tk_calendars *c, struct tk_err *err);
void tk_calendars_clear(struct tk_calendars *c);

/* NULL: there is none. */
const struct tk_calendar *tk_calendar_find(
    const struct tk_calendars *c, const char *id);
/* What is special about that day, or NULL. */
const struct tk_special *tk_calendar_special(
    const struct tk_calendar *c, int64_t day);
/* The spans that begin on that day; borrowed. */
const struct tk_spans *tk_calendar_spans(
    const struct tk_calendar *c, int64_t day);

/* "mon" is 0; -1: no such day. */
int tk_weekday_parse(const char *text);

#endif
