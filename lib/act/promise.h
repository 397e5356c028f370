/*
 * promise.h - what is agreed with the client about time: a waiting, a date.
 *
 * Errors     TK_EINPUT a time nobody can read or that is past; TK_EREFUSED
 *            the regulation, or nobody to write to; TK_EEXIST it is so
 *            already.
 */
#ifndef TK_PROMISE_H
#define TK_PROMISE_H

#include "act/act.h"

struct tk_wait {
	const struct tk_actor *actor;
	const char *on;    /* "client" or "vendor"; NULL: the waiting ends */
	int64_t until;
	const char *why;   /* becomes a note */
};

TK_MUST_CHECK enum tk_status tk_wait_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_wait *wait,
    struct tk_done *done, struct tk_err *err);

struct tk_promise {
	const struct tk_actor *actor;
	int64_t at;        /* 0: it is taken back */
	const char *why;   /* becomes a note */
	bool no_letter;    /* even where the regulation wants one */
};

/* Act due, and, where relations.yaml says so ("promise"), an answer to the
 * client from its template. Both or none, ticket by ticket: what is refused
 * is skipped, and its reasons are the lines of err. *letters counts them. */
TK_MUST_CHECK enum tk_status tk_promise_all(struct tk_desk *desk,
    const struct tk_strv *ids, const struct tk_promise *promise,
    void (*told)(const struct tk_done *done), size_t *letters,
    struct tk_err *err);

/* A time that lies ahead, as people say it. */
TK_MUST_CHECK enum tk_status tk_promise_time(
    int64_t *at, const char *text, struct tk_err *err);

#endif
