/*
 * intake.h - a letter becomes a ticket or joins one.
 *
 * Purpose    The act for one letter inside a transaction, and the
 *            acknowledgement where the regulation wants one.
 * Ownership  The letter and its raw bytes are borrowed.
 * Errors     TK_EREFUSED, TK_EINPUT: this letter cannot be taken in (it
 *            belongs in quarantine with the text); others go on.
 */
#ifndef TK_INTAKE_H
#define TK_INTAKE_H

#include "desk/desk.h"
#include "mail/letter.h"

struct tk_intake {
	char ticket[64];
	char message[32];  /* "" for a duplicate */
	char act[16];      /* open answer auto bounce duplicate */
	char rule[200];    /* why this ticket */
	char from[64], to[64]; /* states */
	char ack[300];     /* "sent to ADDRESS", or why there is none */
};

TK_MUST_CHECK enum tk_status tk_intake_letter(struct tk_intake *out,
    struct tk_tx *tx, struct tk_desk *desk, const struct tk_letter *letter,
    const struct tk_str *raw, struct tk_err *err);

/* Read, and refuse what no gateway should take: over 50 Received headers, no
 * sender. The text is the reason for the quarantine. */
TK_MUST_CHECK enum tk_status tk_intake_read(struct tk_letter *letter,
    const struct tk_str *raw, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_intake_read_as(struct tk_letter *letter,
    const struct tk_str *raw, const struct tk_reading *known,
    struct tk_err *err);
/* Read it again with what the desk knows: the charset of the sender's earlier
 * letters, where this one has too few to tell; the keys, where it is signed or
 * encrypted. */
TK_MUST_CHECK enum tk_status tk_intake_again(struct tk_letter *letter,
    struct tk_tx *tx, const struct tk_desk *desk, const struct tk_str *raw,
    struct tk_err *err);

#endif
