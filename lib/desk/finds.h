/*
 * finds.h - what was found, for people and for programs.
 *
 * Purpose    On a terminal two lines for each: the ticket, and below it the
 *            place; in a pipe one line.
 */
#ifndef TK_FINDS_H
#define TK_FINDS_H

#include "desk/search.h"

/* With the newline; appended. */
void tk_finds_text(struct tk_str *out, const struct tk_find *f);
void tk_finds_json(struct tk_str *out, const struct tk_find *f);

#endif
