/*
 * snippet.h - the place in a text where what was looked for stands.
 *
 * Purpose    A line of it, the words found painted where there is colour.
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_SNIPPET_H
#define TK_SNIPPET_H

#include "base/stem.h"
#include "view/term.h"

struct tk_snippet_what {
	const struct tk_strv *stems;    /* as stem.h makes them */
	const struct tk_strv *prefixes; /* beginnings of words */
	size_t width;
	bool colour;
};

/* Appends the line in which most of the stems stand; how many different ones
 * they are, 0: nothing found, nothing appended. */
size_t tk_snippet(struct tk_str *out, struct tk_stemmer *s, const char *text,
    const struct tk_snippet_what *what);

#endif
