/* doc-markdown - a document as Markdown, with tables as GitHub writes them. */
#include <string.h>

#include "base/utf8.h"
#include "view/doc-parts.h"
#include "view/markdown.h"

/* Text that must not become markup. */
static void
put_text(struct tk_str *out, const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	const char *p;

	tk_utf8_safe(&safe, text, false);
	for (p = safe.data; *p != '\0'; p++) {
		if (*p == '&')
			tk_str_add(out, "&amp;");
		else if (*p == '<')
			tk_str_add(out, "&lt;");
		else if (strchr("\\`*_[]|~#", *p) != NULL)
			tk_str_addf(out, "\\%c", *p);
		else
			tk_str_add_char(out, *p);
	}
	tk_str_clear(&safe);
}

static void
put_row(struct tk_str *out, char *const *cell, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		tk_str_add(out, "| ");
		if (cell != NULL)
			put_text(out, cell[i]);
		tk_str_add_char(out, ' ');
	}
	tk_str_add(out, "|\n");
}

static void
put_table(struct tk_str *out, const struct tk_doc_block *b)
{
	size_t i;

	put_row(out, b->title.v, b->columns);
	for (i = 0; i < b->columns; i++)
		tk_str_add(out, "| --- ");
	tk_str_add(out, "|\n");
	for (i = 0; i < tk_doc_rows(b); i++)
		put_row(out, b->cell.v + i * b->columns, b->columns);
}

void
tk_doc_markdown(struct tk_str *out, const struct tk_doc *d)
{
	const struct tk_doc_block *b;
	size_t i;
	int k;

	tk_str_add(out, "# ");
	put_text(out, d->title);
	tk_str_add_char(out, '\n');
	for (i = 0; i < d->n; i++) {
		b = &d->v[i];
		if (b->kind == TK_DOC_FIGURE ||
		    (b->kind == TK_DOC_TABLE && tk_doc_rows(b) == 0))
			continue;
		tk_str_add_char(out, '\n');
		if (b->kind == TK_DOC_PROSE) {
			tk_markdown_plain(out, b->text);
		} else if (b->kind == TK_DOC_TABLE) {
			put_table(out, b);
		} else {
			for (k = 0; k <= b->level; k++)
				tk_str_add_char(out, '#');
			tk_str_addf(out, " %s ", b->number);
			put_text(out, b->text);
			tk_str_add_char(out, '\n');
		}
	}
}
