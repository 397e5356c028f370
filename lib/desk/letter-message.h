/*
 * letter-message.h - what a letter says, as a message beside the raw letter.
 *
 * Purpose    Who sent it, whether a person did, and the view of it that the
 *            ticket keeps; nothing here decides which ticket it belongs to.
 */
#ifndef TK_LETTER_MESSAGE_H
#define TK_LETTER_MESSAGE_H

#include "desk/desk.h"
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

/* What a ticket is called after: the first 200 characters of the subject;
 * free(3). What a letter belongs to is decided by all of it. */
char *tk_letter_title(const struct tk_letter *l);

/* The view that is kept beside the raw letter. */
void tk_letter_message(struct tk_message *m, const struct tk_desk *desk,
    const struct tk_letter *l, const char *rule);

#endif
