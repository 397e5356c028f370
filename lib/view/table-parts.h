/*
 * table-parts.h - what the files of a table share.
 *
 * Purpose    How rows are kept, for those that lay them out: table.c cuts what
 *            is too wide, table-whole.c finds another place for it.
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_TABLE_PARTS_H
#define TK_TABLE_PARTS_H

#include <stdint.h>

#include "base/str.h"
#include "view/table.h"

#define TK_TABLE_GAP 2 /* between two columns, where there is room */

struct tk_cell {
	uint32_t width;
	uint32_t len; /* bytes that follow, without their NUL */
	uint8_t style;
};

struct tk_table {
	const struct tk_column *column;
	size_t n;
	size_t *widest; /* of each column's cells */
	size_t cells;
	/* Each cell's struct, its text and a NUL, one after another: a list
	 * may have a million rows. */
	struct tk_str data;
};

void tk_table_blanks(struct tk_str *out, size_t n);
/* Blanks at the end of a row are of no use in a terminal nor in a file. The
 * row is empty then. */
void tk_table_end_row(struct tk_str *row, FILE *to);
void tk_table_print_whole(
    FILE *to, const struct tk_table *t, const struct tk_table_how *how);

#endif
