/*
 * report.h - what a report is made of, and what comes out of it.
 *
 * Purpose    A file of reports/ (tk-reports(5)), ours and a desk's own alike:
 *            parts, each a table over facts of one kind, grouped by fields,
 *            with measures; and the tables that are made from it. Which
 *            facts, fields and measures there are is known to the store.
 * Ownership  A report owns its parts, a table its cells; titles of columns
 *            are borrowed literals.
 * Units      See tk_unit.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_REPORT_H
#define TK_REPORT_H

#include "model/by-language.h"

struct tk_report_part {
	struct tk_by_language title;
	char *of;             /* facts: tickets, steps, spent ... */
	char *at;             /* which time lies in the period; NULL: theirs */
	char *query;          /* of tk-query(7), or NULL */
	struct tk_strv by;    /* fields; none: one row */
	struct tk_strv show;  /* measures */
	struct tk_strv chart; /* those of them that are drawn */
	char *sort;           /* a column, "-" in front: the largest first */
	int64_t limit;        /* rows at most; 0: all */
	int64_t least;        /* the first measure of a group; 0: any */
	bool total;
	unsigned line;
};

struct tk_report {
	char *name, *path;
	struct tk_by_language title, text;
	char *period; /* month, last-month ...; NULL: month */
	struct tk_report_part *part;
	size_t n, cap;
};

TK_MUST_CHECK enum tk_status tk_report_read(struct tk_report **out,
    const char *name, const char *data, size_t len, const char *path,
    struct tk_err *err);
void tk_report_free(struct tk_report *r);

enum tk_unit {
	TK_UNIT_TEXT,
	TK_UNIT_NUMBER,
	TK_UNIT_SECONDS,
	TK_UNIT_MINUTES,
	TK_UNIT_PERMILLE,   /* shown as a percentage */
	TK_UNIT_HUNDREDTHS, /* marks */
	TK_UNIT_MONEY,      /* kopecks, cents */
	TK_UNIT_TIME,       /* since the epoch */
};

struct tk_report_column {
	char *key;          /* client, answer.median */
	const char *title;  /* N_(); of the measure */
	const char *stat;   /* N_(); "median", or NULL */
	const char *label;  /* kind of its labels (client, staff), or NULL */
	enum tk_unit unit;
	bool group;         /* a field that the rows are grouped by */
	bool running;       /* a level, not a quantity: it has no sum */
	bool chart;
};

struct tk_report_cell {
	char *text;         /* as the files have it; NULL: nothing */
	char *name;         /* for people; NULL: the text, or the number */
	char *of;           /* of a state: the type its tickets all have */
	int64_t number;     /* where it is no text */
	bool none;
};

struct tk_report_table {
	char *title;
	struct tk_report_column *column;
	size_t n, cap;
	struct tk_report_cell *cell; /* row by row */
	size_t n_cells, cells_cap;
	struct tk_report_cell *total; /* a row, or NULL */
};

size_t tk_report_table_rows(const struct tk_report_table *t);
/* A column more, with that key; zeroed otherwise. */
struct tk_report_column *tk_report_table_column(
    struct tk_report_table *t, const char *key);
/* One more cell, empty. */
struct tk_report_cell *tk_report_table_cell(struct tk_report_table *t);
void tk_report_table_clear(struct tk_report_table *t);

#endif
