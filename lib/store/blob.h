/*
 * blob.h - a file's content made ready for a pack.
 *
 * Purpose    What takes long of putting a file into the desk, its id and its
 *            deflated form, done by any thread before the transaction begins.
 *            A large one is not deflated: it becomes a file of its own, see
 *            loose-write.c, and its bytes are not copied.
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
	void *z; /* deflated; NULL: not worth it, or large */
	size_t z_len;
};

/* sha256: of the data, where the caller knows it. d may be NULL. */
struct tk_blob *tk_blob_new(struct tk_deflater *d, const void *data,
    size_t len, const char *sha256);
/* The letter's text is known, too. */
void tk_blob_stem(
    struct tk_blob *b, struct tk_stemmer *s, const char *text);
void tk_blob_free(struct tk_blob *b);

#endif
