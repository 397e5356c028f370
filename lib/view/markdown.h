/*
 * markdown.h - prose in Markdown: for a terminal, for a page, as it is.
 *
 * Purpose    The only file that includes cmark.h. Prose is foreign: HTML in
 *            it is shown as text, pictures are their description (a page
 *            loads nothing), addresses that are programs are left out.
 * Source     CommonMark 0.30.
 */
#ifndef TK_VIEW_MARKDOWN_H
#define TK_VIEW_MARKDOWN_H

#include "base/str.h"

void tk_markdown_html(struct tk_str *out, const char *text);
/* Markdown again, in its plainest form. */
void tk_markdown_plain(struct tk_str *out, const char *text);
/* Wrapped to width columns; bold words where colour is set. Ends with a
 * newline, if there is anything. */
void tk_markdown_text(
    struct tk_str *out, const char *text, size_t width, bool colour);

#endif
