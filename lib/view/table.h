/*
 * table.h - rows in columns that line up.
 *
 * Purpose    Lists for people. Foreign text goes through tk_utf8_safe();
 *            widths are those of the terminal's cells, so Cyrillic, CJK and
 *            marks line up.
 * Ownership  A table copies its cells and borrows the columns.
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_TABLE_H
#define TK_TABLE_H

#include <stdio.h>

#include "view/term.h"

struct tk_column {
	const char *title; /* in the reader's language */
	size_t min, max;   /* on a terminal; max 0: as wide as its cells */
	bool right;        /* numbers */
	bool flexible;     /* shrinks first where room is short; one of them.
			    * In a whole table: its text may take lines. */
	bool key;          /* names the row; the first ones do */
};

struct tk_table_how {
	size_t width;   /* 0: no terminal, nothing is cut */
	bool colour;
	bool no_header;
	/* Nothing is lost: titles and texts take several lines, and columns
	 * for which there is no room come below, with the keys again. */
	bool whole;
};

struct tk_table;

struct tk_table *tk_table_new(const struct tk_column *columns, size_t n);
void tk_table_free(struct tk_table *t);

/* The next cell; a row is full after as many as there are columns. NULL is
 * an empty cell. */
void tk_table_add(struct tk_table *t, const char *text, enum tk_style style);
size_t tk_table_rows(const struct tk_table *t);

/* How wide all of it is, with its header; wrapped: with titles in lines of
 * one word. */
size_t tk_table_width(const struct tk_table *t, bool wrapped);
/* As term.h says for standard output. */
struct tk_table_how tk_table_how(void);
/* Nothing, not even the header, for a table without rows. Never wider than
 * the terminal: columns shrink, at last those at the right are cut off. */
void tk_table_print(
    FILE *to, const struct tk_table *t, const struct tk_table_how *how);

#endif
