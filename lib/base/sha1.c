/* sha1 - the name git gives to bytes. */
#include "base/sha1.h"

#include <stdlib.h>

#include <nettle/sha1.h>

#include "base/mem.h"

struct tk_sha1_sum {
	struct sha1_ctx ctx;
};

struct tk_sha1_sum *
tk_sha1_new(void)
{
	struct tk_sha1_sum *sum = tk_malloc(sizeof(*sum));

	sha1_init(&sum->ctx);
	return sum;
}

void
tk_sha1_add(struct tk_sha1_sum *sum, const void *data, size_t len)
{
	sha1_update(&sum->ctx, len, data);
}

void
tk_sha1_finish(unsigned char out[TK_SHA1_LEN], struct tk_sha1_sum *sum)
{
	sha1_digest(&sum->ctx, TK_SHA1_LEN, out);
	free(sum);
}

void
tk_sha1(unsigned char out[TK_SHA1_LEN], const void *head, size_t head_len,
    const void *data, size_t len)
{
	struct sha1_ctx ctx;

	sha1_init(&ctx);
	sha1_update(&ctx, head_len, head);
	sha1_update(&ctx, len, data);
	sha1_digest(&ctx, TK_SHA1_LEN, out);
}
