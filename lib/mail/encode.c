/* encode - text into RFC 2047 encoded words. */
#include <string.h>

#include "base/utf8.h"
#include "mail/words.h"

#define PLAIN_MAX 200 /* of ASCII in front; folding is for code only */
/* 52 in base64, 12 around them, and "Reply-To: " in front: 74 of the 76 that
 * RFC 2047 allows for the line. */
#define WORD_BYTES 39

static void
add_base64(struct tk_str *out, const char *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)data;
	unsigned long bits;
	size_t i;

	for (i = 0; i < len; i += 3) {
		bits = (unsigned long)s[i] << 16;
		if (i + 1 < len)
			bits |= (unsigned long)s[i + 1] << 8;
		if (i + 2 < len)
			bits |= s[i + 2];
		tk_str_add_char(out, digits[bits >> 18]);
		tk_str_add_char(out, digits[bits >> 12 & 63]);
		tk_str_add_char(
		    out, i + 1 < len ? digits[bits >> 6 & 63] : '=');
		tk_str_add_char(out, i + 2 < len ? digits[bits & 63] : '=');
	}
}

/* What can stand as it is: whole words of ASCII that look like no code. */
static size_t
plain_prefix(const char *text)
{
	size_t i, word = 0;

	for (i = 0; text[i] != '\0'; i++) {
		if (text[i] == ' ')
			word = i + 1;
		if ((unsigned char)text[i] >= 127 ||
		    (unsigned char)text[i] < ' ' ||
		    (text[i] == '=' && text[i + 1] == '?'))
			return word;
	}
	return i;
}

void
tk_words_encode_all(struct tk_str *out, const char *text, const char *fold)
{
	size_t len, take;

	for (len = strlen(text); len > 0; text += take, len -= take) {
		take = len;
		if (take > WORD_BYTES)
			take = tk_utf8_cut(text, len, WORD_BYTES);
		tk_str_add(out, "=?UTF-8?B?");
		add_base64(out, text, take);
		tk_str_add(out, "?=");
		if (take < len)
			tk_str_add(out, fold);
	}
}

void
tk_words_encode(struct tk_str *out, const char *text, const char *fold)
{
	size_t plain = plain_prefix(text);

	if (plain > PLAIN_MAX && text[plain] != '\0')
		plain = 0;
	if (text[plain] == '\0') {
		tk_str_add(out, text);
		return;
	}
	/* a blank between plain text and code stays, so it is not encoded */
	if (plain > 0) {
		tk_str_add_data(out, text, plain - 1);
		tk_str_add(out, fold);
	}
	tk_words_encode_all(out, text + plain, fold);
}
