/*
 * reglint.h - contradictions in a regulation, before people find them.
 *
 * Purpose    Reads what the commands would read and all that they would
 *            not: keys that nobody knows, states nobody reaches or leaves,
 *            steps, queues and roles that nobody has, terms longer than
 *            those above them, words that mean nothing.
 * Errors     What is found is a line "file:line: text" and not an error;
 *            TK_ENOENT there is no regulation.
 */
#ifndef TK_REGLINT_H
#define TK_REGLINT_H

#include "desk/desk.h"

/*
 * folder: a regulation on the disk; or NULL: the work tree's of a clone (it
 * is what somebody is writing), else that of the last commit. Without a desk
 * there are no people, and nothing is said about who has which role.
 */
TK_MUST_CHECK enum tk_status tk_reglint(struct tk_strv *found,
    struct tk_desk *desk, const char *folder, struct tk_err *err);

#endif
