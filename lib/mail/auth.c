/* auth - what our own mail system found out about a sender. */
#include "mail/auth.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define WORDS_MAX 64 /* of one result */

/* The field without its comments; quotes are taken off. */
static void
plain(struct tk_str *out, const char *p)
{
	int depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
			continue;
		}
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (depth == 0 && *p != '"')
			tk_str_add_char(out, *p);
	}
}

/* The word at *p, NULL at the end; blanks separate, "a = b" is one. */
static char *
next_word(char **p)
{
	char *s = *p + strspn(*p, " \t"), *word = s, *to = s;

	if (*s == '\0')
		return NULL;
	while (*s != '\0') {
		if (strchr(" \t", *s) != NULL) {
			char *after = s + strspn(s, " \t");

			if (*after != '=' && (to == word || to[-1] != '='))
				break;
			s = after;
			continue;
		}
		*to++ = *s++;
	}
	*p = *s != '\0' ? s + 1 : s;
	*to = '\0';
	return word;
}

static const char *
domain_of(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : address;
}

static bool
is_below(const char *sub, const char *top)
{
	size_t n = strlen(sub), m = strlen(top);

	return strchr(top, '.') != NULL &&
	    ((n == m && strcasecmp(sub, top) == 0) ||
		(n > m && sub[n - m - 1] == '.' &&
		    strcasecmp(sub + n - m, top) == 0));
}

/* One result: "dkim=pass header.d=romashka.example". */
static bool
take_result(struct tk_str *proof, char *text, const char *from)
{
	static const struct {
		const char *method, *property;
	} known[] = { { "dmarc=pass", "header.from=" },
		{ "dkim=pass", "header.d=" }, { "dkim=pass", "header.i=" },
		{ "spf=pass", "smtp.mailfrom=" },
		{ "spf=pass", "smtp.from=" } };
	char *method = next_word(&text), *word;
	const char *domain;
	size_t i, n, words = 0;

	while (method != NULL && words++ < WORDS_MAX &&
	    (word = next_word(&text)) != NULL)
		for (i = 0; i < TK_COUNT(known); i++) {
			n = strlen(known[i].property);
			if (strcasecmp(method, known[i].method) != 0 ||
			    strncasecmp(word, known[i].property, n) != 0)
				continue;
			domain = domain_of(word + n);
			if (!is_below(from, domain) &&
			    !(i > 0 && is_below(domain, from)))
				continue;
			tk_str_addf(proof, "%.*s %s", (int)strcspn(method, "="),
			    method, domain);
			return true;
		}
	return false;
}

static void
take_field(struct tk_str *ours, struct tk_str *proof, const char *field,
    const struct tk_strv *servers, const char *from)
{
	struct tk_str text = TK_STR_INIT;
	char *rest, *part, *id;
	bool trusted = false;
	size_t i;

	plain(&text, field);
	rest = text.data;
	part = strsep(&rest, ";");
	id = next_word(&part);
	for (i = 0; id != NULL && i < servers->n; i++)
		trusted = trusted || strcasecmp(id, servers->v[i]) == 0;
	if (trusted)
		tk_str_addf(ours, "%s%s", ours->len > 0 ? "; " : "", field);
	while (
	    trusted && proof->len == 0 && (part = strsep(&rest, ";")) != NULL)
		if (take_result(proof, part, from))
			break;
	tk_str_clear(&text);
}

void
tk_auth_judge(struct tk_str *ours, struct tk_str *proof,
    const struct tk_strv *fields, const struct tk_strv *servers,
    const char *from)
{
	size_t i;

	for (i = 0; i < fields->n; i++)
		take_field(ours, proof, fields->v[i], servers, domain_of(from));
}
