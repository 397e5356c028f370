/*
 * merge.h - two tickets about one matter become one.
 *
 * Purpose    The one that is given up gets the link merged-into and takes
 *            the step "merge" of its process; the one that stays gets the
 *            link merged and the people of the other. Messages stay where
 *            they are; letters to the first lead to the second.
 * Errors     TK_EREFUSED merged already, or in a circle; TK_EEXIST undone
 *            already.
 */
#ifndef TK_MERGE_H
#define TK_MERGE_H

#include "act/act.h"

struct tk_merge {
	const struct tk_actor *actor;
	const char *into;
	const char *comment; /* a note in the one given up; or NULL */
	bool undo;           /* of a merge; into is not looked at */
};

TK_MUST_CHECK enum tk_status tk_merge_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_merge *merge,
    struct tk_done *done, struct tk_err *err);

/* Where a ticket went, by its links; NULL: it is itself. Borrowed. */
const char *tk_merged_into(const struct tk_ticket *t);

#endif
