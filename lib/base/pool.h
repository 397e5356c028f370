/*
 * pool.h - memory that goes all at once.
 *
 * Purpose    Thousands of small things that are made together and done with
 *            together cost no call of malloc(3) and free(3) each.
 * Ownership  What is in a pool is freed by tk_pool_clear() alone. For one
 *            thread at a time.
 */
#ifndef TK_POOL_H
#define TK_POOL_H

#include <stddef.h>

struct tk_pool {
	struct tk_pool_block *block; /* the last one made */
	char *at;
	size_t left;
};

/* n bytes, not set to anything, for objects of any kind. */
void *tk_pool_get(struct tk_pool *p, size_t n);
char *tk_pool_text(struct tk_pool *p, const char *text, size_t len);
void tk_pool_clear(struct tk_pool *p); /* empty, and reusable after */

#endif
