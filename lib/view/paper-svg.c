/* paper-svg - the chart of a table, as an SVG element. */
#include <string.h>

#include "base/utf8.h"
#include "view/paper.h"
#include "view/xml.h"

/* All in pixels. */
#define WIDTH 720
#define HEIGHT 240 /* of columns over time */
#define LEFT 60    /* of them: the numbers beside the grid */
#define FOOT 40    /* the names below it */
#define NAME 200   /* room for the names beside bars */
#define VALUE 100  /* and for their values */
#define BAR 14
#define SERIES 4 /* at most; there are colours for no more */
#define ROWS 40  /* bars at most */
#define NAMES 12 /* below columns at most */
#define NAME_COLUMNS 26

struct chart {
	struct tk_str *out;
	const struct tk_report_table *t;
	size_t column[SERIES], n; /* that are drawn */
	size_t rows;
	int64_t max;
};

static const struct tk_report_cell *
cell_of(const struct chart *c, size_t row, size_t column)
{
	return &c->t->cell[row * c->t->n + column];
}

static int64_t
number_of(const struct chart *c, size_t row, size_t series)
{
	const struct tk_report_cell *cell = cell_of(c, row, c->column[series]);

	return cell->none || cell->number < 0 ? 0 : cell->number;
}

/* Length of a value, where max is the whole; tenths of a pixel. */
static long long
length_of(const struct chart *c, int64_t n, int64_t whole)
{
	return n > INT64_MAX / (whole * 10)
	    ? (long long)(n / (c->max / (whole * 10)))
	    : (long long)(n * whole * 10 / c->max);
}

static void
add_text(struct tk_str *out, int64_t x, int64_t y, const char *anchor,
    const char *text)
{
	tk_str_addf(out, "<text x=\"%lld\" y=\"%lld\" text-anchor=\"%s\">",
	    (long long)x, (long long)y, anchor);
	tk_xml_add(out, text);
	tk_str_add(out, "</text>\n");
}

static void
add_value(const struct chart *c, size_t series, int64_t n, int64_t x, int64_t y,
    const char *anchor)
{
	const struct tk_report_cell cell = { .number = n };
	struct tk_str text = TK_STR_INIT;

	tk_paper_value(
	    &text, &c->t->column[c->column[series]], &cell, TK_PAPER_HUMAN);
	add_text(c->out, x, y, anchor, text.data);
	tk_str_clear(&text);
}

static void
add_name(
    const struct chart *c, size_t row, int64_t x, int64_t y, const char *anchor)
{
	struct tk_str text = TK_STR_INIT, cut = TK_STR_INIT;

	tk_paper_value(
	    &text, &c->t->column[0], cell_of(c, row, 0), TK_PAPER_HUMAN);
	tk_utf8_fit(&cut, text.data, NAME_COLUMNS, false);
	add_text(c->out, x, y, anchor, cut.data);
	tk_str_clear(&text);
	tk_str_clear(&cut);
}

static void
add_rect(struct tk_str *out, size_t series, long long x, long long y,
    long long w, long long h)
{
	tk_str_addf(out,
	    "<rect class=\"c%zu\" x=\"%lld.%lld\" y=\"%lld.%lld\""
	    " width=\"%lld.%lld\" height=\"%lld.%lld\"/>\n",
	    series, x / 10, x % 10, y / 10, y % 10, w / 10, w % 10, h / 10,
	    h % 10);
}

static void
begin(const struct chart *c, int64_t height)
{
	tk_str_addf(c->out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""
	    " viewBox=\"0 0 %d %lld\">\n",
	    WIDTH, (long long)height);
	if (c->t->title == NULL)
		return;
	tk_str_add(c->out, "<title>");
	tk_xml_add(c->out, c->t->title);
	tk_str_add(c->out, "</title>\n");
}

/* What the colours mean; on one line. */
static void
add_legend(const struct chart *c, int64_t y)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; i < c->n; i++) {
		tk_str_reset(&text);
		tk_paper_column(&text, &c->t->column[c->column[i]]);
		add_rect(c->out, i, (LEFT + (long long)i * 160) * 10,
		    (y - 10) * 10, 100, 100);
		add_text(c->out, LEFT + (int64_t)i * 160 + 16, y, "start",
		    text.data);
	}
	tk_str_clear(&text);
}

/* Levels are lines, quantities columns side by side. */
static void
add_series(const struct chart *c, size_t series, long long step)
{
	bool line = c->t->column[c->column[series]].running;
	long long x, h, wide = step * 7 / 10 / (long long)c->n;
	size_t i;

	if (line)
		tk_str_addf(
		    c->out, "<polyline class=\"c%zu\" points=\"", series);
	for (i = 0; i < c->rows; i++) {
		x = LEFT * 10 + (long long)i * step;
		h = length_of(c, number_of(c, i, series), HEIGHT);
		if (line)
			tk_str_addf(c->out, "%lld,%lld ", (x + step / 2) / 10,
			    (HEIGHT * 10 + 200 - h) / 10);
		else
			add_rect(c->out, series,
			    x + step * 15 / 100 + (long long)series * wide,
			    HEIGHT * 10 + 200 - h, wide, h);
	}
	tk_str_add(c->out, line ? "\" style=\"fill:none\"/>\n" : "");
}

static void
draw_columns(const struct chart *c)
{
	long long step = (WIDTH - LEFT - 10) * 10 / (long long)c->rows;
	size_t every = (c->rows + NAMES - 1) / NAMES, i;
	int64_t y;

	begin(c, HEIGHT + 20 + FOOT + 20);
	for (i = 0; i <= 2; i++) {
		y = 20 + HEIGHT - HEIGHT * (int64_t)i / 2;
		tk_str_addf(c->out,
		    "<line class=\"grid\" x1=\"%d\" y1=\"%lld\" x2=\"%d\""
		    " y2=\"%lld\"/>\n",
		    LEFT, (long long)y, WIDTH, (long long)y);
		if (i != 1 || c->max % 2 == 0)
			add_value(c, 0, c->max * (int64_t)i / 2, LEFT - 6,
			    y + 4, "end");
	}
	for (i = 0; i < c->n; i++)
		add_series(c, i, step);
	for (i = 0; i < c->rows; i += every)
		add_name(c, i, LEFT + ((int64_t)i * step + step / 2) / 10,
		    HEIGHT + 38, "middle");
	add_legend(c, HEIGHT + 20 + FOOT + 10);
	tk_str_add(c->out, "</svg>");
}

static void
draw_bars(struct chart *c)
{
	int64_t row = (int64_t)c->n * (BAR + 2) + 8, y;
	size_t i, k;

	if (c->rows > ROWS)
		c->rows = ROWS;
	begin(c, row * (int64_t)c->rows + 30);
	for (i = 0; i < c->rows; i++) {
		y = row * (int64_t)i + 4;
		add_name(c, i, NAME - 8, y + row / 2, "end");
		for (k = 0; k < c->n; k++, y += BAR + 2) {
			add_rect(c->out, k, NAME * 10, y * 10,
			    length_of(
				c, number_of(c, i, k), WIDTH - NAME - VALUE),
			    BAR * 10);
			if (!cell_of(c, i, c->column[k])->none)
				add_value(c, k, number_of(c, i, k),
				    NAME + 6 +
					length_of(c, number_of(c, i, k),
					    WIDTH - NAME - VALUE) /
					    10,
				    y + BAR - 2, "start");
		}
	}
	add_legend(c, row * (int64_t)c->rows + 22);
	tk_str_add(c->out, "</svg>");
}

static bool
is_time(const char *key)
{
	return strcmp(key, "day") == 0 || strcmp(key, "week") == 0 ||
	    strcmp(key, "month") == 0 || strcmp(key, "year") == 0 ||
	    strcmp(key, "hour") == 0 || strcmp(key, "weekday") == 0;
}

void
tk_paper_svg(struct tk_str *out, const struct tk_report_table *t)
{
	struct chart c = { .out = out, .t = t };
	int64_t max;
	size_t i;

	c.rows = tk_report_table_rows(t);
	for (i = 0; i < t->n && c.n < SERIES; i++) {
		/* One scale is for values of one kind. */
		if (!t->column[i].chart ||
		    (c.n > 0 &&
			t->column[i].unit != t->column[c.column[0]].unit))
			continue;
		max = tk_paper_max(t, i);
		c.max = max > c.max ? max : c.max;
		c.column[c.n++] = i;
	}
	if (c.n == 0 || c.rows == 0 || c.max == 0 || !t->column[0].group)
		return;
	if (is_time(t->column[0].key))
		draw_columns(&c);
	else
		draw_bars(&c);
}
