/*
 * cyrillic.h - which of the old Cyrillic charsets some bytes are in.
 *
 * Purpose    Letters lie about their charset, and four 8-bit charsets have
 *            been in use for Russian and Ukrainian. The bytes are read as
 *            each of them and the reading with the likeliest pairs of
 *            letters wins; KOI8 read as windows-1251 shows rEVERSED case,
 *            which counts against it.
 * Source     RFC 1489, RFC 2319; mail-rules 55-57.
 */
#ifndef TK_CYRILLIC_H
#define TK_CYRILLIC_H

#include <stdbool.h>
#include <stddef.h>

struct tk_cyrillic {
	const char *charset; /* the best reading: "windows-1251", ...; static */
	int score;           /* mean of the pairs, 100 is one step; below
			      * TK_CYRILLIC_SURE it is probably no Cyrillic */
	size_t letters;      /* Cyrillic letters seen */
	size_t run;          /* the longest row of high bytes */
	bool mixed;          /* most high bytes stand beside Latin letters, as
			      * accented letters do: not Cyrillic */
};

#define TK_CYRILLIC_SURE 120

/* prefer: a charset that wins where the bytes leave room for doubt (what was
 * declared, or what the body was in); or NULL. */
struct tk_cyrillic tk_cyrillic_guess(
    const char *data, size_t len, const char *prefer);

/* Is this one of the charsets above, by its normal name? */
bool tk_cyrillic_is(const char *charset);

#endif
