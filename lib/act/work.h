/*
 * work.h - acts that add to a list of the ticket: checklist, time spent.
 *
 * Errors     TK_EINPUT a number that is not on the list, a time nobody can
 *            read.
 */
#ifndef TK_WORK_H
#define TK_WORK_H

#include "act/act.h"

struct tk_checklist_change {
	const struct tk_actor *actor;
	const struct tk_strv *add;   /* new items */
	const struct tk_strv *done;  /* numbers, from 1 */
	const struct tk_strv *undo;
};

TK_MUST_CHECK enum tk_status tk_checklist_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id,
    const struct tk_checklist_change *change, struct tk_done *done,
    struct tk_err *err);

#define TK_SPEND_MAX (24 * 60) /* minutes of one entry */

struct tk_spend {
	const struct tk_actor *actor;
	int64_t seconds;
	bool billable;
	const char *what; /* becomes a note; or NULL */
};

TK_MUST_CHECK enum tk_status tk_spend_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_spend *spend,
    struct tk_done *done, struct tk_err *err);

#endif
