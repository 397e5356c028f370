/*
 * lint.h - what the analysers of make lint cannot see: that tk_fail() and its
 * kin return the status they are given, so nothing goes on as TK_OK.
 */
#include "base/err.h"

static inline enum tk_status
tk_lint_status(enum tk_status st, enum tk_status same)
{
	(void)same;
	return st;
}

#define tk_fail(err, st, ...)                                                \
	tk_lint_status(st, (tk_fail)(err, st, __VA_ARGS__))
#define tk_wrap(err, st, ...)                                                \
	tk_lint_status(st, (tk_wrap)(err, st, __VA_ARGS__))
#define tk_fail_errno(err, ...)                                              \
	tk_lint_status(TK_ESYS, (tk_fail_errno)(err, __VA_ARGS__))
