/*
 * sha1.h - the name git gives to bytes.
 *
 * Purpose    SHA-1 by nettle, which uses the processor's own instructions:
 *            several times as fast as libgit2's, which looks for attempted
 *            collisions as well. git and libgit2 still do when they read.
 * Ownership  finish frees the sum.
 * Source     FIPS 180-4.
 */
#ifndef TK_SHA1_H
#define TK_SHA1_H

#include <stddef.h>

#define TK_SHA1_LEN 20 /* bytes */

struct tk_sha1_sum;
struct tk_sha1_sum *tk_sha1_new(void);
void tk_sha1_add(struct tk_sha1_sum *sum, const void *data, size_t len);
void tk_sha1_finish(unsigned char out[TK_SHA1_LEN], struct tk_sha1_sum *sum);

/* Of a head and what follows it. */
void tk_sha1(unsigned char out[TK_SHA1_LEN], const void *head, size_t head_len,
    const void *data, size_t len);

#endif
