/*
 * cells.h - columns of one's choice, and counts by a field.
 *
 * Purpose    What tk list shows with --columns and --group-by: any field of
 *            tk-query(7) that a ticket has one or several of.
 * Ownership  tk_cells_clear().
 * Units      Times are seconds since the epoch, spans minutes; 0: none.
 * Errors     TK_EUSAGE for a field that is no column.
 */
#ifndef TK_CELLS_H
#define TK_CELLS_H

#include "index/index.h"
#include "index/query.h"

enum tk_cell_kind {
	TK_CELL_TEXT,
	TK_CELL_NUMBER,
	TK_CELL_SPAN,
	TK_CELL_TIME,
};

struct tk_cell {
	char *text;     /* of TK_CELL_TEXT; "" is none */
	int64_t number; /* of all others */
};

struct tk_cells {
	struct tk_strv name;     /* of the columns */
	enum tk_cell_kind *kind;
	struct tk_cell *v;       /* row by row */
	size_t n, cap;
};
void tk_cells_clear(struct tk_cells *c);
size_t tk_cells_rows(const struct tk_cells *c);

/* Is there such a column? */
bool tk_cells_has(const char *name);

TK_MUST_CHECK enum tk_status tk_index_cells(struct tk_cells *out,
    struct tk_index *ix, const struct tk_query *q, const struct tk_strv *names,
    size_t limit, struct tk_err *err);
/* A row for each value of the field, and how many tickets have it, most
 * first; times by their day. */
TK_MUST_CHECK enum tk_status tk_index_groups(struct tk_cells *out,
    struct tk_index *ix, const struct tk_query *q, const char *name,
    struct tk_err *err);

#endif
