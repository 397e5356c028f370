/*
 * change.h - the acts that set fields: take, assign, move, set, status,
 * close, reopen.
 *
 * Purpose    What they share: a comment becomes a note that the log entry
 *            points to, many ids are one transaction, one line is printed
 *            for each ticket: "ID ACT [STATE]", so the output can be piped
 *            on.
 */
#ifndef TK_CHANGE_H
#define TK_CHANGE_H

#include "act/act.h"

struct tk_field_change {
	const char *act;
	struct tk_yaml *set;   /* fields or NULL; borrowed */
	const char *state;     /* where to, or NULL: as the act's step says */
	const char *comment;   /* -m, or NULL */
	bool quiet;
};

/* Done by the desk's actor. Prints to standard output. */
TK_MUST_CHECK enum tk_status tk_change_fields(struct tk_desk *desk,
    const struct tk_strv *ids, const struct tk_field_change *change,
    struct tk_err *err);

/* Are these fields of a ticket, and can they be this? What every door asks is
 * the judge's; here is what a person at the keyboard mistypes. */
TK_MUST_CHECK enum tk_status tk_change_check(
    struct tk_desk *desk, const struct tk_yaml *set, struct tk_err *err);

/* The second half of that: clients, classes and addresses that are there. */
TK_MUST_CHECK enum tk_status tk_change_check_values(
    struct tk_desk *desk, const struct tk_yaml *set, struct tk_err *err);

/* One line for one act done. */
void tk_print_done(const struct tk_done *done, const char *act);

/* FIELD=VALUE words into a set map. "FIELD=" removes the field; lists (tags,
 * cc, watchers, assets) are split at commas. TK_EUSAGE: no "="; TK_EINPUT:
 * a field that has an act of its own, or is not for people to set. */
TK_MUST_CHECK enum tk_status tk_change_parse(
    struct tk_yaml *set, const char *word, struct tk_err *err);

#endif
