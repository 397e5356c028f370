/* paper-csv - a report for programs and for sheets (RFC 4180). */
#include <string.h>

#include "view/paper.h"

/* A sheet takes what begins with these for a formula, whoever wrote it. */
static bool
is_formula(const char *text)
{
	return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static void
add_text(struct tk_str *out, const char *text, bool excel)
{
	const char *p;
	bool quote = strpbrk(text, ",;\"\r\n") != NULL;

	if (quote)
		tk_str_add_char(out, '"');
	if (excel && is_formula(text))
		tk_str_add_char(out, '\'');
	for (p = text; *p != '\0'; p++) {
		if (*p == '"')
			tk_str_add_char(out, '"');
		tk_str_add_char(out, *p);
	}
	if (quote)
		tk_str_add_char(out, '"');
}

static void
end_cell(struct tk_str *out, bool last, bool excel)
{
	tk_str_add(out, last ? "\r\n" : excel ? ";" : ",");
}

static void
add_table(struct tk_str *out, const struct tk_report_table *t, bool excel)
{
	const struct tk_report_cell *row;
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; i < t->n; i++) {
		tk_str_reset(&text);
		if (excel)
			tk_paper_column(&text, &t->column[i]);
		else
			tk_str_add(&text, t->column[i].key);
		add_text(out, text.data, excel);
		end_cell(out, i + 1 == t->n, excel);
	}
	for (row = t->cell; row < t->cell + t->n_cells; row += t->n)
		for (i = 0; i < t->n; i++) {
			tk_str_reset(&text);
			tk_paper_value(&text, &t->column[i], &row[i],
			    excel ? TK_PAPER_EXCEL : TK_PAPER_PLAIN);
			/* A number below zero is none. */
			add_text(out, text.data, excel && row[i].text != NULL);
			end_cell(out, i + 1 == t->n, excel);
		}
	tk_str_clear(&text);
}

void
tk_paper_csv(struct tk_str *out, const struct tk_paper *p, bool excel)
{
	size_t i;

	if (excel)
		tk_str_add(out, "\357\273\277");
	for (i = 0; i < p->n; i++) {
		if (i > 0)
			tk_str_add(out, "\r\n");
		add_table(out, &p->part[i], excel);
	}
}
