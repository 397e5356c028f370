/* header - the header fields of a letter, as bytes. */
#include "mail/header.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define IDS_MAX 200 /* of one letter */
#define ID_MAX 512  /* bytes */

/* The length of the line at p with its line end; *text without it. */
static size_t
line_at(const char *p, size_t left, size_t *text)
{
	const char *nl = memchr(p, '\n', left);
	size_t len = nl != NULL ? (size_t)(nl - p) + 1 : left;

	*text = len;
	while (*text > 0 && (p[*text - 1] == '\n' || p[*text - 1] == '\r'))
		(*text)--;
	return len;
}

/* The length of the field name in front of a colon, 0 if this is no field. */
static size_t
name_len(const char *line, size_t text)
{
	size_t n = 0, end;

	while (n < text && line[n] > ' ' && line[n] < 127 && line[n] != ':')
		n++;
	for (end = n; end < text && (line[end] == ' ' || line[end] == '\t');)
		end++;
	return end < text && line[end] == ':' ? n : 0;
}

static bool
is_fold(const char *line, size_t text)
{
	return text > 0 && (line[0] == ' ' || line[0] == '\t');
}

/* Nothing but blanks. */
static bool
is_empty(const char *line, size_t text)
{
	while (text > 0 && (*line == ' ' || *line == '\t'))
		line++, text--;
	return text == 0;
}

size_t
tk_headers_skip(const char *raw, size_t len)
{
	size_t at = 0, text, line;

	while (at < len) {
		line = line_at(raw + at, len - at, &text);
		if (!is_empty(raw + at, text) &&
		    !(text > 5 && memcmp(raw + at, "From ", 5) == 0 &&
			name_len(raw + at, text) == 0) &&
		    !(text > 6 && memcmp(raw + at, ">From ", 6) == 0))
			break;
		at += line;
	}
	return at;
}

static void
add_value(struct tk_str *value, const char *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (p[i] != '\0')
			tk_str_add_char(value, p[i]);
}

size_t
tk_headers_parse(struct tk_headers *h, const char *raw, size_t len)
{
	struct tk_str value = TK_STR_INIT;
	size_t at = tk_headers_skip(raw, len), text, line, name, next, colon;

	while (at < len) {
		line = line_at(raw + at, len - at, &text);
		if (text == 0)
			return at + line;
		name = name_len(raw + at, text);
		if (name == 0) {
			/* junk between fields is passed over, but a header
			 * that was not ended by an empty line ends here */
			next = at + line;
			if (next >= len)
				return at;
			(void)line_at(raw + next, len - next, &text);
			if (text > 0 && !is_fold(raw + next, text) &&
			    name_len(raw + next, text) == 0)
				return at;
			at = next;
			continue;
		}
		TK_GROW(h->v, h->n, h->cap);
		h->v[h->n].name = tk_strndup(raw + at, name);
		colon = (size_t)((const char *)memchr(
				     raw + at + name, ':', text - name) -
			    (raw + at)) +
		    1;
		add_value(&value, raw + at + colon, text - colon);
		for (at += line; at < len; at += line) {
			line = line_at(raw + at, len - at, &text);
			if (!is_fold(raw + at, text))
				break;
			add_value(&value, raw + at, text);
		}
		tk_str_trim(&value);
		h->v[h->n++].value = tk_str_detach(&value);
	}
	return len;
}

void
tk_headers_clear(struct tk_headers *h)
{
	size_t i;

	for (i = 0; i < h->n; i++) {
		free(h->v[i].name);
		free(h->v[i].value);
	}
	free(h->v);
	h->v = NULL;
	h->n = h->cap = 0;
}

const char *
tk_headers_nth(const struct tk_headers *h, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (tk_strcaseeq(h->v[i].name, name) && n-- == 0)
			return h->v[i].value;
	return NULL;
}

const char *
tk_headers_get(const struct tk_headers *h, const char *name)
{
	return tk_headers_nth(h, name, 0);
}

/* id-left "@" id-right without blanks and controls; lenient otherwise. */
static bool
is_id(const char *s, size_t len)
{
	const char *at = memchr(s, '@', len);
	size_t i;

	if (len > ID_MAX || at == NULL || at == s || at == s + len - 1)
		return false;
	for (i = 0; i < len; i++)
		if (s[i] <= ' ' || s[i] >= 127 || strchr("<>,;", s[i]) != NULL)
			return false;
	return true;
}

/* Of too many those in the middle go: the last ones of References are the
 * letters that are answered, and the first is where it all began. */
static void
add_id(struct tk_strv *ids, const char *s, size_t len)
{
	const size_t mid = IDS_MAX / 2;
	char *id;

	if (!is_id(s, len))
		return;
	id = tk_strndup(s, len);
	if (tk_strv_has(ids, id)) {
		free(id);
		return;
	}
	tk_strv_add_own(ids, id);
	if (ids->n <= IDS_MAX)
		return;
	free(ids->v[mid]);
	ids->n--;
	memmove(ids->v + mid, ids->v + mid + 1,
	    (ids->n - mid + 1) * sizeof(*ids->v));
}

void
tk_ids_parse(struct tk_strv *ids, const char *value)
{
	const char *open = value, *close, *from;
	struct tk_str one = TK_STR_INIT;
	bool any = false;

	while ((open = strchr(open, '<')) != NULL &&
	    (close = strpbrk(open + 1, "<>")) != NULL) {
		if (*close == '>') {
			/* some programs fold in the middle of an id */
			for (from = open + 1; from < close; from++)
				if (*from != ' ' && *from != '\t')
					tk_str_add_char(&one, *from);
			add_id(ids, one.data, one.len);
			tk_str_reset(&one);
			any = true;
		}
		open = close;
	}
	tk_str_clear(&one);
	/* a bare id without <>, alone or in a row of such */
	while (!any && *value != '\0') {
		value += strspn(value, " \t,;");
		add_id(ids, value, strcspn(value, " \t,;"));
		value += strcspn(value, " \t,;");
	}
}
