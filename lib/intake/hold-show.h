/*
 * hold-show.h - letters that are held, for people and for programs.
 */
#ifndef TK_HOLD_SHOW_H
#define TK_HOLD_SHOW_H

#include "intake/hold.h"

/* To standard output, a line or a JSON object each. */
void tk_hold_print(const struct tk_held_list *l, bool json);
TK_MUST_CHECK enum tk_status tk_hold_print_blocked(
    struct tk_desk *desk, bool json, struct tk_err *err);
/* The letter as it would be read in a ticket. */
TK_MUST_CHECK enum tk_status tk_hold_show(
    const struct tk_held *h, struct tk_err *err);

#endif
