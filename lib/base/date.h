/*
 * date.h - times as files and people write them.
 *
 * Purpose    RFC 3339 with the desk's offset in tickets, UTC stamps in file
 *            names, local time for people.
 * Units      Seconds since the epoch, UTC.
 * Note       The zone is the process's TZ; tk_date_zone() sets it once, when
 *            the desk is opened, from desk.yaml's timezone.
 */
#ifndef TK_DATE_H
#define TK_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Use this IANA zone from here on. TK_EINPUT: no such zone here. */
TK_MUST_CHECK enum tk_status tk_date_zone(const char *zone, struct tk_err *err);

/* The zone of this machine, an IANA name or "UTC". free(3). */
char *tk_date_system_zone(void);

/* 2026-11-22T09:15:02+03:00 in the zone set above. */
void tk_date_rfc3339(struct tk_str *out, int64_t at);
/* Sun, 22 Nov 2026 09:15:02 +0300 (RFC 5322 section 3.3). */
void tk_date_rfc5322(struct tk_str *out, int64_t at);
/* 20261122T061502Z, for file names. */
void tk_date_stamp(struct tk_str *out, int64_t at);
/* 2026-11-22 09:15, for people. */
void tk_date_human(struct tk_str *out, int64_t at);
/* Minutes east of UTC at that time, in the zone set above. */
int tk_date_offset(int64_t at);

/* RFC 3339 with an offset or Z; seconds may be missing. */
bool tk_date_parse(int64_t *at, const char *text);
/* A length of time: 90s, 30m, 4h, 14d, 2w, 1h30m, 1.5h; a number alone is
 * minutes. */
bool tk_span_parse(int64_t *seconds, const char *text);

#endif
