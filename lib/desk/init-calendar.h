/*
 * init-calendar.h - the calendars of a new desk.
 *
 * Purpose    A regulation comes with the calendars of its language; a desk
 *            whose zone is another works by the clock and the holidays of
 *            that place. Which lists of days a country has, and how it is
 *            said, is in share/places/LL.yaml.
 * Errors     Those of reading share/; what has no words stays as it is.
 */
#ifndef TK_INIT_CALENDAR_H
#define TK_INIT_CALENDAR_H

#include "base/str.h"

/* The text of calendar.yaml, changed where it stands; names of lists (files
 * of share/calendars, without .yaml) are added. other: the country is another
 * one, the lists of the regulation are not wanted. */
TK_MUST_CHECK enum tk_status tk_init_calendar(struct tk_str *text,
    struct tk_strv *lists, bool *other, const char *language,
    const char *zone, struct tk_err *err);
/* Hours in the signatures of queues: not of the place that they came from. */
void tk_init_hours(struct tk_str *text);

#endif
