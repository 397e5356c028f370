/*
 * rows.h - tickets as a table, a line for each.
 *
 * Purpose    tk list, tk alone, tk client show.
 */
#ifndef TK_ROWS_H
#define TK_ROWS_H

#include <stdio.h>

#include "desk/desk.h"

/* The first limit of them. On a terminal with column names, unless no_header
 * is set, and with ages instead of dates; urgent are the priorities that stand
 * out there. */
void tk_rows_print(FILE *to, const struct tk_rows *rows, size_t limit,
    const struct tk_strv *urgent, bool no_header);

#endif
