/* xml - foreign text inside HTML and SVG. */
#include "view/xml.h"

#include "base/utf8.h"

void
tk_xml_add(struct tk_str *out, const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	const char *p;

	tk_utf8_safe(&safe, text, true);
	for (p = safe.data; *p != '\0'; p++)
		switch (*p) {
		case '&':
			tk_str_add(out, "&amp;");
			break;
		case '<':
			tk_str_add(out, "&lt;");
			break;
		case '>':
			tk_str_add(out, "&gt;");
			break;
		case '"':
			tk_str_add(out, "&quot;");
			break;
		case '\'':
			tk_str_add(out, "&#39;");
			break;
		default:
			tk_str_add_char(out, *p);
		}
	tk_str_clear(&safe);
}
