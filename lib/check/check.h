/*
 * check.h - the law for commits that others have made.
 *
 * Purpose    What tk's own commands cannot do, a commit from elsewhere must
 *            not do either: who the author is, what lies where, that logs
 *            only grow, and what the regulation says to each act. It is the
 *            regulation of the desk before the push, with what earlier
 *            commits of the same push have lawfully changed.
 * Errors     TK_EREFUSED: one line for each thing found, "commit X: FILE:
 *            [RULE] what is wrong; what to do". The first bad commit ends it.
 * Source     githooks(5): pre-receive, pre-commit, commit-msg.
 */
#ifndef TK_CHECK_H
#define TK_CHECK_H

#include "desk/desk.h"

/* lines: "OLD NEW REF", one each, as git gives them to pre-receive. pusher:
 * id of the member of staff that sshd has let in, or NULL: whoever is on the
 * staff. */
TK_MUST_CHECK enum tk_status tk_check_push(struct tk_desk *desk,
    const char *lines, const char *pusher, struct tk_err *err);

/* What git commit would make now. */
TK_MUST_CHECK enum tk_status tk_check_staged(
    struct tk_desk *desk, struct tk_err *err);

/* The commit message in a file against what is staged; trailers that are
 * missing are added. */
TK_MUST_CHECK enum tk_status tk_check_message(
    struct tk_desk *desk, const char *path, struct tk_err *err);

/* A..B, A for A..HEAD, NULL for what is not pushed yet; *n commits are good.
 * TK_EUSAGE: NULL, and the branch has no upstream. */
TK_MUST_CHECK enum tk_status tk_check_range(
    size_t *n, struct tk_desk *desk, const char *range, struct tk_err *err);

#endif
