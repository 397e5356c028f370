/* doc-text - a document for a terminal. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/doc-parts.h"
#include "view/markdown.h"
#include "view/term.h"
#include "view/wrap.h"

#define GAP 2     /* columns between cells */
#define NARROW 12 /* a column is not made narrower than its words, or this */

static void
line_of(struct tk_str *out, const char *c, size_t n)
{
	while (n-- > 0)
		tk_str_add(out, c);
	tk_str_add_char(out, '\n');
}

/* Column widths: as wide as the cells, then the widest gives way until the
 * row fits. */
static size_t *
measure(const struct tk_doc_block *b, size_t width)
{
	size_t *w = tk_calloc(b->columns, sizeof(*w));
	size_t *least = tk_calloc(b->columns, sizeof(*least));
	size_t i, n, word, total, widest;
	const char *cell;

	for (i = 0; i < b->title.n + b->cell.n; i++) {
		cell =
		    i < b->title.n ? b->title.v[i] : b->cell.v[i - b->title.n];
		n = tk_utf8_width(cell);
		word = tk_wrap_word(cell);
		word = word > NARROW ? NARROW : word;
		if (n > w[i % b->columns])
			w[i % b->columns] = n;
		if (word > least[i % b->columns])
			least[i % b->columns] = word;
	}
	for (;;) {
		total = (b->columns - 1) * GAP;
		widest = b->columns;
		for (i = 0; i < b->columns; i++) {
			total += w[i];
			if (w[i] > least[i] &&
			    (widest == b->columns || w[i] > w[widest]))
				widest = i;
		}
		if (total <= width || widest == b->columns)
			break;
		w[widest]--;
	}
	free(least);
	return w;
}

/* How many lines it took. */
static size_t
put_row(struct tk_str *out, char *const *cell, size_t columns, const size_t *w,
    bool bold, bool colour)
{
	struct tk_strv *lines = tk_calloc(columns, sizeof(*lines));
	struct tk_str safe = TK_STR_INIT, part = TK_STR_INIT;
	size_t i, k, most = 1, start;

	for (i = 0; i < columns; i++) {
		tk_str_reset(&safe);
		tk_utf8_safe(&safe, cell[i], false);
		tk_wrap_lines(&lines[i], safe.data, w[i]);
		most = lines[i].n > most ? lines[i].n : most;
	}
	for (k = 0; k < most; k++) {
		start = out->len;
		for (i = 0; i < columns; i++) {
			tk_str_reset(&part);
			tk_utf8_fit(&part, k < lines[i].n ? lines[i].v[k] : "",
			    w[i], true);
			tk_term_paint(out, colour && k < lines[i].n,
			    bold ? TK_BOLD : TK_PLAIN, part.data);
			if (i + 1 < columns)
				tk_str_add(out, "  ");
		}
		while (out->len > start && out->data[out->len - 1] == ' ')
			tk_str_cut(out, out->len - 1);
		tk_str_add_char(out, '\n');
	}
	for (i = 0; i < columns; i++)
		tk_strv_clear(&lines[i]);
	free(lines);
	tk_str_clear(&safe);
	tk_str_clear(&part);
	return most;
}

static void
put_table(
    struct tk_str *out, const struct tk_doc_block *b, size_t width, bool colour)
{
	size_t *w = measure(b, width), i, total = (b->columns - 1) * GAP;

	for (i = 0; i < b->columns; i++)
		total += w[i];
	if (b->title.n > 0) {
		put_row(out, b->title.v, b->columns, w, true, colour);
		line_of(out, "\xE2\x94\x80", total); /* a drawn line */
	}
	/* A row of several lines stands apart from the next one. */
	for (i = 0; i < tk_doc_rows(b); i++)
		if (put_row(out, b->cell.v + i * b->columns, b->columns, w,
			false, colour) > 1 &&
		    i + 1 < tk_doc_rows(b))
			tk_str_add_char(out, '\n');
	free(w);
}

static void
put_heading(struct tk_str *out, const char *number, const char *text, int level,
    size_t width, bool colour)
{
	struct tk_str safe = TK_STR_INIT, line = TK_STR_INIT;
	struct tk_strv lines = TK_STRV_INIT;
	size_t i, widest = 0;

	tk_utf8_safe(&safe, text, false);
	tk_str_addf(
	    &line, "%s%s%s", number, number[0] != '\0' ? " " : "", safe.data);
	tk_wrap_lines(&lines, line.data, width);
	for (i = 0; i < lines.n; i++) {
		tk_term_paint(out, colour, TK_BOLD, lines.v[i]);
		tk_str_add_char(out, '\n');
		if (tk_utf8_width(lines.v[i]) > widest)
			widest = tk_utf8_width(lines.v[i]);
	}
	if (level < 2)
		line_of(out, level == 0 ? "=" : "-", widest);
	tk_strv_clear(&lines);
	tk_str_clear(&line);
	tk_str_clear(&safe);
}

void
tk_doc_text(
    struct tk_str *out, const struct tk_doc *d, size_t width, bool colour)
{
	const struct tk_doc_block *b;
	size_t i;

	put_heading(out, "", d->title, 0, width, colour);
	for (i = 0; i < d->n; i++) {
		b = &d->v[i];
		if (b->kind == TK_DOC_FIGURE ||
		    (b->kind == TK_DOC_TABLE && tk_doc_rows(b) == 0))
			continue;
		tk_str_add_char(out, '\n');
		if (b->kind == TK_DOC_HEADING)
			put_heading(
			    out, b->number, b->text, b->level, width, colour);
		else if (b->kind == TK_DOC_PROSE)
			tk_markdown_text(out, b->text, width, colour);
		else
			put_table(out, b, width, colour);
	}
}
