/*
 * letter-fields.h - what a letter says, as fields of a ticket.
 *
 * Purpose    Shared by intake.c and its helpers only; nothing here decides
 *            which ticket a letter belongs to.
 */
#ifndef TK_LETTER_FIELDS_H
#define TK_LETTER_FIELDS_H

#include "desk/desk.h"
#include "intake/match.h"
#include "mail/letter.h"

/* Fields of the ticket that this letter opens. */
TK_MUST_CHECK enum tk_status tk_letter_open_fields(struct tk_yaml *set,
    struct tk_desk *desk, const struct tk_letter *l,
    const struct tk_match *match, const struct tk_sender *sender,
    struct tk_err *err);
/* What an answer changes: who takes part from now on. */
TK_MUST_CHECK enum tk_status tk_letter_answer_fields(struct tk_yaml *set,
    struct tk_tx *tx, struct tk_desk *desk, const struct tk_letter *l,
    const char *id, struct tk_err *err);

#endif
