/* gitindex-link - the extension of a git index that is split. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/gitindex-split.h"

/* Of a word that begins a run: its bit, how many words of that, and how many
 * words follow as they are. */
#define RUN_BIT 1U
#define RUN_SHIFT 1
#define RUN_MASK 0xffffffffU
#define LITERAL_SHIFT 33
#define WORD 64 /* bits */

void
tk_gi_places_add(struct tk_gi_places *p, uint32_t at)
{
	TK_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = at;
}

struct bits {
	const unsigned char *p, *end;
	uint64_t at, limit;
	struct tk_gi_places *out;
};

static uint64_t
be(const unsigned char *p, size_t bytes)
{
	uint64_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | *p++;
	return n;
}

static bool
take(struct bits *b, uint64_t word)
{
	unsigned i;

	for (i = 0; i < WORD; i++, b->at++) {
		if ((word >> i & 1) == 0)
			continue;
		if (b->at >= b->limit)
			return false;
		tk_gi_places_add(b->out, (uint32_t)b->at);
	}
	return true;
}

/* BITS WORDS (WORD...) PLACE-OF-THE-LAST-RUN */
static bool
read_bitmap(struct bits *b, struct tk_gi_places *out)
{
	const unsigned char *p = b->p + 8;
	uint64_t words, word, run, literal;
	bool good = true;

	b->out = out;
	b->at = 0;
	if (b->end - b->p < 12)
		return false;
	words = be(b->p + 4, 4);
	if (words > (uint64_t)(b->end - p - 4) / 8)
		return false;
	b->p = p + 8 * words + 4;
	while (good && words > 0) {
		word = be(p, 8);
		p += 8;
		words--;
		run = word >> RUN_SHIFT & RUN_MASK;
		literal = word >> LITERAL_SHIFT;
		if (literal > words ||
		    ((word & RUN_BIT) != 0 && run > b->limit / WORD + 1))
			return false;
		if ((word & RUN_BIT) == 0)
			b->at += run * WORD;
		else
			while (good && run-- > 0)
				good = take(b, UINT64_MAX);
		for (; good && literal > 0; literal--, words--, p += 8)
			good = take(b, be(p, 8));
	}
	return good;
}

bool
tk_gi_link_read(
    struct tk_gi_link *l, const unsigned char *data, size_t len, uint32_t limit)
{
	struct bits b = { .end = data + len, .limit = limit };

	if (len < GIT_OID_RAWSZ)
		return false;
	b.p = data + GIT_OID_RAWSZ;
	/* Without them it is a shared file with nothing changed. */
	return len == GIT_OID_RAWSZ ||
	    (read_bitmap(&b, &l->gone) && read_bitmap(&b, &l->replaced));
}

static void
put(struct tk_str *out, uint64_t n, size_t bytes)
{
	while (bytes-- > 0)
		tk_str_add_char(out, (char)(n >> 8 * bytes & 255));
}

/* The words from the i-th place on that have a bit each, one after the other;
 * returns the place behind them. */
static size_t
put_words(struct tk_str *out, const struct tk_gi_places *p, size_t i)
{
	uint32_t at = p->v[i] / WORD;
	uint64_t word = 0;

	for (; i < p->n && p->v[i] / WORD <= at + 1; i++) {
		if (p->v[i] / WORD > at) {
			put(out, word, 8);
			word = 0;
			at++;
		}
		word |= UINT64_C(1) << p->v[i] % WORD;
	}
	put(out, word, 8);
	return i;
}

static void
put_bitmap(struct tk_str *out, const struct tk_gi_places *p)
{
	struct tk_str words = TK_STR_INIT, literal = TK_STR_INIT;
	uint64_t done = 0, skip, last = 0;
	size_t i = 0;

	do {
		tk_str_reset(&literal);
		skip = i < p->n ? p->v[i] / WORD - done : 0;
		if (i < p->n)
			i = put_words(&literal, p, i);
		last = words.len / 8;
		put(&words,
		    skip << RUN_SHIFT |
			(uint64_t)(literal.len / 8) << LITERAL_SHIFT,
		    8);
		tk_str_add_data(&words, literal.data, literal.len);
		done += skip + literal.len / 8;
	} while (i < p->n);
	put(out, p->n > 0 ? (uint64_t)p->v[p->n - 1] + 1 : 0, 4);
	put(out, words.len / 8, 4);
	tk_str_add_data(out, words.data, words.len);
	put(out, last, 4);
	tk_str_clear(&words);
	tk_str_clear(&literal);
}

void
tk_gi_link_write(struct tk_str *out, const struct tk_gi_link *l)
{
	struct tk_str data = TK_STR_INIT;

	put_bitmap(&data, &l->gone);
	put_bitmap(&data, &l->replaced);
	tk_str_add(out, "link");
	put(out, sizeof(l->base) + data.len, 4);
	tk_str_add_data(out, l->base, sizeof(l->base));
	tk_str_add_data(out, data.data, data.len);
	tk_str_clear(&data);
}

void
tk_gi_link_clear(struct tk_gi_link *l)
{
	free(l->gone.v);
	free(l->replaced.v);
	memset(l, 0, sizeof(*l));
}
