/*
 * doc.h - a document of headings, prose and tables, in three forms.
 *
 * Purpose    Gathered once, then written as text for a terminal, as Markdown
 *            or as one HTML page that needs nothing else: no script, nothing
 *            loaded, readable on a phone and on paper.
 * Ownership  A document copies all that is put into it. Everything in it is
 *            foreign and is escaped where it is written.
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_VIEW_DOC_H
#define TK_VIEW_DOC_H

#include "base/str.h"

struct tk_doc;

/* language is that of the page ("ru"), or NULL. */
struct tk_doc *tk_doc_new(const char *title, const char *language);
void tk_doc_free(struct tk_doc *d);

/* Level 1 to 3; numbered 1, 2.1, 2.1.1 as they come. */
void tk_doc_heading(struct tk_doc *d, int level, const char *text);
/* Markdown; NULL is nothing. */
void tk_doc_prose(struct tk_doc *d, const char *text);
/* An SVG element for the page; the other forms leave it out. */
void tk_doc_figure(struct tk_doc *d, const char *svg);

/* A table with n columns; the cells that follow are its rows. A table
 * without rows is not shown. titles may be NULL: the first column stands in
 * for them. */
void tk_doc_table(struct tk_doc *d, const char *const *titles, size_t n);
void tk_doc_cell(struct tk_doc *d, const char *text); /* NULL: empty */

void tk_doc_text(
    struct tk_str *out, const struct tk_doc *d, size_t width, bool colour);
void tk_doc_markdown(struct tk_str *out, const struct tk_doc *d);
void tk_doc_html(struct tk_str *out, const struct tk_doc *d);

#endif
