/* html_source - what the parser of HTML is given. */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "mail/html.h"
#include "mail/text.h"

void
tk_html_piece(
    struct tk_str *out, const char *p, const char *end, const char *last)
{
	const char *amp;

	while ((amp = memchr(p, '&', (size_t)(end - p))) != NULL) {
		tk_str_add_data(out, p, (size_t)(amp - p));
		p = amp + 1;
		if (p < last && (isalpha((unsigned char)*p) || *p == '#'))
			tk_str_add_char(out, '&');
		else
			tk_str_add(out, "&amp;");
	}
	tk_str_add_data(out, p, (size_t)(end - p));
}

void
tk_html_charset(char *out, size_t size, const char *html, size_t len)
{
	char head[2048];
	const char *p;
	size_t n = 0;

	*out = '\0';
	if (len >= sizeof(head))
		len = sizeof(head) - 1;
	memcpy(head, html, len);
	head[len] = '\0';
	if ((p = tk_text_find(head, "charset")) == NULL)
		return;
	p += strlen("charset");
	p += strspn(p, " =\"'");
	while (n + 1 < size &&
	    (isalnum((unsigned char)*p) ||
		(*p != '\0' && strchr("-_.:", *p) != NULL)))
		out[n++] = *p++;
	out[n] = '\0';
}

size_t
tk_html_weight(const char *html, size_t len)
{
	size_t n = 0, i;
	bool tag = false;

	for (i = 0; i < len; i++) {
		if (html[i] == '<')
			tag = true;
		else if (html[i] == '>')
			tag = false;
		else
			n += !tag && (unsigned char)html[i] > ' ';
	}
	return n;
}
