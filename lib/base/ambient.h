/*
 * ambient.h - the only door to clock, host, user and randomness.
 *
 * Purpose    Tests replace what comes from outside: TK_NOW (RFC 3339 or
 *            seconds since the epoch), TK_HOST, TK_RANDOM (a seed: the
 *            sequence is then the same in each run).
 * Units      Seconds since the epoch, UTC.
 */
#ifndef TK_AMBIENT_H
#define TK_AMBIENT_H

#include <stddef.h>
#include <stdint.h>

int64_t tk_now(void);
/* From here on it is that time: what is computed from a commit must not
 * change with the clock. 0: the clock again. */
void tk_now_hold(int64_t at);
/* Milliseconds of a clock that only goes on; for time limits. */
int64_t tk_ticks(void);
const char *tk_host(void); /* fully qualified where it is known; borrowed */
const char *tk_login(void); /* the Unix user's name, or "nobody"; borrowed */
void tk_random(void *out, size_t len);

/* A name no other process takes: TIME.PID_SEQ.HOST, as maildir(5) wants. */
char *tk_unique_name(void); /* free(3) */

#endif
