/* deflate - bytes as git stores them. */
#include "store/deflate.h"

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <zlib.h>

#include "base/mem.h"

#define LEVEL 1    /* compresses mail like zlib's 6 */
#define SHORT 64   /* bytes that are not worth the attempt */

struct tk_deflater {
	struct libdeflate_compressor *c;
	unsigned char *out;
	size_t cap;
};

struct tk_deflater *
tk_deflater_new(void)
{
	struct tk_deflater *d = tk_calloc(1, sizeof(*d));

	d->c = libdeflate_alloc_compressor(LEVEL);
	if (d->c == NULL)
		abort(); /* as tk_malloc() */
	return d;
}

void
tk_deflater_free(struct tk_deflater *d)
{
	if (d == NULL)
		return;
	libdeflate_free_compressor(d->c);
	free(d->out);
	free(d);
}

/* One stored block: a compressor takes longer to start than these are worth. */
static size_t
store(unsigned char *out, const void *data, size_t len)
{
	uLong sum = adler32(adler32(0, NULL, 0), data, (uInt)len);
	unsigned n = (unsigned)len;
	unsigned char *p = out;

	*p++ = 0x78;
	*p++ = 0x01;
	*p++ = 1; /* the last block */
	*p++ = n & 0xFF;
	*p++ = n >> 8 & 0xFF;
	*p++ = ~n & 0xFF;
	*p++ = ~n >> 8 & 0xFF;
	if (len > 0)
		memcpy(p, data, len);
	p += len;
	*p++ = sum >> 24 & 0xFF;
	*p++ = sum >> 16 & 0xFF;
	*p++ = sum >> 8 & 0xFF;
	*p++ = sum & 0xFF;
	return (size_t)(p - out);
}

const void *
tk_deflate(
    struct tk_deflater *d, size_t *out_len, const void *data, size_t len)
{
	size_t most = libdeflate_zlib_compress_bound(d->c, len);

	if (most > d->cap) {
		free(d->out);
		d->out = tk_malloc(most);
		d->cap = most;
	}
	*out_len = len <= SHORT
	    ? store(d->out, data, len)
	    : libdeflate_zlib_compress(d->c, data, len, d->out, d->cap);
	return d->out;
}

bool
tk_inflate(void *out, size_t len, const void *z, size_t z_len)
{
	uLongf n = len;

	return uncompress(out, &n, z, z_len) == Z_OK && n == len;
}
