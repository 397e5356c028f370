/* table - rows in columns that line up. */
#include "view/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/table-parts.h"

#define FLEX_MIN 8 /* columns a flexible one keeps where it has no min */
#define NARROW 5   /* others are shrunk to this first ... */
#define FLOOR 3    /* ... and to this at last */

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
	struct tk_cell cell = { 0, 0, (uint8_t)style };
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

/* How the table is laid out. */
struct layout {
	size_t *w;    /* of each column */
	size_t shown; /* columns that are not cut off */
	size_t gap, total, flex;
};

static void
measure(struct layout *l, const struct tk_table *t,
    const struct tk_table_how *how)
{
	const struct tk_column *c;
	size_t i, title;

	for (i = 0; i < t->n; i++) {
		c = &t->column[i];
		l->w[i] = t->widest[i];
		title = how->no_header ? 0 : tk_utf8_width(c->title);
		if (title > l->w[i])
			l->w[i] = title;
		if (how->width > 0 && c->max > 0 && l->w[i] > c->max)
			l->w[i] = c->max;
		if (l->w[i] < c->min)
			l->w[i] = c->min;
		l->total += l->w[i] + (i > 0 ? l->gap : 0);
		if (c->flexible)
			l->flex = i;
	}
}

/* One column, as far as is needed and not below least. */
static void
shrink(struct layout *l, size_t i, size_t least, size_t width)
{
	size_t over = l->total > width ? l->total - width : 0;
	size_t can = l->w[i] > least ? l->w[i] - least : 0;
	size_t by = over < can ? over : can;

	l->w[i] -= by;
	l->total -= by;
}

/* The widest first. Not the first column: it names the row. */
static void
shrink_others(struct layout *l, size_t n, size_t least, size_t width)
{
	size_t i, widest;

	while (l->total > width) {
		for (widest = 0, i = 1; i < n; i++)
			if (i != l->flex && l->w[i] > least &&
			    (widest == 0 || l->w[i] > l->w[widest]))
				widest = i;
		if (widest == 0)
			return;
		l->w[widest]--;
		l->total--;
	}
}

static void
shrink_flexible(struct layout *l, size_t least, size_t width)
{
	if (l->flex != SIZE_MAX)
		shrink(l, l->flex, least, width);
}

/* What is right of the edge is not shown. */
static void
cut_off(struct layout *l, size_t n, size_t width)
{
	size_t at = 0, i;

	for (i = 0; i < n; i++) {
		at += i > 0 ? l->gap : 0;
		if (at >= width)
			break;
		if (l->w[i] > width - at)
			l->w[i] = width - at;
		at += l->w[i];
	}
	l->shown = i;
}

/* A table is never wider than the terminal. */
static void
lay_out(struct layout *l, const struct tk_table *t,
    const struct tk_table_how *how)
{
	size_t least = FLEX_MIN, i, cells, width = how->width;

	measure(l, t, how);
	if (width == 0 || l->total <= width)
		return;
	if (l->flex != SIZE_MAX && t->column[l->flex].min > 0)
		least = t->column[l->flex].min;
	shrink_flexible(l, least, width);
	for (i = 0; i < t->n; i++) { /* long titles of short cells */
		cells = t->widest[i] > FLOOR ? t->widest[i] : FLOOR;
		if (i != l->flex)
			shrink(l, i, cells, width);
	}
	shrink_others(l, t->n, NARROW, width);
	shrink_flexible(l, FLEX_MIN, width);
	if (l->total > width) {
		l->total -= (t->n - 1) * (l->gap - 1);
		l->gap = 1;
		if (l->flex != SIZE_MAX && l->total < width)
			l->w[l->flex] += width - l->total;
	}
	shrink_others(l, t->n, FLOOR, width);
	shrink_flexible(l, FLOOR, width);
	cut_off(l, t->n, width);
}

void
tk_table_blanks(struct tk_str *out, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n >= sizeof(blanks); n -= sizeof(blanks) - 1)
		tk_str_add_data(out, blanks, sizeof(blanks) - 1);
	tk_str_add_data(out, blanks, n);
}

/* One cell; the last one of a row gets no blanks at its end. */
static void
put_cell(struct tk_str *out, const struct tk_table *t, const struct layout *l,
    size_t i, const char *text, size_t text_width, enum tk_style style,
    bool colour)
{
	struct tk_str cut = TK_STR_INIT;
	bool last = i + 1 == l->shown;
	size_t blanks;

	if (i >= l->shown)
		return;
	if (text_width > l->w[i]) {
		tk_utf8_fit(&cut, text, l->w[i], false);
		text = cut.data;
		text_width = tk_utf8_width(text);
	}
	blanks = l->w[i] - text_width;
	if (t->column[i].right)
		tk_table_blanks(out, blanks);
	tk_term_paint(out, colour, style, text);
	if (!t->column[i].right && !last)
		tk_table_blanks(out, blanks);
	if (!last)
		tk_table_blanks(out, l->gap);
	tk_str_clear(&cut);
}

void
tk_table_end_row(struct tk_str *row, FILE *to)
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
	struct layout l = { .w = tk_calloc(t->n, sizeof(*l.w)),
		.shown = t->n, .gap = TK_TABLE_GAP, .flex = SIZE_MAX };
	size_t i, k;
	struct tk_str row = TK_STR_INIT;
	const char *p = t->data.data;
	struct tk_cell cell;

	if (how->whole && how->width > 0) {
		tk_table_print_whole(to, t, how);
		free(l.w);
		return;
	}
	lay_out(&l, t, how);
	if (!how->no_header && tk_table_rows(t) > 0) {
		for (i = 0; i < t->n; i++)
			put_cell(&row, t, &l, i, t->column[i].title,
			    tk_utf8_width(t->column[i].title), TK_BOLD,
			    how->colour);
		tk_table_end_row(&row, to);
	}
	for (k = 0; k < tk_table_rows(t) * t->n; k++) {
		i = k % t->n;
		memcpy(&cell, p, sizeof(cell));
		p += sizeof(cell);
		put_cell(&row, t, &l, i, p, cell.width, cell.style,
		    how->colour);
		p += cell.len + 1;
		if (i + 1 == t->n)
			tk_table_end_row(&row, to);
	}
	tk_str_clear(&row);
	free(l.w);
}
