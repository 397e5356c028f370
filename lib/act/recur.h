/*
 * recur.h - recurring works become tickets, each time once.
 *
 * Purpose    What tk recur does from cron: an act "open" of actor tk for
 *            each time of a work that is due and has no ticket yet. The
 *            ticket's "work" says which time it is; the index finds it by
 *            that, in the transaction that opens the next.
 * Errors     TK_EREFUSED this is a clone, or the judge refused some; those
 *            are the lines of err, and the others were opened.
 */
#ifndef TK_RECUR_H
#define TK_RECUR_H

#include "act/act.h"
#include "desk/works.h"

/* id is "" where nothing was opened because it was only tried. */
typedef void (*tk_recur_fn)(
    const struct tk_occurrence *o, const char *id, void *arg);

TK_MUST_CHECK enum tk_status tk_recur(struct tk_desk *desk, bool dry_run,
    tk_recur_fn told, void *arg, struct tk_err *err);

/* One of them, in a transaction. */
TK_MUST_CHECK enum tk_status tk_recur_act(struct tk_tx *tx,
    struct tk_desk *desk, const struct tk_occurrence *o, struct tk_done *done,
    struct tk_err *err);

#endif
