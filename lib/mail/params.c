/* params - parameters of Content-Type and Content-Disposition. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/charset.h"
#include "mail/words.h"

#define SECTIONS_MAX 100 /* of one continued parameter */

struct param {
	const char *name;
	size_t name_len;
	struct tk_str value; /* quotes resolved, percents not */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A backslash escapes only quotes and itself: old mailers write paths. */
static const char *
quoted(struct tk_str *out, const char *p)
{
	for (p++; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		tk_str_add_char(out, *p);
	}
	return *p == '"' ? p + 1 : p;
}

/* The next parameter at p; NULL at the end. */
static const char *
next(struct param *param, const char *p)
{
	bool was_quoted = false;

	tk_str_reset(&param->value);
	p += strspn(p, "; \t");
	if (*p == '\0')
		return NULL;
	param->name = p;
	p += strcspn(p, "=;\" \t");
	param->name_len = (size_t)(p - param->name);
	p += strspn(p, " \t");
	if (*p != '=')
		return p + strcspn(p, ";");
	p++;
	p += strspn(p, " \t");
	while (*p != '\0' && *p != ';') {
		size_t word = 0;

		/* its text may hold a semicolon */
		if (p[0] == '=' && p[1] == '?')
			word = tk_words_match(p, strcspn(p, "\""));
		if (word > 0) {
			tk_str_add_data(&param->value, p, word);
			p += word;
		} else if (*p == '"' && param->value.len == 0) {
			p = quoted(&param->value, p);
			was_quoted = true;
			/* foo="bar" junk; and a missing semicolon */
			p += strspn(p, " \t");
			if (*p != ';')
				return p;
		} else {
			tk_str_add_char(&param->value, *p++);
		}
	}
	if (!was_quoted)
		tk_str_trim(&param->value);
	return p;
}

void
tk_params_first(struct tk_str *out, const char *raw)
{
	for (; *raw != '\0' && *raw != ';' && !is_blank(*raw); raw++)
		tk_str_add_char(out, (char)tolower((unsigned char)*raw));
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
add_percent(struct tk_str *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '%' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			tk_str_add_char(
			    out, (char)(hex(s[1]) * 16 + hex(s[2])));
			s += 2;
		} else {
			tk_str_add_char(out, *s);
		}
	}
}

/* charset'language'text, the first section of an extended value. */
static const char *
take_charset(char charset[TK_CHARSET_MAX], const char *value)
{
	const char *one = strchr(value, '\''), *two;
	size_t len;

	if (one == NULL || (two = strchr(one + 1, '\'')) == NULL)
		return value;
	len = (size_t)(one - value);
	if (len >= TK_CHARSET_MAX)
		len = TK_CHARSET_MAX - 1;
	memcpy(charset, value, len);
	charset[len] = '\0';
	return two + 1;
}

struct sections {
	char *bytes[SECTIONS_MAX];
	bool percent[SECTIONS_MAX];
	char *plain;
};

/* name, name*, name*0, name*0*: which section of which kind. */
static void
collect(struct sections *all, const struct param *p, const char *name)
{
	size_t len = strlen(name), at = len;
	unsigned long n = 0;
	bool percent;

	if (p->name_len < len || strncasecmp(p->name, name, len) != 0)
		return;
	if (p->name_len == len) {
		if (all->plain == NULL)
			all->plain = tk_strdup(p->value.data);
		return;
	}
	if (p->name[at++] != '*')
		return;
	percent = p->name[p->name_len - 1] == '*';
	for (; at < p->name_len && isdigit((unsigned char)p->name[at]); at++)
		if (n < SECTIONS_MAX)
			n = n * 10 + (unsigned long)(p->name[at] - '0');
	if (n >= SECTIONS_MAX || all->bytes[n] != NULL)
		return;
	all->bytes[n] = tk_strdup(p->value.data);
	all->percent[n] = percent;
}

static void
join(struct tk_str *out, const struct sections *all, const char *hint)
{
	struct tk_str bytes = TK_STR_INIT, text = TK_STR_INIT;
	char charset[TK_CHARSET_MAX] = "";
	const char *value;
	size_t n;

	for (n = 0; n < SECTIONS_MAX && all->bytes[n] != NULL; n++) {
		value = all->bytes[n];
		if (n == 0 && all->percent[n])
			value = take_charset(charset, value);
		if (all->percent[n])
			add_percent(&bytes, value);
		else
			tk_str_add(&bytes, value);
	}
	if (strstr(bytes.data, "=?") != NULL) {
		/* both ways of encoding at once */
		tk_words_decode(out, bytes.data, bytes.len, hint);
	} else {
		tk_charset_decode(
		    &text, bytes.data, bytes.len, charset, hint, NULL);
		tk_str_add(out, text.data);
	}
	tk_str_clear(&text);
	tk_str_clear(&bytes);
}

bool
tk_params_get(
    struct tk_str *out, const char *raw, const char *name, const char *hint)
{
	struct param param = { NULL, 0, TK_STR_INIT };
	struct sections *all = tk_calloc(1, sizeof(*all));
	const char *p = raw + strcspn(raw, ";");
	bool found = true;
	size_t n;

	while ((p = next(&param, p)) != NULL)
		collect(all, &param, name);
	if (all->bytes[0] != NULL)
		join(out, all, hint);
	else if (all->plain != NULL)
		tk_words_decode(out, all->plain, strlen(all->plain), hint);
	else
		found = false;

	for (n = 0; n < SECTIONS_MAX; n++)
		free(all->bytes[n]);
	free(all->plain);
	free(all);
	tk_str_clear(&param.value);
	return found;
}
