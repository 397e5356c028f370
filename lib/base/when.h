/*
 * when.h - a time as people say it.
 *
 * Purpose    "tomorrow 14:00", "завтра в 14:00", "пт 10:00", "+4h", "30.11",
 *            "30 ноября 14:00", "через 2 часа", "2026-11-30 14:00", RFC 3339.
 * English, Russian and Ukrainian words are taken whatever the language of the
 * reader is. Units      Seconds since the epoch; clock times are of the zone
 * that tk_date_zone() has set.
 */
#ifndef TK_WHEN_H
#define TK_WHEN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A weekday is the next one, not today; a time of the day alone is the next
 * such time; a day and a month without the year are the next such day; a day
 * without a time is its last minute. False: nobody can read it.
 */
bool tk_when_parse(int64_t *at, const char *text, int64_t now);

/*
 * What such words cover, to is behind it: a day, a minute of the clock, a
 * month ("ноябрь", "May 2026"), a second ("2 hours ago"). past: of what could
 * lie on both sides, the one behind us. Not "+4h", nor RFC 3339.
 */
bool tk_when_span(
    int64_t *from, int64_t *to, const char *text, int64_t now, bool past);

#endif
