/* rtf - the text of the RTF that Outlook wraps letters in. */
#include "mail/rtf.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/charset.h"

#define RTF_MAX ((size_t)4 * 1024 * 1024) /* bytes unpacked */
#define RING 4096
#define GROUPS 200 /* nested; deeper ones are left out */

static uint32_t
u32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 |
	    (uint32_t)u[3] << 24;
}

/* What the ring holds before the first byte, by [MS-OXRTFCP] 2.1.2.1. */
static const char preset[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0"
    "\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

static void
inflate_lzfu(struct tk_str *out, const char *data, size_t len, size_t want)
{
	char ring[RING];
	size_t at = sizeof(preset) - 1, i = 0, bit, from, n;
	unsigned int flags, pair;

	memset(ring, ' ', sizeof(ring));
	memcpy(ring, preset, sizeof(preset) - 1);
	while (i < len && want > 0) {
		flags = (unsigned char)data[i++];
		for (bit = 0; bit < 8 && i < len && want > 0; bit++) {
			if ((flags >> bit & 1) == 0) {
				ring[at] = data[i++];
				tk_str_add_char(out, ring[at]);
				at = (at + 1) % RING;
				want--;
				continue;
			}
			if (i + 1 >= len)
				return;
			pair = (unsigned int)(unsigned char)data[i] << 8 |
			    (unsigned char)data[i + 1];
			i += 2;
			from = pair >> 4;
			if (from == at)
				return; /* the end is marked so */
			for (n = (pair & 15) + 2; n > 0 && want > 0; n--) {
				ring[at] = ring[from];
				tk_str_add_char(out, ring[at]);
				at = (at + 1) % RING;
				from = (from + 1) % RING;
				want--;
			}
		}
	}
}

bool
tk_rtf_unpack(struct tk_str *out, const char *data, size_t len)
{
	size_t want;

	if (len < 16)
		return false;
	want = u32(data + 4);
	if (want > RTF_MAX)
		want = RTF_MAX;
	if (memcmp(data + 8, "LZFu", 4) == 0)
		inflate_lzfu(out, data + 16, len - 16, want);
	else if (memcmp(data + 8, "MELA", 4) == 0)
		tk_str_add_data(
		    out, data + 16, want < len - 16 ? want : len - 16);
	else
		return false;
	return true;
}

struct group {
	bool skip;    /* a destination that is no text */
	bool rtf;     /* between \htmlrtf and \htmlrtf0 */
	int fallback; /* \uc: bytes behind each \u */
};

struct rtf {
	struct tk_str *out, bytes; /* bytes: not converted yet */
	char charset[32];
	struct group stack[GROUPS];
	size_t depth, too_deep;
	size_t passing; /* of the fallback of the last \u */
	bool html, starred;
};

static struct group *
top(struct rtf *r)
{
	return &r->stack[r->depth];
}

static void
flush(struct rtf *r)
{
	if (r->bytes.len > 0)
		tk_charset_decode(r->out, r->bytes.data, r->bytes.len,
		    r->charset, NULL, NULL);
	tk_str_reset(&r->bytes);
}

static bool
is_quiet(struct rtf *r)
{
	return top(r)->skip || top(r)->rtf || r->too_deep > 0;
}

static void
put(struct rtf *r, char c)
{
	if (r->passing > 0)
		r->passing--;
	else if (!is_quiet(r) && c != '\0')
		tk_str_add_char(&r->bytes, c);
}

static void
put_unicode(struct rtf *r, long value)
{
	unsigned int c = (unsigned int)(value < 0 ? value + 65536 : value);
	char utf8[4];
	size_t n = 0;

	r->passing = (size_t)top(r)->fallback;
	/* halves of a pair, and what is no character, stay what they are:
	 * replaced by the reader of the text */
	if (is_quiet(r) || c > 0xFFFF || c == 0 || (c >= 0xD800 && c <= 0xDFFF))
		return;
	flush(r);
	if (c < 0x80) {
		utf8[n++] = (char)c;
	} else if (c < 0x800) {
		utf8[n++] = (char)(0xC0 | c >> 6);
		utf8[n++] = (char)(0x80 | (c & 63));
	} else {
		utf8[n++] = (char)(0xE0 | c >> 12);
		utf8[n++] = (char)(0x80 | (c >> 6 & 63));
		utf8[n++] = (char)(0x80 | (c & 63));
	}
	tk_str_add_data(r->out, utf8, n);
}

static bool
is_any(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static void
control(struct rtf *r, const char *word, bool has_number, long number)
{
	static const char *const destinations[] = { "fonttbl", "colortbl",
		"stylesheet", "info", "pict", "object", "header", "footer",
		"listtable", "listoverridetable", "filetbl", "revtbl",
		"generator", "xmlnstbl", "themedata", "datastore", NULL };
	static const char *const lines[] = { "par", "line", "row", "sect",
		"page", NULL };

	if (strcmp(word, "fromhtml") == 0)
		r->html = true;
	else if (strcmp(word, "htmltag") == 0)
		top(r)->skip = false;
	else if (strcmp(word, "htmlrtf") == 0)
		top(r)->rtf = r->html && (!has_number || number != 0);
	else if (r->starred || is_any(word, destinations))
		top(r)->skip = true;
	else if (strcmp(word, "ansicpg") == 0 && number > 0 && number < 99999)
		snprintf(r->charset, sizeof(r->charset), "windows-%ld", number);
	else if (strcmp(word, "uc") == 0 && number >= 0 && number < 8)
		top(r)->fallback = (int)number;
	else if (strcmp(word, "u") == 0 && has_number)
		put_unicode(r, number);
	else if (is_any(word, lines))
		put(r, '\n');
	else if (strcmp(word, "tab") == 0 || strcmp(word, "cell") == 0)
		put(r, '\t');
	r->starred = false;
}

/* Behind the backslash at p; where it ends. */
static const char *
escape(struct rtf *r, const char *p, const char *end)
{
	char word[32], hex[3] = "";
	size_t n = 0;
	bool has_number = false, minus;
	long number = 0;

	if (p == end)
		return p;
	if (*p == '\'') {
		if (end - p < 3)
			return end;
		memcpy(hex, p + 1, 2);
		put(r, (char)strtol(hex, NULL, 16));
		return p + 3;
	}
	if (!isalpha((unsigned char)*p)) {
		if (*p == '*')
			r->starred = true;
		else if (*p == '~')
			put(r, ' ');
		else if (*p == '\r' || *p == '\n')
			put(r, '\n');
		else if (strchr("\\{}", *p) != NULL && *p != '\0')
			put(r, *p);
		return p + 1;
	}
	for (; p < end && isalpha((unsigned char)*p); p++)
		if (n + 1 < sizeof(word))
			word[n++] = *p;
	word[n] = '\0';
	minus = p < end && *p == '-';
	if (minus)
		p++;
	for (; p < end && isdigit((unsigned char)*p); p++) {
		has_number = true;
		if (number < 1000000)
			number = number * 10 + (*p - '0');
	}
	control(r, word, has_number, minus ? -number : number);
	return p < end && *p == ' ' ? p + 1 : p;
}

void
tk_rtf_text(struct tk_str *out, bool *html, const char *rtf, size_t len)
{
	struct rtf *r = tk_calloc(1, sizeof(*r));
	const char *p = rtf, *end = rtf + len;

	r->out = out;
	snprintf(r->charset, sizeof(r->charset), "windows-1252");
	r->stack[0].fallback = 1;
	while (p < end) {
		if (*p == '{') {
			r->passing = 0;
			if (r->depth + 1 < GROUPS && r->too_deep == 0) {
				r->depth++;
				r->stack[r->depth] = r->stack[r->depth - 1];
			} else {
				r->too_deep++;
			}
			p++;
		} else if (*p == '}') {
			r->passing = 0;
			r->starred = false;
			if (r->too_deep > 0)
				r->too_deep--;
			else if (r->depth > 0)
				r->depth--;
			p++;
		} else if (*p == '\\') {
			p = escape(r, p + 1, end);
		} else {
			if (*p != '\r' && *p != '\n')
				put(r, *p);
			p++;
		}
	}
	flush(r);
	*html = r->html;
	tk_str_clear(&r->bytes);
	free(r);
}
