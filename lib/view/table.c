/* table - rows in columns that line up. */
#include "view/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define GAP 2      /* columns between two columns */
#define FLEX_MIN 8 /* columns a flexible one keeps where it has no min */

struct cell {
	uint32_t width;
	uint32_t len; /* bytes that follow, without their NUL */
	uint8_t style;
};

struct tk_table {
	const struct tk_column *column;
	size_t n;
	size_t *widest; /* of each column's cells */
	size_t cells;
	/* Each cell's struct, its text and a NUL, one after another: a list
	 * may have a million rows. */
	struct tk_str data;
};

struct tk_table *
tk_table_new(const struct tk_column *columns, size_t n)
{
	struct tk_table *t = tk_calloc(1, sizeof(*t));

	t->column = columns;
	t->n = n;
	t->widest = tk_calloc(n, sizeof(*t->widest));
	tk_str_init(&t->data);
	return t;
}

void
tk_table_free(struct tk_table *t)
{
	if (t == NULL)
		return;
	free(t->widest);
	tk_str_clear(&t->data);
	free(t);
}

void
tk_table_add(struct tk_table *t, const char *text, enum tk_style style)
{
	struct cell cell = { 0, 0, (uint8_t)style };
	size_t at = t->data.len, start = at + sizeof(cell), width;

	tk_str_add_data(&t->data, &cell, sizeof(cell));
	if (text != NULL)
		tk_utf8_safe(&t->data, text, false);
	width = tk_utf8_width(t->data.data + start);
	if (width > t->widest[t->cells % t->n])
		t->widest[t->cells % t->n] = width;
	cell.width = (uint32_t)width;
	cell.len = (uint32_t)(t->data.len - start);
	memcpy(t->data.data + at, &cell, sizeof(cell));
	tk_str_add_char(&t->data, '\0');
	t->cells++;
}

size_t
tk_table_rows(const struct tk_table *t)
{
	return t->cells / t->n;
}

struct tk_table_how
tk_table_how(void)
{
	return (struct tk_table_how){ .width = tk_term_width(),
		.colour = tk_term_has_colour() };
}

/* The width of each column into w. */
static void
lay_out(size_t *w, const struct tk_table *t, const struct tk_table_how *how)
{
	size_t i, total = 0, flex = SIZE_MAX, least, title;
	const struct tk_column *c;

	for (i = 0; i < t->n; i++) {
		c = &t->column[i];
		w[i] = t->widest[i];
		title = how->no_header ? 0 : tk_utf8_width(c->title);
		if (title > w[i])
			w[i] = title;
		if (how->width > 0 && c->max > 0 && w[i] > c->max)
			w[i] = c->max;
		if (w[i] < c->min)
			w[i] = c->min;
		total += w[i] + (i > 0 ? GAP : 0);
		if (c->flexible)
			flex = i;
	}
	if (how->width == 0 || total <= how->width || flex == SIZE_MAX)
		return;
	least = t->column[flex].min > 0 ? t->column[flex].min : FLEX_MIN;
	total -= w[flex];
	if (w[flex] > least)
		w[flex] =
		    total + least < how->width ? how->width - total : least;
}

static void
add_blanks(struct tk_str *out, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n >= sizeof(blanks); n -= sizeof(blanks) - 1)
		tk_str_add_data(out, blanks, sizeof(blanks) - 1);
	tk_str_add_data(out, blanks, n);
}

/* One cell; the last one of a row gets no blanks at its end. */
static void
put_cell(struct tk_str *out, const struct tk_table *t, size_t i, size_t width,
    const char *text, size_t text_width, enum tk_style style, bool colour)
{
	struct tk_str cut = TK_STR_INIT;
	size_t blanks;

	if (text_width > width) {
		tk_utf8_fit(&cut, text, width, false);
		text = cut.data;
		text_width = tk_utf8_width(text);
	}
	blanks = width - text_width;
	if (t->column[i].right)
		add_blanks(out, blanks);
	tk_term_paint(out, colour, style, text);
	if (!t->column[i].right && i + 1 < t->n)
		add_blanks(out, blanks);
	if (i + 1 < t->n)
		add_blanks(out, GAP);
	tk_str_clear(&cut);
}

/* Blanks at the end of a row are of no use in a terminal nor in a file. */
static void
end_row(struct tk_str *row, FILE *to)
{
	while (row->len > 0 && row->data[row->len - 1] == ' ')
		tk_str_cut(row, row->len - 1);
	tk_str_add_char(row, '\n');
	fwrite(row->data, 1, row->len, to);
	tk_str_reset(row);
}

void
tk_table_print(
    FILE *to, const struct tk_table *t, const struct tk_table_how *how)
{
	size_t *w = tk_calloc(t->n, sizeof(*w)), i, k;
	struct tk_str row = TK_STR_INIT;
	const char *p = t->data.data;
	struct cell cell;

	lay_out(w, t, how);
	if (!how->no_header && tk_table_rows(t) > 0) {
		for (i = 0; i < t->n; i++)
			put_cell(&row, t, i, w[i], t->column[i].title,
			    tk_utf8_width(t->column[i].title), TK_BOLD,
			    how->colour);
		end_row(&row, to);
	}
	for (k = 0; k < tk_table_rows(t) * t->n; k++) {
		i = k % t->n;
		memcpy(&cell, p, sizeof(cell));
		p += sizeof(cell);
		put_cell(
		    &row, t, i, w[i], p, cell.width, cell.style, how->colour);
		p += cell.len + 1;
		if (i + 1 == t->n)
			end_row(&row, to);
	}
	tk_str_clear(&row);
	free(w);
}
