/* lines - a text as lines that know what they look like. */
#include "mail/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define LINE_LOOK 300 /* bytes; marks do not stand in longer lines */

bool
tk_has_any(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strstr(s, *list) != NULL)
			return true;
	return false;
}

bool
tk_starts_any(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (tk_starts(s, *list))
			return true;
	return false;
}

void
tk_lines_split(struct tk_lines *l, const struct tk_str *text)
{
	const char *p = text->data, *end = p + text->len, *nl, *q;
	struct tk_line *one;

	for (; p < end; p = nl + 1) {
		if ((nl = memchr(p, '\n', (size_t)(end - p))) == NULL)
			nl = end;
		TK_GROW(l->v, l->n, l->cap);
		one = &l->v[l->n++];
		one->s = p;
		one->len = (size_t)(nl - p) + (nl < end);
		one->low = NULL;
		for (q = p; q < nl && (*q == ' ' || *q == '\t');)
			q++;
		one->blank = q == nl;
		one->quote = q < nl && *q == '>';
	}
}

void
tk_lines_lower(struct tk_str *out, const char *s)
{
	struct tk_str raw = TK_STR_INIT;

	tk_str_add(&raw, s);
	tk_str_trim(&raw);
	tk_utf8_lower(out, raw.data);
	tk_str_clear(&raw);
}

const char *
tk_lines_low(struct tk_lines *l, size_t i)
{
	struct tk_line *one = &l->v[i];
	struct tk_str raw = TK_STR_INIT, out = TK_STR_INIT;

	if (one->low != NULL)
		return one->low;
	if (one->len <= LINE_LOOK) {
		tk_str_add_data(&raw, one->s, one->len);
		tk_lines_lower(&out, raw.data);
	}
	tk_str_clear(&raw);
	one->low = tk_str_detach(&out);
	return one->low;
}

void
tk_lines_clear(struct tk_lines *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->v[i].low);
	free(l->v);
	*l = (struct tk_lines){ NULL, 0, 0 };
}
