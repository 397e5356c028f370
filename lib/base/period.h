/*
 * period.h - days, weeks, months and years as people name them.
 *
 * Purpose    "2026-11" is a month, "last-week" the one before that of a given
 *            time; and the walk from one day, week, month or year to the next.
 *            A week is that of ISO 8601, from Monday.
 * Units      Seconds since the epoch, in the zone that base/date.h set; a
 *            period has its from, not its to.
 */
#ifndef TK_PERIOD_H
#define TK_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/*
 * 2026, 2026-11, 2026-W47, 2026-11-22, a time of RFC 3339 (one second); day,
 * week, month, quarter, year (the one that now is in), last-day and so on,
 * today, yesterday, all; "15 января", "ноябрь" and what else base/when.h reads,
 * of a time behind us. false: none of these.
 */
bool tk_period_parse(
    int64_t *from, int64_t *to, const char *text, int64_t now);

/* The day, week, month or year that at lies in: "2026-W47", appended. */
void tk_period_name(struct tk_str *out, const char *unit, int64_t at);
/* When the next one begins. */
int64_t tk_period_next(const char *unit, int64_t at);

#endif
