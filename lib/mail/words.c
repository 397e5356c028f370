/* words - RFC 2047 encoded words in header text. */
#include "mail/words.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "mail/charset.h"

struct word {
	char charset[TK_CHARSET_MAX];
	char encoding;    /* 'b' or 'q' */
	const char *text; /* still encoded */
	size_t text_len;
	size_t len; /* of the whole word */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The end of the encoded text: "?=", or the end of the input or white space
 * before another "=?" where "?=" is missing. A "?=" that is in truth a "?"
 * followed by "=XX" of Q encoding is passed over. */
static size_t
text_end(const char *s, size_t len, char encoding, size_t *mark)
{
	size_t i;

	*mark = 2;
	for (i = 0; i < len; i++) {
		if (i + 1 < len && s[i] == '?' && s[i + 1] == '=') {
			if (encoding == 'q' && i + 3 < len &&
			    isxdigit((unsigned char)s[i + 2]) &&
			    isxdigit((unsigned char)s[i + 3]) &&
			    memchr(s + i + 2, '?', len - i - 2) != NULL)
				continue;
			return i;
		}
		if (i + 2 < len && is_blank(s[i]) && s[i + 1] == '=' &&
		    s[i + 2] == '?')
			break;
	}
	*mark = 0;
	if (i == len && len > 0 && s[len - 1] == '?') {
		*mark = 1;
		return len - 1;
	}
	return i;
}

static bool
match(struct word *w, const char *s, size_t len)
{
	size_t i = 2, n = 0, mark;

	if (len < 6 || s[0] != '=' || s[1] != '?')
		return false;
	while (i < len && s[i] != '?' && !is_blank(s[i]) && s[i] != '"') {
		if (n + 1 < sizeof(w->charset))
			w->charset[n++] = s[i];
		i++;
	}
	w->charset[n] = '\0';
	if (n == 0 || i + 2 >= len || s[i] != '?' || s[i + 2] != '?')
		return false;
	w->encoding = (char)tolower((unsigned char)s[i + 1]);
	if (w->encoding != 'b' && w->encoding != 'q')
		return false;
	i += 3;
	w->text = s + i;
	w->text_len = text_end(w->text, len - i, w->encoding, &mark);
	w->len = i + w->text_len + mark;
	return true;
}

size_t
tk_words_match(const char *s, size_t len)
{
	struct word w;

	return match(&w, s, len) ? w.len : 0;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_q(struct tk_str *out, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '_') {
			tk_str_add_char(out, ' ');
		} else if (s[i] == '=' && i + 2 < len + 0 &&
		    hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
			tk_str_add_char(
			    out, (char)(hex(s[i + 1]) * 16 + hex(s[i + 2])));
			i += 2;
		} else {
			tk_str_add_char(out, s[i]);
		}
	}
}

/* Bad padding and strange characters are passed over. */
static void
add_b(struct tk_str *out, const char *s, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned int bits = 0;
	int have = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		const char *d = s[i] != '\0' ? strchr(digits, s[i]) : NULL;

		if (s[i] == '=') {
			have = 0; /* two words glued into one */
			bits = 0;
		}
		if (d == NULL)
			continue;
		bits = (bits << 6 | (unsigned int)(d - digits)) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			tk_str_add_char(out, (char)(bits >> have & 0xFF));
		}
	}
}

static void
flush(struct tk_str *out, struct tk_str *bytes, const char *charset,
    const char *hint)
{
	if (bytes->len > 0)
		tk_charset_decode(
		    out, bytes->data, bytes->len, charset, hint, NULL);
	tk_str_reset(bytes);
}

/* One line, no controls: a header must not bring line ends of its own. */
static void
flatten(struct tk_str *out, size_t from)
{
	size_t i;

	for (i = from; i < out->len; i++)
		if ((unsigned char)out->data[i] < ' ' || out->data[i] == 127)
			out->data[i] = ' ';
}

/* Raw text beside the encoded words may be in any charset. All of it is
 * judged together: one word alone is too short. */
void
tk_words_decode(
    struct tk_str *out, const char *raw, size_t len, const char *hint)
{
	struct tk_str bytes = TK_STR_INIT;
	char charset[TK_CHARSET_MAX] = "", of_raw[TK_CHARSET_MAX];
	struct tk_str all = TK_STR_INIT, scratch = TK_STR_INIT;
	size_t i = 0, gap = 0, start = out->len;
	bool in_words = false;
	struct word w;

	/* the verdict on the raw bytes, as far as there are any */
	while (i < len) {
		if (match(&w, raw + i, len - i))
			i += w.len;
		else
			tk_str_add_char(&all, raw[i++]);
	}
	tk_charset_decode(&scratch, all.data, all.len, NULL, hint, of_raw);

	for (i = 0; i < len;) {
		if (raw[i] == '=' && match(&w, raw + i, len - i)) {
			if (in_words && !tk_strcaseeq(charset, w.charset)) {
				flush(out, &bytes, charset, hint);
			} else if (!in_words) {
				tk_str_add_data(&bytes, raw + i - gap, gap);
				flush(out, &bytes, of_raw, hint);
			}
			memcpy(charset, w.charset, sizeof(charset));
			if (w.encoding == 'b')
				add_b(&bytes, w.text, w.text_len);
			else
				add_q(&bytes, w.text, w.text_len);
			in_words = true;
			gap = 0;
			i += w.len;
			continue;
		}
		if (is_blank(raw[i])) {
			gap++;
			i++;
			continue;
		}
		if (in_words)
			flush(out, &bytes, charset, hint);
		in_words = false;
		tk_str_add_data(&bytes, raw + i - gap, gap + 1);
		gap = 0;
		i++;
	}
	flush(out, &bytes, in_words ? charset : of_raw, hint);
	flatten(out, start);
	tk_str_clear(&scratch);
	tk_str_clear(&all);
	tk_str_clear(&bytes);
}
