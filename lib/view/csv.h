/*
 * csv.h - a table for programs and for sheets.
 *
 * Purpose    RFC 4180; for a sheet with BOM and semicolons, as the sheets of
 *            our countries want it, and no text taken for a formula. Foreign
 *            text goes through tk_utf8_safe().
 */
#ifndef TK_CSV_H
#define TK_CSV_H

#include "base/str.h"

/* Begin the file. */
void tk_csv_start(struct tk_str *out, bool excel);
/* The next cell; last ends the row. guard: text that a sheet would take for a
 * formula gets an apostrophe before it. */
void tk_csv_cell(struct tk_str *out, const char *text, bool last, bool excel,
    bool guard);

#endif
