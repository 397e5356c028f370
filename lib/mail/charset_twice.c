/* charset_twice - UTF-8 that was encoded twice, as "РџСЂРёРІРµС‚". */
#include <iconv.h>
#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/charset.h"

#define SURE 4 /* sequences; less may be chance */

#define TOP 0x2200 /* no character of these pages is above */

struct page {
	unsigned char byte[TOP]; /* 0x80 and above; 0: none */
};

/* What windows-1251, windows-1252 and Latin-1 make of the high bytes; a hole in
 * them is the C1 control of the same number, as programs take it. */
static const char *const codes[] = { "CP1251", "CP1252", "ISO-8859-1" };
static struct page page_table[TK_COUNT(codes)];

static void
make_pages(void)
{
	unsigned int c;
	size_t n, i;

	for (n = 0; n < TK_COUNT(codes); n++) {
		iconv_t cd = iconv_open("UTF-16BE", codes[n]);

		for (i = 0; i < 128; i++) {
			char byte = (char)(i + 128), *in = &byte;
			unsigned char wide[4];
			char *out = (char *)wide;
			size_t in_left = 1, out_left = sizeof(wide);

			c = (unsigned int)i + 128;
			if (cd != (iconv_t)-1 &&
			    iconv(cd, &in, &in_left, &out, &out_left) == 0 &&
			    out_left == 2)
				c = (unsigned int)wide[0] << 8 | wide[1];
			if (c < TOP && page_table[n].byte[c] == 0)
				page_table[n].byte[c] =
				    (unsigned char)(i + 128);
		}
		if (cd != (iconv_t)-1)
			iconv_close(cd);
	}
}

static const struct page *
pages(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, make_pages);
	return page_table;
}

/* A character of two or three bytes; 0 for any other. */
static unsigned int
character(const char *s, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;

	*len = u[0] >= 0xE0 ? 3 : 2;
	if (u[0] >= 0xF0)
		return 0;
	if (*len == 2)
		return (u[0] & 0x1FU) << 6 | (u[1] & 0x3FU);
	return (u[0] & 0x0FU) << 12 | (u[1] & 0x3FU) << 6 | (u[2] & 0x3FU);
}

/* The bytes that were there before the second encoding; false where they
 * were not UTF-8, and then nothing was encoded twice. */
static bool
reverse(struct tk_str *bytes, const char *s, const struct page *page)
{
	unsigned char b, last = 0;
	unsigned int c;
	size_t len, leads = 0;

	tk_str_reset(bytes);
	for (; *s != '\0'; s += len) {
		len = 1;
		if ((unsigned char)*s < 0x80) {
			if (last >= 0xC0)
				return false;
			last = 0;
			tk_str_add_char(bytes, *s);
			continue;
		}
		c = character(s, &len);
		b = c < TOP ? page->byte[c] : 0;
		/* Most texts were encoded once, and show it here at once. */
		if (b == 0 || (b < 0xC0 && last < 0x80) ||
		    (b >= 0xC0 && last >= 0xC0))
			return false;
		leads += b >= 0xC2;
		last = b;
		tk_str_add_char(bytes, (char)b);
	}
	return leads >= SURE && tk_utf8_valid(bytes->data, bytes->len);
}

void
tk_charset_untwist(struct tk_str *text, size_t from)
{
	struct tk_str bytes = TK_STR_INIT;
	const struct page *page = pages();

	if (reverse(&bytes, text->data + from, &page[0]) ||
	    reverse(&bytes, text->data + from, &page[1]) ||
	    reverse(&bytes, text->data + from, &page[2])) {
		tk_str_cut(text, from);
		tk_str_add_data(text, bytes.data, bytes.len);
	}
	tk_str_clear(&bytes);
}
