/* subject - the subject of an answer. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "mail/compose.h"

/* "Re", "RE[2]", "Ответ" and their like, before a colon; lower case. */
static const char *const answers[] = { "re", "aw", "sv", "antw", "rif", "ref",
	"отв", "ответ", "на", "відп", "відповідь", "нa" };

/* The length of an answer's mark at the start of s with the colon and blanks
 * behind it, or 0. */
static size_t
mark(const char *s)
{
	struct tk_str low = TK_STR_INIT;
	size_t len = strcspn(s, ":"), word = strcspn(s, ":[(^ "), i, found = 0;
	char *copy;

	if (s[len] != ':' || len > 40)
		return 0;
	copy = tk_strndup(s, word);
	tk_utf8_lower(&low, copy);
	for (i = 0; i < TK_COUNT(answers); i++)
		if (strcmp(low.data, answers[i]) == 0)
			found = len + 1;
	/* between the word and the colon only a count may stand */
	if (strspn(s + word, "[]()^0123456789 ") != len - word)
		found = 0;
	if (found > 0)
		found += strspn(s + found, " \t");
	tk_str_clear(&low);
	free(copy);
	return found;
}

/* One line, without any [tag]. */
static void
add_plain(struct tk_str *out, const char *s, const char *tag)
{
	size_t n = strlen(tag);
	bool blank = false;

	for (; *s != '\0'; s++) {
		if (n > 0 && *s == '[' && strncasecmp(s + 1, tag, n) == 0 &&
		    s[n + 1] == ']') {
			s += n + 1;
			blank = out->len > 0;
		} else if ((unsigned char)*s <= ' ') {
			blank = out->len > 0;
		} else {
			if (blank)
				tk_str_add_char(out, ' ');
			blank = false;
			tk_str_add_char(out, *s);
		}
	}
}

void
tk_compose_subject(struct tk_str *out, const char *subject, const char *ticket)
{
	struct tk_str plain = TK_STR_INIT;
	const char *rest;
	size_t n;

	add_plain(&plain, subject, ticket != NULL ? ticket : "");
	for (rest = plain.data; (n = mark(rest)) > 0; rest += n)
		;
	tk_str_add(out, "Re: ");
	if (ticket != NULL)
		tk_str_addf(out, "[%s] ", ticket);
	tk_str_add(out, rest);
	tk_str_trim(out);
	tk_str_clear(&plain);
}
