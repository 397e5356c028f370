/*
 * letter-fields.h - what a letter says, as a message and as fields of a
 * ticket.
 *
 * Purpose    Shared by intake.c and its helpers only; nothing here decides
 *            which ticket a letter belongs to.
 */
#ifndef TK_LETTER_FIELDS_H
#define TK_LETTER_FIELDS_H

#include "desk/desk.h"
#include "desk/match.h"
#include "mail/letter.h"

/* The sender, or what stands for one in a report from nobody. */
const struct tk_address *tk_letter_sender(const struct tk_letter *l);
/* Written by a person: not automatic, and not our own letter come back. */
bool tk_letter_is_human(const struct tk_desk *desk, const struct tk_letter *l);
/* support+TK-1.token@firma.example is us, too (RFC 5233). */
bool tk_desk_is_plus(const struct tk_desk *desk, const char *addr);
/* "Имя <a@b>", or the bare address; free(3). A name with characters that
 * mean something in a list of addresses is quoted (RFC 5322 section 3.2.4):
 * what is written here is parsed as a list again. */
char *tk_address_text(const struct tk_address *a);

/* The view that is kept beside the raw letter. */
void tk_letter_message(struct tk_message *m, const struct tk_desk *desk,
    const struct tk_letter *l, const char *rule);
/* Fields of the ticket that this letter opens. */
TK_MUST_CHECK enum tk_status tk_letter_open_fields(struct tk_yaml *set,
    const struct tk_desk *desk, const struct tk_letter *l,
    const struct tk_match *match, const struct tk_sender *sender,
    struct tk_err *err);
/* What an answer changes: who takes part from now on. */
TK_MUST_CHECK enum tk_status tk_letter_answer_fields(struct tk_yaml *set,
    struct tk_tx *tx, const struct tk_desk *desk, const struct tk_letter *l,
    const char *id, struct tk_err *err);

#endif
