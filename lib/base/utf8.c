/* utf8 - text in UTF-8: valid, measured, safe to show. */
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

bool
tk_utf8_valid(const char *s, size_t len)
{
	return u8_check((const uint8_t *)s, len) == NULL;
}

void
tk_utf8_repair(struct tk_str *out, const char *s, size_t len)
{
	const uint8_t *p = (const uint8_t *)s, *end = p + len;
	bool bad = false;
	ucs4_t c;
	int n;

	while (p < end) {
		n = u8_mbtoucr(&c, p, (size_t)(end - p));
		if (n > 0 && c != 0) {
			tk_str_add_data(out, p, (size_t)n);
			bad = false;
		} else if (n <= 0 && !bad) {
			tk_str_add(out, "\xEF\xBF\xBD");
			bad = true;
		}
		p += n > 0 ? n : 1;
	}
}

/* Columns of one character; controls and marks take none. */
static int
width_of(ucs4_t c)
{
	int w = uc_width(c, "UTF-8");

	return w > 0 ? w : 0;
}

size_t
tk_utf8_width(const char *s)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t left = strlen(s), width = 0;
	ucs4_t c;
	int n;

	while (left > 0) {
		n = u8_mbtouc(&c, p, left);
		width += (size_t)width_of(c);
		p += n;
		left -= (size_t)n;
	}
	return width;
}

void
tk_utf8_fit(struct tk_str *out, const char *s, size_t width, bool pad)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t left = strlen(s), at = 0, w;
	bool whole = tk_utf8_width(s) <= width;
	ucs4_t c;
	int n;

	while (left > 0) {
		n = u8_mbtouc(&c, p, left);
		w = (size_t)width_of(c);
		if (!whole && at + w + 1 > width)
			break;
		tk_str_add_data(out, p, (size_t)n);
		at += w;
		p += n;
		left -= (size_t)n;
	}
	if (!whole && width > 0) {
		tk_str_add(out, "\xE2\x80\xA6");
		at++;
	}
	for (; pad && at < width; at++)
		tk_str_add_char(out, ' ');
}

static bool
is_bidi(ucs4_t c)
{
	return c == 0x061C || c == 0x200E || c == 0x200F ||
	    (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void
tk_utf8_safe(struct tk_str *out, const char *s, bool lines)
{
	const uint8_t *p = (const uint8_t *)s;
	size_t left = strlen(s);
	ucs4_t c;
	int n;

	while (left > 0) {
		n = u8_mbtouc(&c, p, left);
		if (c == '\n' || c == '\t')
			tk_str_add_char(out, lines ? (char)c : ' ');
		else if (c == 0xFFFD)
			tk_str_add(out, "\xEF\xBF\xBD");
		else if (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F) &&
		    c != 0x2028 && c != 0x2029 && !is_bidi(c))
			tk_str_add_data(out, p, (size_t)n);
		p += n;
		left -= (size_t)n;
	}
}

/*
 * Letters and marks that are most of what people write here, which are in
 * normal form by themselves and have one small letter each, whatever stands
 * beside them: ASCII, Russian and Ukrainian, dashes and quotes.
 */
static unsigned
plain_char(const unsigned char *p, size_t left, size_t *len)
{
	unsigned c;

	*len = 1;
	if (p[0] < 0x80)
		return p[0];
	*len = 2;
	if (left < 2)
		return 0;
	if (p[0] >= 0xC2 && p[0] <= 0xD2 && (p[1] & 0xC0) == 0x80) {
		c = (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU);
		return (c >= 0x410 && c <= 0x44F) || c == 0x401 ||
			c == 0x451 || c == 0x404 || c == 0x406 ||
			c == 0x407 || c == 0x454 || c == 0x456 ||
			c == 0x457 || c == 0x490 || c == 0x491 ||
			c == 0xA0 || c == 0xAB || c == 0xBB
		    ? c
		    : 0;
	}
	*len = 3;
	if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA6)
		return 0x2000U | (p[2] & 0x3FU);
	return 0;
}

static unsigned
small(unsigned c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	if (c >= 0x410 && c <= 0x42F)
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	return c == 0x490 ? 0x491 : c;
}

/* How much of it is made of those. */
static size_t
plain_len(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t at = 0, n;

	while (at < len && plain_char(p + at, len - at, &n) != 0)
		at += n;
	return at;
}

static void
plain_lower(struct tk_str *out, const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t at, n;
	unsigned c;
	char *to;

	tk_str_reserve(out, len);
	to = out->data + out->len;
	for (at = 0; at < len; at += n) {
		c = small(plain_char(p + at, len - at, &n));
		if (n == 1) {
			*to++ = (char)c;
		} else if (n == 2) {
			*to++ = (char)(0xC0 | c >> 6);
			*to++ = (char)(0x80 | (c & 0x3F));
		} else {
			memcpy(to, s + at, n);
			to += n;
		}
	}
	out->len += len;
	if (len > 0)
		*to = '\0';
}

void
tk_utf8_lower(struct tk_str *out, const char *s)
{
	size_t n = strlen(s);
	uint8_t *low;

	if (plain_len(s, n) == n) {
		plain_lower(out, s, n);
		return;
	}
	low = u8_tolower((const uint8_t *)s, strlen(s), NULL,
	    UNINORM_NFC, NULL, &n);

	if (low == NULL) { /* not UTF-8 */
		tk_str_add(out, s);
		return;
	}
	tk_str_add_data(out, low, n);
	free(low);
}

void
tk_utf8_nfc(struct tk_str *out, const char *s, size_t len)
{
	size_t n = 0;
	uint8_t *nfc;

	if (plain_len(s, len) == len) {
		tk_str_add_data(out, s, len);
		return;
	}
	nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)s, len, NULL, &n);

	if (nfc == NULL) {
		tk_str_add_data(out, s, len);
		return;
	}
	tk_str_add_data(out, nfc, n);
	free(nfc);
}

uint32_t
tk_utf8_char(const char *s, size_t len, size_t *next, size_t at)
{
	const uint8_t *p = (const uint8_t *)s + at;
	ucs4_t c = p[0];
	int n = 1;

	/* Most of all text here is of one or two bytes a letter. */
	if (c >= 0xC2 && c < 0xE0 && at + 1 < len && (p[1] & 0xC0) == 0x80) {
		c = (c & 0x1F) << 6 | (p[1] & 0x3F);
		n = 2;
	} else if (c >= 0x80) {
		n = u8_mbtouc(&c, p, len - at);
	}
	*next = at + (size_t)(n > 0 ? n : 1);
	return c;
}

bool
tk_utf8_is_mark(uint32_t c)
{
	if (c < 0x300)
		return c == 0xAD;
	if (c < 0x370)
		return true;
	return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
	    (c > 0x52F &&
		uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn));
}

bool
tk_utf8_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == '`' || c == 0xB4 || c == 0x2BC ||
	    c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2032 ||
	    c == 0xFF07;
}

/* The character that a letter with marks is made of. */
static ucs4_t
without_marks(ucs4_t c)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	while (uc_canonical_decomposition(c, parts) > 0)
		c = parts[0];
	return c;
}

uint32_t
tk_utf8_letter(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 0x20
		    : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c
								       : 0;
	if (c >= 0x430 && c <= 0x45F)
		return c;
	if (c >= 0x410 && c <= 0x42F)
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	if (c == 0x490 || c == 0x491)
		return 0x491;
	/* An apostrophe that Unicode takes for a letter. */
	if (c == 0x2BC ||
	    !uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
		return 0;
	return uc_tolower(without_marks(c));
}

size_t
tk_utf8_cut(const char *s, size_t len, size_t max)
{
	if (len <= max)
		return len;
	while (max > 0 && ((unsigned char)s[max] & 0xC0) == 0x80)
		max--;
	return max;
}
