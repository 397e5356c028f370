/* text - body text as the desk keeps it. */
#include "mail/text.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define WRAP 72 /* columns of a line that is broken */

const char *
tk_text_find(const char *text, const char *what)
{
	size_t n = strlen(what);

	for (; *text != '\0'; text++)
		if ((*text | 32) == (*what | 32) &&
		    strncasecmp(text, what, n) == 0)
			return text;
	return NULL;
}

void
tk_text_clean(struct tk_str *text)
{
	size_t i, to = 0, from = 0;
	char *s = text->data;
	unsigned char c;

	for (i = 0; i < text->len; i++) {
		c = (unsigned char)s[i];
		if (c == '\r') {
			if (i + 1 < text->len && s[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if ((c < ' ' && c != '\n' && c != '\t') || c == 127)
			continue;
		s[to++] = (char)c;
	}
	tk_str_cut(text, to);
	while (to > 0 && strchr(" \t\n", s[to - 1]) != NULL)
		to--;
	tk_str_cut(text, to);
	/* blank lines at the top go, the indent of the first line stays */
	for (i = 0; i < text->len && strchr(" \t\n", s[i]) != NULL; i++)
		if (s[i] == '\n')
			from = i + 1;
	if (from > 0) {
		memmove(s, s + from, text->len - from + 1);
		text->len -= from;
	}
}

void
tk_text_unflow(struct tk_str *text, bool delsp)
{
	struct tk_str out = TK_STR_INIT;
	const char *p = text->data, *end = p + text->len, *nl, *from;
	size_t depth, last_depth = 0, len, i;
	bool flowing = false, soft, signature;

	for (; p < end; p = nl + 1) {
		if ((nl = memchr(p, '\n', (size_t)(end - p))) == NULL)
			nl = end;
		for (depth = 0; p + depth < nl && p[depth] == '>';)
			depth++;
		from = p + depth;
		if (from < nl && *from == ' ')
			from++; /* space-stuffing */
		len = (size_t)(nl - from);
		signature = len == 3 && memcmp(from, "-- ", 3) == 0;
		soft = len > 0 && from[len - 1] == ' ' && !signature;
		if (depth != last_depth || signature)
			flowing = false; /* a paragraph ends with its quote */
		if (!flowing) {
			if (p > text->data)
				tk_str_add_char(&out, '\n');
			for (i = 0; i < depth; i++)
				tk_str_add_char(&out, '>');
			if (depth > 0)
				tk_str_add_char(&out, ' ');
		}
		tk_str_add_data(&out, from, len - (soft && delsp));
		flowing = soft;
		last_depth = depth;
	}
	tk_str_clear(text);
	*text = out;
}

/* How much of the line goes before the next soft break: up to WRAP columns,
 * the blank included; all of it where it fits or cannot be broken. */
static size_t
break_at(const char *s, size_t len, size_t room)
{
	size_t i, columns = 0, best = 0;

	for (i = 0; i < len; i++) {
		if (((unsigned char)s[i] & 0xC0) != 0x80)
			columns++;
		if (s[i] == ' ' && i + 1 < len && s[i + 1] != ' ' &&
		    (columns <= room || best == 0))
			best = i + 1;
	}
	return columns <= room + 6 || best == 0 ? len : best;
}

static void
flow_line(struct tk_str *out, const char *s, size_t len)
{
	size_t depth = 0, take, skip;

	while (depth < len && s[depth] == '>')
		depth++;
	skip = depth + (depth > 0 && depth < len && s[depth] == ' ');
	s += skip;
	len -= skip;
	for (;; s += take, len -= take) {
		tk_str_add_data(
		    out, ">>>>>>>>>>>>>>>>", depth < 16 ? depth : 16);
		take = break_at(s, len, WRAP);
		/* a blank in front, so that these are not taken for marks */
		if (depth > 0 || (len > 0 && (*s == ' ' || *s == '>')) ||
		    (len >= 5 && memcmp(s, "From ", 5) == 0))
			tk_str_add_char(out, ' ');
		tk_str_add_data(out, s, take);
		tk_str_add_char(out, '\n');
		if (take >= len)
			return;
	}
}

void
tk_text_flow(struct tk_str *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n"), n = len;

		/* blanks at the end would mean a soft break */
		if (!(len == 3 && memcmp(text, "-- ", 3) == 0))
			while (n > 0 && (text[n - 1] == ' '))
				n--;
		flow_line(out, text, n);
		text += len;
		text += *text == '\r' && text[1] == '\n';
		text += *text != '\0';
	}
}

void
tk_text_cut(struct tk_str *text)
{
	if (text->len <= TK_TEXT_MAX)
		return;
	tk_str_cut(text, tk_utf8_cut(text->data, text->len, TK_TEXT_MAX));
	tk_str_add(text, "\n[...]");
}
