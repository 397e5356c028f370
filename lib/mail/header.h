/*
 * header.h - the header fields of a letter, as bytes.
 *
 * Purpose    Fields are kept undecoded: what charset raw 8-bit bytes are in
 *            is known only when the body has been looked at. Also used for
 *            headers that lie inside of text (bounces).
 * Ownership  tk_headers_parse() fills, tk_headers_clear() frees.
 * Source     RFC 5322 section 2.2; RFC 7103 for what is forgiven.
 */
#ifndef TK_HEADER_H
#define TK_HEADER_H

#include <stddef.h>

#include "base/str.h"

struct tk_header {
	char *name;
	char *value; /* unfolded, trimmed, without NULs */
};

struct tk_headers {
	struct tk_header *v;
	size_t n, cap;
};

#define TK_HEADERS_INIT { NULL, 0, 0 }

/* Where the letter begins: behind blank lines and an mbox "From " line. */
size_t tk_headers_skip(const char *raw, size_t len);

/* Appends the fields at the start of raw; the offset of the body. */
size_t tk_headers_parse(struct tk_headers *h, const char *raw, size_t len);
void tk_headers_clear(struct tk_headers *h);

/* The first field of that name, NULL where there is none. */
const char *tk_headers_get(const struct tk_headers *h, const char *name);
/* Field number n (from 0) of that name, or NULL. */
const char *tk_headers_nth(
    const struct tk_headers *h, const char *name, size_t n);

/* Appends each message id of a field, without <>, junk left out, no repeats.
 * Message ids, In-Reply-To and References look alike here. */
void tk_ids_parse(struct tk_strv *ids, const char *value);

#endif
