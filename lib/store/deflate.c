/* deflate - bytes as git stores them. */
#include "store/deflate.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <zlib.h>

#include "base/lazy.h"
#include "base/mem.h"

#define LEVEL 1    /* compresses mail like zlib's 6 */
#define SHORT 64   /* bytes that are not worth the attempt */

static struct libdeflate_compressor *(*make)(int level);
static size_t (*bound)(struct libdeflate_compressor *c, size_t len);
static size_t (*run)(struct libdeflate_compressor *c, const void *in,
    size_t in_len, void *out, size_t room);
static void (*drop)(struct libdeflate_compressor *c);

static bool is_there;

static void
load(void)
{
	static const struct tk_lazy names[] = {
		{ "libdeflate_alloc_compressor", &make },
		{ "libdeflate_zlib_compress_bound", &bound },
		{ "libdeflate_zlib_compress", &run },
		{ "libdeflate_free_compressor", &drop },
	};

	is_there = tk_lazy_load(TK_SO_DEFLATE, names, TK_COUNT(names));
}

struct tk_deflater {
	struct libdeflate_compressor *c; /* NULL: zlib has to do */
	unsigned char *out;
	size_t cap;
};

struct tk_deflater *
tk_deflater_new(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct tk_deflater *d = tk_calloc(1, sizeof(*d));

	pthread_once(&once, load);
	if (is_there)
		d->c = make(LEVEL);
	return d;
}

void
tk_deflater_free(struct tk_deflater *d)
{
	if (d == NULL)
		return;
	if (d->c != NULL)
		drop(d->c);
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

static size_t
with_zlib(unsigned char *out, size_t room, const void *data, size_t len)
{
	uLongf n = room;

	return compress2(out, &n, data, len, Z_DEFAULT_COMPRESSION) == Z_OK ? n
									    : 0;
}

const void *
tk_deflate(
    struct tk_deflater *d, size_t *out_len, const void *data, size_t len)
{
	size_t most =
	    d->c != NULL ? bound(d->c, len) : (size_t)compressBound(len);

	if (most < len + 64)
		most = len + 64;
	if (most > d->cap) {
		free(d->out);
		d->out = tk_malloc(most);
		d->cap = most;
	}
	*out_len = len <= SHORT ? store(d->out, data, len)
	    : d->c != NULL      ? run(d->c, data, len, d->out, d->cap)
				: with_zlib(d->out, d->cap, data, len);
	return d->out;
}

bool
tk_inflate(void *out, size_t len, const void *z, size_t z_len)
{
	uLongf n = len;

	return uncompress(out, &n, z, z_len) == Z_OK && n == len;
}
