/*
 * match.h - which ticket a letter belongs to.
 *
 * Purpose    First hit wins: the letter a bounce is about; the plus-address
 *            token; In-Reply-To and References against every Message-ID that
 *            came in or went out; the subject tag, only from a participant or
 *            the same client. A merely similar subject joins nothing.
 * Source     RFC 3464, RFC 5233, RFC 5322 section 3.6.4.
 */
#ifndef TK_MATCH_H
#define TK_MATCH_H

#include "desk/desk.h"
#include "mail/letter.h"

struct tk_match {
	char ticket[64];  /* "": none, a new ticket */
	char rule[200];   /* which rule decided: "in-reply-to <id>" */
	char follows[64]; /* new ticket because this one was closed long ago */
	bool duplicate;   /* the very letter is there already, in ticket */
};

/* Its Message-ID; a letter without one is known by its content. malloc'd. */
char *tk_letter_id(const struct tk_letter *letter);

TK_MUST_CHECK enum tk_status tk_match_letter(struct tk_match *out,
    struct tk_tx *tx, struct tk_desk *desk, const struct tk_letter *letter,
    struct tk_err *err);

/* Does this address take part in the ticket: wrote or was written to, is on
 * the staff, or is of the ticket's client? */
TK_MUST_CHECK enum tk_status tk_match_belongs(bool *may, struct tk_tx *tx,
    const struct tk_desk *desk, const char *from, const char *id,
    struct tk_err *err);

#endif
