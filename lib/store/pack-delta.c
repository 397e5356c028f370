/* pack-delta - a new version of a text as what changed of it. */
#include "store/pack-write.h"

#include <stdint.h>
#include <string.h>

#define COPY_MAX 0xFFFF /* bytes by one instruction */
#define INSERT_MAX 0x7F
#define WORTH 40 /* bytes of instructions that a delta takes anyway */

static void
add_size(struct tk_str *out, size_t n)
{
	for (; n > 0x7F; n >>= 7)
		tk_str_add_char(out, (char)((n & 0x7F) | 0x80));
	tk_str_add_char(out, (char)n);
}

static void
copy(struct tk_str *out, size_t at, size_t len)
{
	unsigned char b[8];
	size_t n, i, k;

	for (; len > 0; len -= n, at += n) {
		n = len < COPY_MAX ? len : COPY_MAX;
		b[0] = 0x80;
		k = 1;
		for (i = 0; i < 4; i++)
			if ((at >> 8 * i & 0xFF) != 0) {
				b[0] |= (unsigned char)(1 << i);
				b[k++] = (unsigned char)(at >> 8 * i);
			}
		for (i = 0; i < 2; i++)
			if ((n >> 8 * i & 0xFF) != 0) {
				b[0] |= (unsigned char)(0x10 << i);
				b[k++] = (unsigned char)(n >> 8 * i);
			}
		tk_str_add_data(out, b, k);
	}
}

static void
insert(struct tk_str *out, const char *data, size_t len)
{
	size_t n;

	for (; len > 0; len -= n, data += n) {
		n = len < INSERT_MAX ? len : INSERT_MAX;
		tk_str_add_char(out, (char)n);
		tk_str_add_data(out, data, n);
	}
}

/*
 * A folder with one more entry, a ticket with one more line in its log: they
 * have their beginning and their end in common with what they were.
 */
bool
tk_pack_delta(struct tk_str *out, const void *from_data, size_t from_len,
    const void *to_data, size_t to_len)
{
	const char *from = from_data, *to = to_data;
	size_t least = from_len < to_len ? from_len : to_len;
	size_t head = 0, tail = 0, mid;

	if (from_len > UINT32_MAX)
		return false;
	while (head < least && from[head] == to[head])
		head++;
	while (tail < least - head &&
	    from[from_len - 1 - tail] == to[to_len - 1 - tail])
		tail++;
	mid = to_len - head - tail;
	if (mid + WORTH > to_len / 2)
		return false;
	add_size(out, from_len);
	add_size(out, to_len);
	copy(out, 0, head);
	insert(out, to + head, mid);
	copy(out, from_len - tail, tail);
	return true;
}
