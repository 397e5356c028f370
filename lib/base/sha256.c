/* sha256 - the fingerprint of bytes, in hex. */
#include "base/sha256.h"

#include <stdlib.h>

#include <nettle/sha2.h>

#include "base/mem.h"

struct tk_sha256_sum {
	struct sha256_ctx ctx;
};

struct tk_sha256_sum *
tk_sha256_new(void)
{
	struct tk_sha256_sum *sum = tk_malloc(sizeof(*sum));

	sha256_init(&sum->ctx);
	return sum;
}

void
tk_sha256_add(struct tk_sha256_sum *sum, const void *data, size_t len)
{
	sha256_update(&sum->ctx, len, data);
}

void
tk_sha256_finish(char out[65], struct tk_sha256_sum *sum)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char digest[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(&sum->ctx, sizeof(digest), digest);
	for (i = 0; i < sizeof(digest); i++) {
		out[2 * i] = hex[digest[i] >> 4];
		out[2 * i + 1] = hex[digest[i] & 15];
	}
	out[64] = '\0';
	free(sum);
}

void
tk_sha256(char out[65], const void *data, size_t len)
{
	struct tk_sha256_sum *sum = tk_sha256_new();

	tk_sha256_add(sum, data, len);
	tk_sha256_finish(out, sum);
}
