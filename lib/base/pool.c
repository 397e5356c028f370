/* pool - memory that goes all at once. */
#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK ((size_t)64 * 1024) /* bytes */
#define ALIGN ((size_t)16)

struct tk_pool_block {
	struct tk_pool_block *before;
};

void *
tk_pool_get(struct tk_pool *p, size_t n)
{
	struct tk_pool_block *b;
	size_t room;
	void *got;

	n = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (n > p->left) {
		room = n > BLOCK - ALIGN ? n : BLOCK - ALIGN;
		b = tk_malloc(ALIGN + room);
		b->before = p->block;
		p->block = b;
		p->at = (char *)b + ALIGN;
		p->left = room;
	}
	got = p->at;
	p->at += n;
	p->left -= n;
	return got;
}

char *
tk_pool_text(struct tk_pool *p, const char *text, size_t len)
{
	char *copy = tk_pool_get(p, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void
tk_pool_clear(struct tk_pool *p)
{
	struct tk_pool_block *b;

	while ((b = p->block) != NULL) {
		p->block = b->before;
		free(b);
	}
	p->at = NULL;
	p->left = 0;
}
