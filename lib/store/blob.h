/*
 * blob.h - a file's content made ready for a pack.
 *
 * Purpose    What takes long of putting a file into the desk, its id and its
 *            deflated form, done by any thread before the transaction begins.
 * Ownership  tk_blob_free() takes NULL. The data is borrowed, and must stay
 *            as long as the blob.
 */
#ifndef TK_BLOB_H
#define TK_BLOB_H

#include <stddef.h>

#include "base/stem.h"
#include "store/deflate.h"

struct tk_blob {
	unsigned char id[20];
	char sha256[65]; /* of the data, hex */
	const void *data;
	size_t len;
	char *stems; /* of the letter's text, for the index; or NULL */
	void *z; /* deflated */
	size_t z_len;
};

struct tk_blob *tk_blob_new(
    struct tk_deflater *d, const void *data, size_t len);
/* The letter's text is known, too. */
void tk_blob_stem(
    struct tk_blob *b, struct tk_stemmer *s, const char *text);
void tk_blob_free(struct tk_blob *b);

#endif
