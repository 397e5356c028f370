/*
 * local.h - times as a clock on the wall shows them.
 *
 * Purpose    A date, or a date and a time, without a zone: what rules of
 *            recurrence are counted in. It becomes a moment only where it is
 *            known whose clock it is.
 * Units      Seconds since 1970-01-01 00:00 on that clock; days are 86400 of
 *            them, whatever the zone does on that day.
 */
#ifndef TK_LOCAL_H
#define TK_LOCAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define TK_DAY 86400

/* 2026-11-23 or 2026-11-23T09:00. A time that no clock shows is none. */
bool tk_local_parse(int64_t *local, const char *text);
/* The same back: the date alone at midnight. Appended. */
void tk_local_text(struct tk_str *out, int64_t local);
void tk_local_of(int64_t *local, int year, int month, int day, int hour,
    int minute, int second);

/* The moment, in the zone of base/date.h. In the hour that a clock is put
 * forward it is an hour later, in the one that is there twice the first. */
int64_t tk_local_to_time(int64_t local);
int64_t tk_local_from_time(int64_t at);

/* Midnight of that day. */
int64_t tk_local_day(int64_t local);
/* 0 is Monday. */
int tk_local_weekday(int64_t local);

#endif
