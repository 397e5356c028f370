/*
 * html.h - the text of an HTML letter.
 *
 * Purpose    html.c is the only file that includes libxml2. Lines, lists,
 *            rows and quotes stay visible, links keep their target, scripts,
 *            styles and what is hidden from the reader are dropped.
 * Note       Input past 2 MiB or nested deeper than 500 is left out, and
 *            "[...]" says so: the raw letter has it all.
 */
#ifndef TK_HTML_H
#define TK_HTML_H

#include <stddef.h>

#include "base/str.h"

/* Appends the text; html is UTF-8, whatever its meta element says. */
void tk_html_text(struct tk_str *out, const char *html, size_t len);

/* The charset that <meta> names, for letters that do not; or "". */
void tk_html_charset(char *out, size_t size, const char *html, size_t len);

/* Bytes outside of tags that are not blank, in whatever charset: the text has
 * hardly more, without the targets of links. */
size_t tk_html_weight(const char *html, size_t len);

/* Appends the bytes from p to end, of HTML that ends at last, so that they
 * cost little to parse: an & that begins no entity is one to libxml2 as well,
 * but it makes up a message about each. */
void tk_html_piece(
    struct tk_str *out, const char *p, const char *end, const char *last);

#endif
