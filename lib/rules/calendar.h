/*
 * calendar.h - counting in working hours.
 *
 * Purpose    Pure functions of a calendar and times. A moment is open when
 *            the clock on the wall of the calendar's zone shows working
 *            hours: an hour that the clock shows twice in autumn is worked
 *            twice, one that it leaves out in spring is not worked.
 * Units      Seconds since the epoch; working seconds.
 */
#ifndef TK_RULES_CALENDAR_H
#define TK_RULES_CALENDAR_H

#include "model/calendar.h"

/* The earliest moment when so many working seconds have passed since at;
 * seconds 0 is at itself. 0: not within 20 years. */
int64_t tk_calendar_add(
    const struct tk_calendar *c, int64_t at, int64_t seconds);
/* Working seconds from a to b; 0 where b is not after a. */
int64_t tk_calendar_between(const struct tk_calendar *c, int64_t a, int64_t b);
bool tk_calendar_is_open(const struct tk_calendar *c, int64_t at);
/* The first open moment that is not before at; 0: not within 20 years. */
int64_t tk_calendar_opens(const struct tk_calendar *c, int64_t at);
/* The moment from which it is closed, after an open one; at itself where it
 * is not open then. */
int64_t tk_calendar_closes(const struct tk_calendar *c, int64_t at);

#endif
