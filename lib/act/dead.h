/*
 * dead.h - addresses whose letters come back.
 *
 * Purpose    What a bounce said for good (5.1.x, 5.2.1) is remembered until
 *            somebody writes from that address; people are told before they
 *            write there again.
 * Errors     TK_EREFUSED an address is such a one.
 */
#ifndef TK_DEAD_H
#define TK_DEAD_H

#include "act/letter.h"

/* One line for each address of these ("Name <a@b>") that is dead; appended,
 * safe for a terminal. */
TK_MUST_CHECK enum tk_status tk_dead_lines(struct tk_str *out,
    struct tk_desk *desk, const struct tk_strv *people, struct tk_err *err);
/* The same of a ticket's requester and cc. */
TK_MUST_CHECK enum tk_status tk_dead_ticket(struct tk_str *out,
    struct tk_desk *desk, const struct tk_ticket *t, struct tk_err *err);
/* Is there nobody among the recipients whom a letter would reach? The line of
 * the first is appended then; TK_ENOENT: there is somebody. */
TK_MUST_CHECK enum tk_status tk_dead_all(struct tk_str *line,
    struct tk_desk *desk, const struct tk_strv *to, const struct tk_strv *cc,
    struct tk_err *err);
/* Refuses where one of the recipients is dead. */
TK_MUST_CHECK enum tk_status tk_dead_refuse(
    struct tk_tx *tx, const struct tk_recipients *to, struct tk_err *err);

#endif
