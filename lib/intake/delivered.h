/*
 * delivered.h - what is said of a letter that was taken in.
 *
 * Purpose    tk-deliver(1) prints it: a line for people and logs, or a line
 *            of JSON for programs. Appended without a newline.
 */
#ifndef TK_DELIVERED_H
#define TK_DELIVERED_H

#include "intake/deliver.h"

/* verbose: also why there was no acknowledgement. */
void tk_delivered_line(struct tk_str *out, const struct tk_delivered *d,
    bool has_desk, bool dry_run, bool verbose);
/* explain: with the rules that were tried. */
void tk_delivered_json(struct tk_str *out, const struct tk_delivered *d,
    bool has_desk, bool explain);

#endif
