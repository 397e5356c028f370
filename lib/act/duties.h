/*
 * duties.h - time does its work: ladder, reminders, forgotten promises.
 *
 * Purpose    tk-escalate --due: looks at the tickets whose time has come
 *            (store/watch.h), does what rules/duty.h says is due, each an act
 *            of tk with the rule named, and notes when to look again.
 * Errors     TK_EREFUSED this is a clone. An act that the judge refuses is
 *            said on standard error and tried again an hour later.
 */
#ifndef TK_DUTIES_H
#define TK_DUTIES_H

#include "act/act.h"

struct tk_duty_run {
	bool dry_run; /* only say what would be done */
	/* One line an act: "TK-42 warn response 75%"; or NULL. */
	void (*told)(const char *line, void *arg);
	void *arg;
};

TK_MUST_CHECK enum tk_status tk_duties_run(struct tk_desk *desk,
    const struct tk_duty_run *run, struct tk_err *err);

/* One duty of one ticket, in a transaction. */
struct tk_duty;
TK_MUST_CHECK enum tk_status tk_duty_act(struct tk_tx *tx,
    struct tk_desk *desk, const char *id, const struct tk_duty *d,
    struct tk_done *done, struct tk_err *err);
/* The act it is in the log. */
const char *tk_duty_act_name(const struct tk_duty *d);

#endif
