/*
 * zone.h - the time zones of the world: clock time to epoch and back.
 *
 * Purpose    Working hours are kept in the zone of their calendar, which need
 *            not be the desk's. The only file that asks for the offset of an
 *            IANA zone; base/date speaks of the desk's own zone alone.
 * Ownership  Zones live as long as the process; found once, then kept.
 * Units      Seconds since the epoch, UTC; days since 1970-01-01; offsets are
 *            seconds east of UTC.
 * Errors     TK_EINPUT: no such zone here.
 * Source     IANA tz through libical; the process's own zone through libc.
 */
#ifndef TK_ZONE_H
#define TK_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define TK_DAY 86400 /* seconds by the clock */

struct tk_zone;

TK_MUST_CHECK enum tk_status tk_zone_find(
    struct tk_zone **out, const char *name, struct tk_err *err);

/* Is there such a zone? Costs a look at the disk, not the zone's history. */
bool tk_zone_exists(const char *name);

/* East of UTC at that time. */
int tk_zone_offset(struct tk_zone *z, int64_t at);
/* The first moment after "at" and not after "until" at which the offset is
 * another; until where it stays. The two may be a day apart at most. */
int64_t tk_zone_change(struct tk_zone *z, int64_t at, int64_t until);
/* The moment when the clock shows that second of that day. What the clock
 * leaves out in spring is the moment it jumps; what it shows twice in autumn
 * is the first. */
int64_t tk_zone_epoch(struct tk_zone *z, int64_t day, int second);

/* Days since 1970-01-01 of a date of the Gregorian calendar, and back;
 * months and days from 1. */
int64_t tk_day_of(int year, int month, int day);
void tk_day_date(int64_t day, int *year, int *month, int *mday);
/* 0 is Monday. */
int tk_day_weekday(int64_t day);
/* "2026-12-31"; false: there is no such day. */
bool tk_day_parse(int64_t *day, const char *text);
/* The day and the second of it at that offset. */
int64_t tk_day_at(int64_t at, int offset, int *second);

#endif
