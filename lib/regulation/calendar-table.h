/*
 * calendar-table.h - the working hours of a calendar, day by day.
 *
 * Purpose    tk regulation calendar: what the clocks of tickets count in, so
 *            that a person can check it.
 * Errors     TK_ENOENT no such calendar; TK_EINPUT a day nobody can read, a
 *            period that ends before it begins or is over ten years.
 */
#ifndef TK_CALENDAR_TABLE_H
#define TK_CALENDAR_TABLE_H

#include <stdio.h>

#include "desk/desk.h"

/* from and to are days like 2026-12-31, both included; NULL: today, and two
 * weeks from there. */
TK_MUST_CHECK enum tk_status tk_calendar_print(FILE *out, struct tk_desk *desk,
    const char *name, const char *from, const char *to, bool json,
    struct tk_err *err);

#endif
