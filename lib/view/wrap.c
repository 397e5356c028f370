/* wrap - text in lines of a width. */
#include "view/wrap.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* The bytes of the longest beginning of s (len bytes) that fits; at least
 * one character. */
static size_t
fitting(const char *s, size_t len, size_t width)
{
	size_t n = 0, used = 0, next, i;
	char one[5];

	while (n < len) {
		for (next = n + 1; next < len && next - n < 4 &&
		     ((unsigned char)s[next] & 0xC0) == 0x80;
		     next++)
			;
		for (i = 0; i < next - n; i++)
			one[i] = s[n + i];
		one[i] = '\0';
		used += tk_utf8_width(one);
		if (used > width && n > 0)
			break;
		n = next;
	}
	return n;
}

static size_t
width_of(struct tk_str *work, const char *s, size_t len)
{
	tk_str_reset(work);
	tk_str_add_data(work, s, len);
	return tk_utf8_width(work->data);
}

/* One line of the source. */
static void
wrap_line(struct tk_strv *lines, const char *s, size_t len, size_t width)
{
	struct tk_str line = TK_STR_INIT, work = TK_STR_INIT;
	const char *end = s + len;
	size_t n, w, used = 0;

	while (s < end) {
		if (*s == ' ') {
			s++;
			continue;
		}
		n = 0;
		while (s + n < end && s[n] != ' ')
			n++;
		w = width_of(&work, s, n);
		if (used > 0 && used + 1 + w > width) {
			tk_strv_add(lines, line.data);
			tk_str_reset(&line);
			used = 0;
		}
		if (used == 0 && w > width) {
			n = fitting(s, n, width);
			w = width_of(&work, s, n);
		}
		if (used > 0)
			tk_str_add_char(&line, ' ');
		tk_str_add_data(&line, s, n);
		used += w + (used > 0);
		s += n;
		/* The rest of a broken word is a line of its own. */
		if (s < end && *s != ' ') {
			tk_strv_add(lines, line.data);
			tk_str_reset(&line);
			used = 0;
		}
	}
	tk_strv_add(lines, line.data);
	tk_str_clear(&line);
	tk_str_clear(&work);
}

void
tk_wrap_lines(struct tk_strv *lines, const char *text, size_t width)
{
	size_t n;

	if (width == 0)
		width = SIZE_MAX / 2;
	do {
		n = strcspn(text, "\n");
		wrap_line(lines, text, n, width);
		text += n;
	} while (*text++ == '\n');
}

size_t
tk_wrap_word(const char *text)
{
	struct tk_str work = TK_STR_INIT;
	size_t widest = 0, n, w;

	while (*text != '\0') {
		n = strcspn(text, " \n");
		w = width_of(&work, text, n);
		widest = w > widest ? w : widest;
		text += n;
		text += *text != '\0';
	}
	tk_str_clear(&work);
	return widest;
}

void
tk_wrap_paint(struct tk_str *out, const char *line, bool colour, bool *on)
{
	/* Each line is whole for itself: a pager may begin at any of them. */
	if (*on && colour)
		tk_str_add(out, "\x1b[1m");
	for (; *line != '\0'; line++) {
		if (*line != TK_WRAP_ON && *line != TK_WRAP_OFF) {
			tk_str_add_char(out, *line);
			continue;
		}
		*on = *line == TK_WRAP_ON;
		if (colour)
			tk_str_add(out, *on ? "\x1b[1m" : "\x1b[0m");
	}
	if (*on && colour)
		tk_str_add(out, "\x1b[0m");
}
