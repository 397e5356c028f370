/* paper-text - a report for a terminal, with bars. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "view/paper.h"
#include "view/table.h"
#include "view/wrap.h"

#define BAR 20     /* columns of the longest bar */
#define BAR_MIN 10 /* a shorter one says nothing */

/* Eighths of a column. */
static void
add_bar(struct tk_str *out, int64_t n, int64_t max, int64_t longest)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊",
		"▉" };
	int64_t part;

	if (n <= 0 || max <= 0)
		return;
	longest *= 8;
	part = n > INT64_MAX / longest ? longest * (n / 1024) / (max / 1024)
				       : (n * longest + max / 2) / max;
	if (part == 0)
		part = 1;
	for (; part >= 8; part -= 8)
		tk_str_add(out, "█");
	tk_str_add(out, eighths[part]);
}

/* The column that is drawn behind the last one; n: none. */
static size_t
bar_column(const struct tk_report_table *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->column[i].chart && tk_paper_max(t, i) > 0)
			break;
	return i;
}

struct bars {
	size_t column;
	size_t longest; /* columns of a terminal; 0: there are none */
	int64_t max;    /* that is the longest one */
};

static void
add_row(struct tk_table *out, const struct tk_report_table *t,
    const struct tk_report_cell *row, bool total, const struct bars *bars)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; i < t->n; i++) {
		tk_str_reset(&text);
		if (total && i == 0 && row[i].none)
			tk_str_add(&text, _("Total"));
		else if (!total || !row[i].none)
			tk_paper_value(
			    &text, &t->column[i], &row[i], TK_PAPER_HUMAN);
		tk_table_add(out, text.data, total ? TK_BOLD : TK_PLAIN);
	}
	if (bars->longest > 0) {
		tk_str_reset(&text);
		if (!total && !row[bars->column].none)
			add_bar(&text, row[bars->column].number, bars->max,
			    (int64_t)bars->longest);
		tk_table_add(out, text.data, TK_BLUE);
	}
	tk_str_clear(&text);
}

/* One more than there are: that of the bars. */
static struct tk_column *
new_columns(const struct tk_report_table *t)
{
	struct tk_column *columns = tk_calloc(t->n + 1, sizeof(*columns));
	struct tk_str title = TK_STR_INIT;
	size_t i;

	for (i = 0; i < t->n; i++) {
		tk_paper_column(&title, &t->column[i]);
		columns[i].title = tk_str_detach(&title);
		columns[i].right = t->column[i].unit != TK_UNIT_TEXT &&
		    t->column[i].unit != TK_UNIT_TIME;
		columns[i].flexible = t->column[i].unit == TK_UNIT_TEXT;
		columns[i].key = t->column[i].group;
	}
	columns[t->n].title = tk_strdup("");
	return columns;
}

static struct tk_table *
new_table(const struct tk_report_table *t, const struct tk_column *columns,
    const struct bars *bars)
{
	struct tk_table *out =
	    tk_table_new(columns, t->n + (bars->longest > 0 ? 1 : 0));
	size_t i;

	for (i = 0; i < t->n_cells; i += t->n)
		add_row(out, t, &t->cell[i], false, bars);
	if (t->total != NULL && t->n_cells > 0)
		add_row(out, t, t->total, true, bars);
	return out;
}

/* Columns that a bar may take: figures come first. */
static size_t
room_for_bars(const struct tk_table *t, size_t width)
{
	size_t used = tk_table_width(t, false) + 2;

	if (used + BAR > width)
		used = tk_table_width(t, true) + 2;
	if (used + BAR_MIN > width)
		return 0;
	return width - used < BAR ? width - used : BAR;
}

static void
print_table(
    FILE *to, const struct tk_report_table *t, size_t width, bool colour)
{
	struct tk_table_how how = {
		.width = width, .colour = colour, .whole = true
	};
	struct tk_column *columns = new_columns(t);
	struct bars bars = { .column = bar_column(t) };
	const char *text;
	struct tk_table *out = new_table(t, columns, &bars);
	size_t i;

	if (bars.column < t->n) {
		bars.longest = room_for_bars(out, width);
		bars.max = tk_paper_max(t, bars.column);
	}
	if (bars.longest > 0) {
		/* Of what they are, where it does not stand beside them. */
		text = columns[bars.column].title;
		if (bars.column + 1 < t->n &&
		    tk_wrap_word(text) <= bars.longest) {
			free((void *)(uintptr_t)columns[t->n].title);
			columns[t->n].title = tk_strdup(text);
		}
		tk_table_free(out);
		out = new_table(t, columns, &bars);
	}
	tk_table_print(to, out, &how);
	tk_table_free(out);
	for (i = 0; i <= t->n; i++)
		free((void *)(uintptr_t)columns[i].title);
	free(columns);
}

static void
print_line(FILE *to, bool colour, enum tk_style style, const char *text)
{
	struct tk_str line = TK_STR_INIT;

	tk_term_paint(&line, colour, style, text);
	fprintf(to, "%s\n", line.data);
	tk_str_clear(&line);
}

void
tk_paper_text(FILE *to, const struct tk_paper *p, size_t width, bool colour)
{
	const struct tk_report_table *t;
	struct tk_str line = TK_STR_INIT;
	size_t i;

	tk_str_addf(&line, "%s: %s", p->desk, p->title);
	print_line(to, colour, TK_BOLD, line.data);
	tk_str_reset(&line);
	tk_str_addf(&line, _("period %s, tickets: %s, commit %.12s"), p->period,
	    p->query[0] != '\0' ? p->query : _("all"), p->commit);
	print_line(to, colour, TK_DIM, line.data);
	for (i = 0; i < p->n; i++) {
		t = &p->part[i];
		fputc('\n', to);
		if (t->title != NULL)
			print_line(to, colour, TK_BOLD, t->title);
		if (t->n_cells == 0)
			print_line(to, colour, TK_DIM, _("nothing"));
		else
			print_table(to, t, width, colour);
	}
	tk_str_clear(&line);
}
