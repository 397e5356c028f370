/* doc - a document of headings, prose and tables: what is in it. */
#include "view/doc.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "view/doc-parts.h"

struct tk_doc *
tk_doc_new(const char *title, const char *language)
{
	struct tk_doc *d = tk_calloc(1, sizeof(*d));

	d->title = tk_strdup(title);
	d->language = tk_strdup(language);
	return d;
}

void
tk_doc_free(struct tk_doc *d)
{
	size_t i;

	if (d == NULL)
		return;
	for (i = 0; i < d->n; i++) {
		free(d->v[i].text);
		tk_strv_clear(&d->v[i].title);
		tk_strv_clear(&d->v[i].cell);
	}
	free(d->v);
	free(d->title);
	free(d->language);
	free(d);
}

static struct tk_doc_block *
add(struct tk_doc *d, enum tk_doc_kind kind, const char *text)
{
	struct tk_doc_block *b;

	d->v = tk_more(d->v, d->n, &d->cap, sizeof(*d->v));
	b = &d->v[d->n++];
	b->kind = kind;
	b->text = tk_strdup(text);
	return b;
}

void
tk_doc_heading(struct tk_doc *d, int level, const char *text)
{
	struct tk_doc_block *b = add(d, TK_DOC_HEADING, text);
	const int *c = d->count;
	int i;

	b->level = level;
	d->count[level]++;
	for (i = level + 1; i < 4; i++)
		d->count[i] = 0;
	if (level == 1)
		snprintf(b->number, sizeof(b->number), "%d", c[1]);
	else if (level == 2)
		snprintf(b->number, sizeof(b->number), "%d.%d", c[1], c[2]);
	else
		snprintf(
		    b->number, sizeof(b->number), "%d.%d.%d", c[1], c[2], c[3]);
}

void
tk_doc_prose(struct tk_doc *d, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add(d, TK_DOC_PROSE, text);
}

void
tk_doc_figure(struct tk_doc *d, const char *svg)
{
	add(d, TK_DOC_FIGURE, svg);
}

void
tk_doc_table(struct tk_doc *d, const char *const *titles, size_t n)
{
	struct tk_doc_block *b = add(d, TK_DOC_TABLE, NULL);
	size_t i;

	b->columns = n;
	for (i = 0; titles != NULL && i < n; i++)
		tk_strv_add(&b->title, titles[i]);
}

void
tk_doc_cell(struct tk_doc *d, const char *text)
{
	tk_strv_add(&d->v[d->n - 1].cell, text != NULL ? text : "");
}

size_t
tk_doc_rows(const struct tk_doc_block *b)
{
	return b->columns > 0 ? b->cell.n / b->columns : 0;
}
