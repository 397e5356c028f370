/*
 * deflate.h - bytes as git stores them.
 *
 * Purpose    The zlib streams of packs, by libdeflate: some four times as
 *            fast as zlib at the ratio git takes.
 * Ownership  A deflater is for one thread at a time.
 * Source     RFC 1950.
 */
#ifndef TK_DEFLATE_H
#define TK_DEFLATE_H

#include <stdbool.h>

#include "base/str.h"

struct tk_deflater;
struct tk_deflater *tk_deflater_new(void);
void tk_deflater_free(struct tk_deflater *d);

/* The stream, until the next one is made; borrowed. */
const void *tk_deflate(
    struct tk_deflater *d, size_t *out_len, const void *data, size_t len);
/* Exactly len bytes into out? */
bool tk_inflate(void *out, size_t len, const void *z, size_t z_len);

#endif
