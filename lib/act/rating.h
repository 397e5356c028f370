/*
 * rating.h - how the client found our work.
 *
 * Purpose    After a ticket was closed the client is asked, where the
 *            regulation says so; his answer comes to an address that holds
 *            for this closing of this ticket alone, or as one digit in an
 *            answer to that very letter. One rating for each closing.
 * Forging    The address has a keyed hash of ticket and closing; the letter's
 *            Message-ID is random. Both are known to whom the letter was
 *            sent, and who rates must take part in the ticket besides.
 * Errors     Those of act.h.
 */
#ifndef TK_RATING_H
#define TK_RATING_H

#include "act/act.h"

/* The number of the log entry that closed it, from 1; 0: it is open. */
size_t tk_rating_closing(
    const struct tk_regulation *r, const struct tk_ticket *t);

/* support+TK-1.r5-12-0123456789ab@firma.example: appended. digit 0: not
 * said yet. */
void tk_rating_address(struct tk_str *out, const struct tk_desk *desk,
    const char *id, size_t closing, int digit);
/* A line for each digit with its address, the best first; nothing where
 * letters to plus-addresses do not arrive, or where it is not asked. */
void tk_rating_links(struct tk_str *out, const struct tk_desk *desk,
    const struct tk_ticket *t);

/* Ask whom we have not asked of tickets closed in the last two days. Each in
 * a transaction of its own; what is refused is left. Only at the gate. */
TK_MUST_CHECK enum tk_status tk_rating_ask(
    struct tk_desk *desk, struct tk_err *err);

#endif
