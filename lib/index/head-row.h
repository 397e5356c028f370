/*
 * head-row.h - a row of table ticket, and what of it is to be written.
 *
 * Purpose    Most acts change few fields of a ticket, and each column that is
 *            set costs a search in every look-up that it is part of. So the
 *            row there is is compared with the row there shall be. Included
 *            only by index*.c and head-row.c.
 * Ownership  tk_head_row_clear() what was read or made; {0} has no row.
 */
#ifndef TK_HEAD_ROW_H
#define TK_HEAD_ROW_H

#include "index/index.h"

struct tk_head_cell {
	char *text; /* NULL: a number */
	int64_t number;
};

struct tk_head_row {
	struct tk_head_cell *v; /* in the order of the columns */
	size_t n, cap;          /* n = 0: there is none */
};

/* The columns in SQL, as a table is made of them. */
void tk_head_row_columns(struct tk_str *sql);

void tk_head_row_make(struct tk_head_row *row, const struct tk_ticket *t,
    const char *log_sum, int64_t doc);
TK_MUST_CHECK enum tk_status tk_head_row_read(struct tk_head_row *row,
    struct tk_index *ix, const char *ticket, struct tk_err *err);
/* had: what tk_head_row_read() found in this transaction. */
TK_MUST_CHECK enum tk_status tk_head_row_put(struct tk_index *ix,
    const char *ticket, const struct tk_head_row *had,
    const struct tk_head_row *want, struct tk_err *err);
void tk_head_row_clear(struct tk_head_row *row);

/* A column's value: borrowed, never NULL; 0. */
const char *tk_head_row_text(const struct tk_head_row *row, const char *column);
int64_t tk_head_row_number(const struct tk_head_row *row, const char *column);

/* The SQL that a connection has made of them; NULL: none. */
struct tk_head_sql;
void tk_head_sql_free(struct tk_head_sql *s);

#endif
