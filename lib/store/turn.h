/*
 * turn.h - a push takes its turn among those who write.
 *
 * Purpose    git moves the branch of what is pushed when pre-receive is over,
 *            and has no lock until then: an act that comes in between makes the
 *            push fail after all, with words of git's own about refs. So a
 *            push that has been judged waits for the desk's lock as an act
 *            does, and a process of its own keeps it until git has moved the
 *            branch, or is gone, or has taken too long.
 * Errors     TK_EREFUSED the branch is not where the push began any more.
 * Source     githooks(5) pre-receive; git-receive-pack(1); inotify(7),
 *            pidfd_open(2).
 */
#ifndef TK_TURN_H
#define TK_TURN_H

#include "store/store.h"

/* Is the branch at this commit (40 hex digits) still? */
TK_MUST_CHECK enum tk_status tk_turn_compare(
    struct tk_store *s, const char *old, struct tk_err *err);
/* The same in our turn, which lasts until the push is in. Elsewhere than in
 * the pre-receive of git, nothing. */
TK_MUST_CHECK enum tk_status tk_turn_take(
    struct tk_store *s, const char *old, struct tk_err *err);

#endif
