/* paper-csv - a report for programs and for sheets (RFC 4180). */
#include "view/csv.h"
#include "view/paper.h"

static void
add_table(struct tk_str *out, const struct tk_report_table *t, bool excel)
{
	const struct tk_report_cell *row;
	struct tk_str text = TK_STR_INIT;
	size_t at, i;

	for (i = 0; i < t->n; i++) {
		tk_str_reset(&text);
		if (excel)
			tk_paper_column(&text, &t->column[i]);
		else
			tk_str_add(&text, t->column[i].key);
		tk_csv_cell(out, text.data, i + 1 == t->n, excel, excel);
	}
	for (at = 0; at < t->n_cells; at += t->n) {
		row = &t->cell[at];
		for (i = 0; i < t->n; i++) {
			tk_str_reset(&text);
			tk_paper_value(&text, &t->column[i], &row[i],
			    excel ? TK_PAPER_EXCEL : TK_PAPER_PLAIN);
			/* A number below zero is none. */
			tk_csv_cell(out, text.data, i + 1 == t->n, excel,
			    excel && row[i].text != NULL);
		}
	}
	tk_str_clear(&text);
}

void
tk_paper_csv(struct tk_str *out, const struct tk_paper *p, bool excel)
{
	size_t i;

	tk_csv_start(out, excel);
	for (i = 0; i < p->n; i++) {
		if (i > 0)
			tk_str_add(out, "\r\n");
		add_table(out, &p->part[i], excel);
	}
}
