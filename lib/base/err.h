/*
 * err.h - how a function says that it failed.
 *
 * Purpose    A status goes up the stack, the text for people travels in the
 *            caller's struct tk_err and is printed once, by tk_main().
 * Ownership  A tk_err lives on the stack and owns nothing.
 * Errors     The enum below; each maps to one exit status (see main.h).
 */
#ifndef TK_ERR_H
#define TK_ERR_H

#include <stdarg.h>

#define TK_MUST_CHECK __attribute__((warn_unused_result))
#define TK_PRINTF(n, m) __attribute__((format(printf, n, m)))

enum tk_status {
	TK_OK = 0,
	TK_EINPUT,   /* malformed input; the same call fails again */
	TK_ENOENT,   /* no such ticket, queue, ref ... */
	TK_EEXIST,   /* it is already there */
	TK_EREFUSED, /* the regulation or the desk's state says no */
	TK_EDENIED,  /* this actor may not do it */
	TK_EUSAGE,   /* options or operands are wrong */
	TK_EBUSY,    /* lost a lock or a race; nothing changed, try again */
	TK_ESYS,     /* the system or a library failed; nothing changed */
	TK_EOUTPUT,  /* done, but the result could not be written or sent */
};

#define TK_ERR_MAX 4096 /* bytes */

struct tk_err {
	enum tk_status status;
	char text[TK_ERR_MAX]; /* UTF-8, no newline at the end */
};

#define TK_ERR_INIT { TK_OK, "" }

/* Set the text and return st, so that callers write "return tk_fail(...)". */
TK_PRINTF(3, 4)
enum tk_status tk_fail(
    struct tk_err *err, enum tk_status st, const char *fmt, ...);

/* TK_ESYS with ": strerror(errno)" appended; ENOENT gives TK_ENOENT. */
TK_PRINTF(2, 3)
enum tk_status tk_fail_errno(struct tk_err *err, const char *fmt, ...);

/* Put "text: " in front of what err holds and return st. */
TK_PRINTF(3, 4)
enum tk_status tk_wrap(
    struct tk_err *err, enum tk_status st, const char *fmt, ...);

/* Add one more line to what err holds; used for lists of reasons. */
TK_PRINTF(2, 3)
void tk_err_add_line(struct tk_err *err, const char *fmt, ...);

#endif
