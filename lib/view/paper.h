/*
 * paper.h - a report, in the forms that people and programs read.
 *
 * Purpose    The tables of a report with what it is about: as text with bars
 *            for a terminal, CSV, JSON, and one HTML page with charts that
 *            needs nothing else. What of one paper is written is the same
 *            bytes each time: there is no clock in it.
 * Ownership  A paper owns its texts and tables.
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_PAPER_H
#define TK_PAPER_H

#include <stdio.h>

#include "model/report.h"

struct tk_paper {
	char *name;     /* flow */
	char *title, *text; /* text: Markdown, or NULL */
	char *desk;     /* whose it is */
	char *query;    /* as it was asked; "" for all */
	char *period;   /* for people */
	int64_t from, to;
	char commit[41];
	const char *language;
	struct tk_report_table *part;
	size_t n;
};

void tk_paper_clear(struct tk_paper *p);

enum tk_paper_form {
	TK_PAPER_HUMAN, /* 2h 05m, 12 500.00 RUB */
	TK_PAPER_PLAIN, /* seconds, minutes, 12500.00; ids */
	TK_PAPER_EXCEL, /* as sheets want it: 2:05, 12500,00; names */
};

/* A cell; appended. Nothing is "-" for people and empty otherwise. */
void tk_paper_value(struct tk_str *out, const struct tk_report_column *c,
    const struct tk_report_cell *cell, enum tk_paper_form form);
/* "First answer, median". */
void tk_paper_column(struct tk_str *out, const struct tk_report_column *c);
/* The largest value of a column; 0: all are nothing. */
int64_t tk_paper_max(const struct tk_report_table *t, size_t column);

/* width 0: not a terminal's. */
void tk_paper_text(FILE *to, const struct tk_paper *p, size_t width,
    bool colour);
/* The tables one after the other, an empty line between them. excel: with
 * BOM, semicolons, titles and names in the reader's language. */
void tk_paper_csv(struct tk_str *out, const struct tk_paper *p, bool excel);
/* One object a line: the report, then each row. */
void tk_paper_json(struct tk_str *out, const struct tk_paper *p);
void tk_paper_html(struct tk_str *out, const struct tk_paper *p);
/* The chart of a table, as an SVG element; nothing where it has none. */
void tk_paper_svg(struct tk_str *out, const struct tk_report_table *t);

#endif
