/* pattern - texts with holes. */
#include "base/pattern.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* The length of the hole at p, 0 where there is none. */
static size_t
hole(const char *p)
{
	size_t n;

	if (*p == '*')
		return 1;
	if (*p != '{')
		return 0;
	n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz_");
	return n > 0 && p[1 + n] == '}' ? n + 2 : 0;
}

static size_t
literal(const char *p)
{
	size_t n = 0;

	while (p[n] != '\0' && hole(p + n) == 0)
		n++;
	return n;
}

bool
tk_pattern_valid(const char *p)
{
	size_t n;

	while (*p != '\0') {
		n = hole(p);
		if (n > 0 && hole(p + n) > 0 && (*p == '*' || p[n] != '*'))
			return false;
		if (n == 0 && (*p == '{' || *p == '}'))
			return false;
		p += n > 0 ? n : 1;
	}
	return true;
}

/* Where the first len bytes of what stand in text; at its end where last is
 * set. NULL: nowhere. */
static const char *
find(const char *text, const char *what, size_t len, bool last)
{
	size_t n = strlen(text), i;

	if (n < len)
		return NULL;
	if (last)
		return strncasecmp(text + n - len, what, len) == 0
		    ? text + n - len
		    : NULL;
	for (i = 0; i + len <= n; i++)
		if (strncasecmp(text + i, what, len) == 0)
			return text + i;
	return NULL;
}

/* Letters, digits and what stands within numbers. */
static size_t
word(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) ||
	    (unsigned char)text[n] >= 0x80 ||
	    (text[n] != '\0' && strchr("-_", text[n]) != NULL))
		n++;
	return n;
}

static void
keep(struct tk_strv *names, struct tk_strv *values, const char *name,
    size_t gap, const char *text, size_t len)
{
	tk_strv_add_own(names, tk_strndup(name + 1, gap - 2));
	tk_strv_add_own(values, tk_strndup(text, len));
}

bool
tk_pattern_match(struct tk_strv *names, struct tk_strv *values,
    const char *pattern, const char *text)
{
	size_t len = literal(pattern), gap, shift;
	const char *at;

	if (strncasecmp(pattern, text, len) != 0)
		return false;
	pattern += len;
	text += len;
	while ((gap = hole(pattern)) > 0) {
		if (*pattern == '{' && pattern[gap] == '*') {
			len = word(text);
			if (len == 0)
				return false;
			keep(names, values, pattern, gap, text, len);
			text += len;
			pattern += gap;
			continue;
		}
		len = literal(pattern + gap);
		/* {name} holds one byte at least. */
		shift = *pattern == '{' && *text != '\0';
		at = find(text + shift, pattern + gap, len,
		    pattern[gap + len] == '\0');
		if (at == NULL || (*pattern == '{' && at == text))
			return false;
		if (*pattern == '{')
			keep(names, values, pattern, gap, text,
			    (size_t)(at - text));
		text = at + len;
		pattern += gap + len;
	}
	return *pattern == '\0' && *text == '\0';
}

void
tk_pattern_fill(struct tk_str *out, const char *form,
    const struct tk_strv *names, const struct tk_strv *values)
{
	size_t gap, i;

	for (; *form != '\0'; form += gap > 0 ? gap : 1) {
		gap = hole(form);
		if (gap < 3) {
			tk_str_add_char(out, *form);
			continue;
		}
		for (i = 0; i < names->n && i < values->n; i++)
			if (strlen(names->v[i]) == gap - 2 &&
			    strncmp(names->v[i], form + 1, gap - 2) == 0) {
				tk_str_add(out, values->v[i]);
				break;
			}
	}
}
