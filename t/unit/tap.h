/*
 * tap.h - the Test Anything Protocol in a page, for the unit programs.
 *
 * Use        ok(cond, name); is(got, want, name); is_int(got, want, name);
 *            at the end of main: done_testing(); return tap_done();
 */
#ifndef TK_TAP_H
#define TK_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_n, tap_failed;

static inline bool
ok(bool cond, const char *name)
{
	printf("%s %d - %s\n", cond ? "ok" : "not ok", ++tap_n, name);
	tap_failed += !cond;
	fflush(stdout);
	return cond;
}

static inline bool
is(const char *got, const char *want, const char *name)
{
	bool same = got == want || (got && want && strcmp(got, want) == 0);

	if (!ok(same, name))
		printf("#   got: %s\n#  want: %s\n", got ? got : "(null)",
		    want ? want : "(null)");
	return same;
}

static inline bool
is_int(long long got, long long want, const char *name)
{
	if (!ok(got == want, name))
		printf("#   got: %lld\n#  want: %lld\n", got, want);
	return got == want;
}

/* Prints the plan. */
static inline void
done_testing(void)
{
	printf("1..%d\n", tap_n);
}

/* The exit status of the program. */
static inline int
tap_done(void)
{
	return tap_failed > 0;
}

#endif
