/* table-whole - a table of which nothing is cut. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/table-parts.h"
#include "view/wrap.h"

#define TEXT_MIN 14 /* columns that a text keeps, if it is that long */

/* Columns that stand side by side. */
struct band {
	size_t *w; /* of each column; 0: not in this band */
	size_t width;
	size_t last; /* the rightmost column */
};

static size_t
needed(const struct tk_table *t, size_t i, bool wrapped)
{
	const struct tk_column *c = &t->column[i];
	size_t title =
	    wrapped ? tk_wrap_word(c->title) : tk_utf8_width(c->title);
	size_t w = t->widest[i] > title ? t->widest[i] : title;

	return w > c->min ? w : c->min;
}

size_t
tk_table_width(const struct tk_table *t, bool wrapped)
{
	size_t i, sum = 0;

	for (i = 0; i < t->n; i++)
		sum += needed(t, i, wrapped) + (i > 0 ? TK_TABLE_GAP : 0);
	return sum;
}

/* Texts in more lines, the widest first. */
static void
wrap_texts(size_t *w, const struct tk_table *t, size_t total, size_t width)
{
	size_t i, widest;

	while (total > width) {
		for (widest = t->n, i = 0; i < t->n; i++)
			if (t->column[i].flexible && w[i] > TEXT_MIN &&
			    (widest == t->n || w[i] > w[widest]))
				widest = i;
		if (widest == t->n)
			return;
		w[widest]--;
		total--;
	}
}

static void
add_column(struct band *b, size_t i, size_t w)
{
	b->width += w + (b->width > 0 ? TK_TABLE_GAP : 0);
	b->w[i] = w;
	b->last = i;
}

/* The keys, as far as they leave half of the room to others. */
static void
add_keys(
    struct band *b, const struct tk_table *t, const size_t *w, size_t width)
{
	size_t i;

	for (i = 0; i < t->n && (i == 0 || t->column[i].key); i++) {
		if (i > 0 && b->width + TK_TABLE_GAP + w[i] > width / 2)
			break;
		add_column(
		    b, i, w[i] <= width / 2 || t->n == 1 ? w[i] : width / 2);
	}
}

/* Room that is left goes to titles that are in lines. */
static void
widen(struct band *b, const struct tk_table *t, size_t width)
{
	size_t i, more, want;

	for (i = 0; i < t->n; i++) {
		if (b->w[i] == 0)
			continue;
		want = needed(t, i, false);
		more = want > b->w[i] ? want - b->w[i] : 0;
		if (b->width + more > width)
			continue;
		b->w[i] += more;
		b->width += more;
	}
}

/* A row, which may be several lines high; the lines are gone then. */
static void
print_lines(FILE *to, const struct tk_table *t, const struct band *b,
    struct tk_strv *lines, const uint8_t *style, bool header, bool colour)
{
	struct tk_str row = TK_STR_INIT;
	size_t i, k, high = 1, skip, pad;
	const char *text;

	for (i = 0; i < t->n; i++)
		high = lines[i].n > high ? lines[i].n : high;
	for (k = 0; k < high; k++) {
		for (i = 0; i <= b->last; i++) {
			if (b->w[i] == 0)
				continue;
			/* Titles stand on their cells. */
			skip = header ? high - lines[i].n : 0;
			text = k >= skip && k - skip < lines[i].n
			    ? lines[i].v[k - skip]
			    : "";
			pad = tk_utf8_width(text);
			pad = pad < b->w[i] ? b->w[i] - pad : 0;
			if (t->column[i].right)
				tk_table_blanks(&row, pad);
			if (text[0] != '\0')
				tk_term_paint(&row, colour, style[i], text);
			if (!t->column[i].right && i != b->last)
				tk_table_blanks(&row, pad);
			if (i != b->last)
				tk_table_blanks(&row, TK_TABLE_GAP);
		}
		tk_table_end_row(&row, to);
	}
	for (i = 0; i < t->n; i++)
		tk_strv_clear(&lines[i]);
	tk_str_clear(&row);
}

static void
print_band(FILE *to, const struct tk_table *t, const struct band *b,
    const struct tk_table_how *how)
{
	struct tk_strv *lines = tk_calloc(t->n, sizeof(*lines));
	uint8_t *style = tk_calloc(t->n, sizeof(*style));
	const char *p = t->data.data;
	struct tk_cell cell;
	size_t i, k;

	for (i = 0; i < t->n; i++) {
		style[i] = TK_BOLD;
		if (b->w[i] > 0)
			tk_wrap_lines(&lines[i], t->column[i].title, b->w[i]);
	}
	if (!how->no_header)
		print_lines(to, t, b, lines, style, true, how->colour);
	for (k = 0; k < t->cells; k++) {
		i = k % t->n;
		memcpy(&cell, p, sizeof(cell));
		p += sizeof(cell);
		style[i] = cell.style;
		if (b->w[i] >= cell.width && b->w[i] > 0)
			tk_strv_add(&lines[i], p);
		else if (b->w[i] > 0)
			tk_wrap_lines(&lines[i], p, b->w[i]);
		p += cell.len + 1;
		if (i + 1 == t->n)
			print_lines(to, t, b, lines, style, false, how->colour);
	}
	for (i = 0; i < t->n; i++)
		tk_strv_clear(&lines[i]);
	free(lines);
	free(style);
}

/* What comes next side by side, from column i on; where the next one begins. */
static size_t
next_band(struct band *b, const struct tk_table *t, const size_t *w, size_t i,
    size_t width)
{
	size_t room, own = 0;

	memset(b->w, 0, t->n * sizeof(*b->w));
	b->width = 0;
	add_keys(b, t, w, width);
	if (i <= b->last)
		i = b->last + 1;
	for (; i < t->n; i++, own++) {
		room = b->width + TK_TABLE_GAP < width
		    ? width - b->width - TK_TABLE_GAP
		    : 1;
		if (w[i] > room && own > 0)
			break;
		add_column(b, i, w[i] < room ? w[i] : room);
	}
	widen(b, t, width);
	return i;
}

void
tk_table_print_whole(
    FILE *to, const struct tk_table *t, const struct tk_table_how *how)
{
	size_t *w = tk_calloc(t->n, sizeof(*w)), i;
	struct band b = { .w = tk_calloc(t->n, sizeof(*b.w)) };

	for (i = 0; i < t->n; i++)
		w[i] = needed(t, i, true);
	wrap_texts(w, t, tk_table_width(t, true), how->width);
	for (i = 0; t->cells > 0 && i < t->n;) {
		if (i > 0)
			fputc('\n', to);
		i = next_band(&b, t, w, i, how->width);
		print_band(to, t, &b, how);
	}
	free(b.w);
	free(w);
}
