/*
 * sha256.h - the fingerprint of bytes, in hex.
 *
 * Source     FIPS 180-4; the work is nettle's, included only in sha256.c.
 */
#ifndef TK_SHA256_H
#define TK_SHA256_H

#include <stddef.h>

/* 64 hex digits and a NUL into out. */
void tk_sha256(char out[65], const void *data, size_t len);

/* The same of bytes that come in pieces; finish frees. */
struct tk_sha256_sum;
struct tk_sha256_sum *tk_sha256_new(void);
void tk_sha256_add(struct tk_sha256_sum *sum, const void *data, size_t len);
void tk_sha256_finish(char out[65], struct tk_sha256_sum *sum);

#endif
