/*
 * hold-decide.h - what a person decides about letters that are held.
 *
 * Errors     TK_ENOENT, TK_EUSAGE: the name; TK_EDENIED: the regulation does
 *            not let this person; TK_EREFUSED: not at the gate.
 */
#ifndef TK_HOLD_DECIDE_H
#define TK_HOLD_DECIDE_H

#include "intake/deliver.h"
#include "intake/hold.h"

enum tk_hold_verdict {
	TK_HOLD_ACCEPT,
	TK_HOLD_REJECT, /* the sender is told, unless is_silent */
	TK_HOLD_BLOCK,  /* rejected silently, and all that come from there */
};

struct tk_hold_decision {
	enum tk_hold_verdict verdict;
	const char *text; /* for the sender, or why blocked; or NULL */
	bool is_silent;
	/* An accepted letter, as tk_deliver_files() tells of it. */
	void (*told)(const struct tk_delivered *d, void *arg);
	void *arg;
};

TK_MUST_CHECK enum tk_status tk_hold_decide(struct tk_desk *desk,
    const struct tk_held *h, const struct tk_hold_decision *decision,
    struct tk_err *err);

/* May the desk's actor do this: accept and reject with "open", block with
 * "client" (tk-regulation(5), roles). */
TK_MUST_CHECK enum tk_status tk_hold_may(
    struct tk_desk *desk, const char *act, struct tk_err *err);
/* An address or "@domain" put on the list, or taken off. */
TK_MUST_CHECK enum tk_status tk_hold_block(struct tk_desk *desk,
    const char *address, const char *why, bool remove, struct tk_err *err);

#endif
