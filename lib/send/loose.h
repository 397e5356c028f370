/*
 * loose.h - letters in the outbox that belong to no ticket.
 *
 * Purpose    Automatic letters to those whose own letter became no ticket:
 *            to whom is in the letter itself, the envelope sender is <>, and
 *            there is no log to record them in.
 */
#ifndef TK_LOOSE_H
#define TK_LOOSE_H

#include "send/parcel.h"

#define TK_LOOSE "loose_" /* their names in the outbox begin so */

/* Their parcels, put into the run: ticket "-", message: the name. */
TK_MUST_CHECK enum tk_status tk_loose_gather(
    struct tk_send_run *r, struct tk_err *err);
/* Each that is due, handed over; what is sent or failed is forgotten. */
void tk_loose_send(struct tk_send_run *r);

#endif
