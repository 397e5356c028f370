/* write - the canonical writer: same data, same bytes. */
#include "yaml/yaml.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

static bool
is_word(const char *s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcasecmp(s, *words) == 0)
			return true;
	return false;
}

static bool
all_in(const char *s, const char *set)
{
	return s[strspn(s, set)] == '\0';
}

/* Would a YAML 1.1 or 1.2 reader take it for something else than text? */
static bool
looks_typed(const char *s)
{
	static const char *const words[] = { "null", "true", "false", "yes",
		"no", "on", "off", "y", "n", "~", ".inf", "-.inf", "+.inf",
		".nan", "=", "<<", NULL };
	const char *p = s + (*s == '-' || *s == '+');

	if (*s == '\0' || is_word(s, words))
		return true;
	if (!isdigit((unsigned char)*p) && *p != '.')
		return false;
	if (p[0] == '0' && p[1] != '\0' && strchr("xob", p[1]) != NULL)
		return all_in(p + 2, "0123456789abcdefABCDEF_");
	if (all_in(p, "0123456789_.:eE+-"))
		return true;
	/* A date with a time: 2026-11-22T09:15:02+03:00 and its kin. */
	return strlen(s) >= 10 && s[4] == '-' &&
	    all_in(s, "0123456789-:.+TtZz ");
}

/* The character at *p as a code point, *p moved on; the text is UTF-8. */
static unsigned long
next_char(const unsigned char **p)
{
	unsigned long c = *(*p)++;
	int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;

	if (more > 0)
		c &= 0x3Fu >> more;
	for (; more > 0 && (**p & 0xC0) == 0x80; more--)
		c = c << 6 | (*(*p)++ & 0x3F);
	return c;
}

/* Printable in YAML 1.1 and 1.2 without an escape (besides the newline). */
static bool
is_printable(unsigned long c)
{
	return c == '\t' || (c >= 0x20 && c <= 0x7E) ||
	    (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029) ||
	    (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) || c >= 0x10000;
}

struct look {        /* what a text has in it */
	bool odd;    /* needs escapes */
	bool lines;  /* has a newline */
	bool blanks; /* blank at an end, or a tab */
	bool syntax; /* ": " or " #" or a colon at the end */
	bool flow;   /* , [ ] { } ? */
};

static struct look
look_at(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	struct look l = { 0 };
	unsigned long c, last = 0;

	l.blanks = *p == ' ';
	while (*p != '\0') {
		c = next_char(&p);
		if (c == '\n')
			l.lines = true;
		else if (!is_printable(c))
			l.odd = true;
		if (c == '\t')
			l.blanks = true;
		if (c < 0x80 && strchr(",[]{}?", (int)c) != NULL)
			l.flow = true;
		if ((c == '#' && last == ' ') ||
		    (c == ':' && (*p == ' ' || *p == '\0')))
			l.syntax = true;
		last = c;
	}
	l.blanks |= last == ' ';
	return l;
}

static bool
may_be_plain(const char *s, const struct look *l, bool flow, bool typed)
{
	unsigned char c = (unsigned char)s[0];

	if (l->odd || l->lines || l->blanks || l->syntax || (flow && l->flow))
		return false;
	/* "... " at the start of a line ends a document. */
	if (c == '\0' || strncmp(s, "...", 3) == 0)
		return false;
	if (looks_typed(s))
		return typed && strcmp(s, "=") != 0 && strcmp(s, "<<") != 0;
	return isalnum(c) || c >= 0x80 || strchr("/+._($<", c) != NULL;
}

static void
write_double(struct tk_str *out, const char *s)
{
	const unsigned char *p = (const unsigned char *)s, *at;
	unsigned long c;

	tk_str_add_char(out, '"');
	while (*p != '\0') {
		at = p;
		c = next_char(&p);
		if (c == '"' || c == '\\')
			tk_str_addf(out, "\\%c", (int)c);
		else if (c == '\n')
			tk_str_add(out, "\\n");
		else if (c == '\r')
			tk_str_add(out, "\\r");
		else if (c == '\t')
			tk_str_add(out, "\\t");
		else if (is_printable(c))
			tk_str_add_data(out, at, (size_t)(p - at));
		else if (c < 0x100)
			tk_str_addf(out, "\\x%02lX", c);
		else
			tk_str_addf(out, "\\u%04lX", c);
	}
	tk_str_add_char(out, '"');
}

static void
write_single(struct tk_str *out, const char *s)
{
	tk_str_add_char(out, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			tk_str_add_char(out, '\'');
		tk_str_add_char(out, *s);
	}
	tk_str_add_char(out, '\'');
}

static void
write_scalar(struct tk_str *out, const char *s, bool typed, bool flow)
{
	struct look l = look_at(s);

	if (may_be_plain(s, &l, flow, typed))
		tk_str_add(out, s);
	else if (l.odd || l.lines || strchr(s, '\t') != NULL)
		write_double(out, s);
	else
		write_single(out, s);
}

static void
write_value(struct tk_str *out, const struct tk_yaml *y, bool flow)
{
	if (tk_yaml_is_null(y))
		tk_str_add(out, "null");
	else
		write_scalar(out, y->text, y->plain, flow);
}

void
tk_yaml_write_flow(struct tk_str *out, const struct tk_yaml *y)
{
	size_t i;

	if (y->kind == TK_YAML_SCALAR) {
		write_value(out, y, true);
		return;
	}
	tk_str_add_char(out, y->kind == TK_YAML_MAP ? '{' : '[');
	for (i = 0; i < y->n; i++) {
		if (i > 0)
			tk_str_add(out, ", ");
		if (y->kind == TK_YAML_MAP) {
			write_scalar(out, y->key[i], false, true);
			tk_str_add(out, ": ");
		}
		tk_yaml_write_flow(out, y->item[i]);
	}
	tk_str_add_char(out, y->kind == TK_YAML_MAP ? '}' : ']');
}

/* A literal block; the text ends in none, one or more newlines. */
static void
write_literal(struct tk_str *out, const char *s)
{
	size_t n = strlen(s);
	const char *end;

	tk_str_add_char(out, '|');
	/* The reader takes the first line's depth for all, unless told. */
	if (s[0] == ' ' || s[0] == '\t' || s[0] == '\n')
		tk_str_add_char(out, '2');
	if (s[n - 1] != '\n')
		tk_str_add_char(out, '-');
	else if (n == 1 || s[n - 2] == '\n')
		tk_str_add_char(out, '+');
	tk_str_add_char(out, '\n');
	while (*s != '\0') {
		end = strchr(s, '\n');
		n = end != NULL ? (size_t)(end - s) : strlen(s);
		if (n > 0)
			tk_str_add(out, "  ");
		tk_str_add_data(out, s, n);
		tk_str_add_char(out, '\n');
		s += n + (end != NULL);
	}
}

static bool
wants_block(const struct tk_yaml *y)
{
	size_t i;

	if (y->kind == TK_YAML_LIST)
		for (i = 0; i < y->n; i++)
			if (y->item[i]->kind != TK_YAML_SCALAR)
				return true;
	return false;
}

static void
write_root_value(struct tk_str *out, const struct tk_yaml *y)
{
	struct look l;
	size_t i;

	if (wants_block(y)) {
		tk_str_add_char(out, '\n');
		for (i = 0; i < y->n; i++) {
			tk_str_add(out, "- ");
			tk_yaml_write_flow(out, y->item[i]);
			tk_str_add_char(out, '\n');
		}
		return;
	}
	tk_str_add_char(out, ' ');
	if (y->kind == TK_YAML_SCALAR) {
		l = look_at(y->text);
		if (l.lines && !l.odd)
			write_literal(out, y->text);
		else
			write_value(out, y, false);
		if (l.lines && !l.odd)
			return;
	} else {
		tk_yaml_write_flow(out, y);
	}
	tk_str_add_char(out, '\n');
}

void
tk_yaml_write(struct tk_str *out, const struct tk_yaml *root)
{
	size_t i;

	if (root->kind != TK_YAML_MAP || root->n == 0) {
		tk_yaml_write_flow(out, root);
		tk_str_add_char(out, '\n');
		return;
	}
	for (i = 0; i < root->n; i++) {
		write_scalar(out, root->key[i], false, false);
		tk_str_add_char(out, ':');
		write_root_value(out, root->item[i]);
	}
}
