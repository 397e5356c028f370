/*
 * lines.h - a text as lines that know what they look like.
 *
 * Purpose    The inner side of tk_text_fold(): quote.c finds where the answer
 *            ends, tail.c what mail programs put below it.
 * Ownership  Lines borrow the text; tk_lines_clear() frees the rest.
 */
#ifndef TK_LINES_H
#define TK_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct tk_line {
	const char *s;
	size_t len;
	bool blank, quote;
	char *low; /* trimmed, lower case; made when it is looked at */
};

struct tk_lines {
	struct tk_line *v;
	size_t n, cap;
};

void tk_lines_split(struct tk_lines *l, const struct tk_str *text);
void tk_lines_clear(struct tk_lines *l);

/* The line as marks are written: trimmed, lower case; "" for a long one. */
const char *tk_lines_low(struct tk_lines *l, size_t i);
/* Appends s trimmed and in lower case. */
void tk_lines_lower(struct tk_str *out, const char *s);

/* Where a signature, the line of a telephone or a legal notice begins that
 * ends the lines above cut; cut where there is none. */
size_t tk_lines_tail(struct tk_lines *l, size_t cut);

/* Lists end with NULL. */
bool tk_has_any(const char *s, const char *const *list);
bool tk_starts_any(const char *s, const char *const *list);

#endif
