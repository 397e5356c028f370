/* paper - a report: what its cells say. */
#include "view/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/utf8.h"

void
tk_paper_clear(struct tk_paper *p)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		tk_report_table_clear(&p->part[i]);
	free(p->part);
	free(p->name);
	free(p->title);
	free(p->text);
	free(p->desk);
	free(p->query);
	free(p->period);
	memset(p, 0, sizeof(*p));
}

/* The decimal sign that people of this language write. */
static const char *
point(enum tk_paper_form form)
{
	/* What stands between the whole and the hundredths: a comma in most
	 * languages. */
	return form == TK_PAPER_PLAIN ? "." : _(".");
}

static void
add_decimal(struct tk_str *out, int64_t n, int64_t unit, int digits,
    enum tk_paper_form form)
{
	int64_t whole = (n < 0 ? -n : n) / unit, rest = (n < 0 ? -n : n) % unit;
	char text[24];
	size_t len, i;

	snprintf(text, sizeof(text), "%lld", (long long)whole);
	len = strlen(text);
	if (n < 0)
		tk_str_add_char(out, '-');
	for (i = 0; i < len; i++) {
		/* Thousands apart, by a blank that does not break. */
		if (form == TK_PAPER_HUMAN && i > 0 && (len - i) % 3 == 0 &&
		    len > 4)
			tk_str_add(out, "\302\240");
		tk_str_add_char(out, text[i]);
	}
	if (digits > 0)
		tk_str_addf(
		    out, "%s%0*lld", point(form), digits, (long long)rest);
}

static void
add_span(struct tk_str *out, int64_t seconds, enum tk_paper_form form)
{
	long long minutes = ((seconds < 0 ? -seconds : seconds) + 30) / 60;

	if (seconds < 0 && minutes > 0)
		tk_str_add_char(out, '-');
	if (form == TK_PAPER_EXCEL)
		tk_str_addf(out, "%lld:%02lld", minutes / 60, minutes % 60);
	else if (minutes < 60)
		tk_str_addf(out, _("%lldm"), minutes);
	else
		tk_str_addf(
		    out, _("%lldh %02lldm"), minutes / 60, minutes % 60);
}

static void
add_number(
    struct tk_str *out, enum tk_unit unit, int64_t n, enum tk_paper_form form)
{
	switch (unit) {
	case TK_UNIT_TEXT:
	case TK_UNIT_NUMBER:
		add_decimal(out, n, 1, 0, form);
		break;
	case TK_UNIT_SECONDS:
	case TK_UNIT_MINUTES:
		if (form == TK_PAPER_PLAIN)
			tk_str_addf(out, "%lld", (long long)n);
		else
			add_span(
			    out, unit == TK_UNIT_MINUTES ? n * 60 : n, form);
		break;
	case TK_UNIT_PERMILLE:
		add_decimal(out, n, 10, 1, form);
		tk_str_add(out, form == TK_PAPER_HUMAN ? "%" : "");
		break;
	case TK_UNIT_HUNDREDTHS:
	case TK_UNIT_MONEY:
		add_decimal(out, n, 100, 2, form);
		break;
	case TK_UNIT_TIME:
		if (form == TK_PAPER_PLAIN)
			tk_date_rfc3339(out, n);
		else
			tk_date_human(out, n);
		break;
	}
}

void
tk_paper_value(struct tk_str *out, const struct tk_report_column *c,
    const struct tk_report_cell *cell, enum tk_paper_form form)
{
	const char *text = cell->text;

	if (form != TK_PAPER_PLAIN && cell->name != NULL)
		text = cell->name;
	if (!cell->none && text == NULL) {
		add_number(out, c->unit, cell->number, form);
		return;
	}
	if (cell->none || text[0] == '\0')
		tk_str_add(out, form == TK_PAPER_HUMAN ? "-" : "");
	else
		tk_utf8_safe(out, text, false);
}

void
tk_paper_column(struct tk_str *out, const struct tk_report_column *c)
{
	tk_str_add(out, _(c->title));
	if (c->stat != NULL && c->stat[0] != '\0')
		tk_str_addf(out, ", %s", _(c->stat));
}

int64_t
tk_paper_max(const struct tk_report_table *t, size_t column)
{
	int64_t max = 0;
	size_t i;

	for (i = column; i < t->n_cells; i += t->n)
		if (!t->cell[i].none && t->cell[i].number > max)
			max = t->cell[i].number;
	return max;
}
