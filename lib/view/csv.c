/* csv - a table for programs and for sheets. */
#include "view/csv.h"

#include <string.h>

#include "base/utf8.h"

void
tk_csv_start(struct tk_str *out, bool excel)
{
	if (excel)
		tk_str_add(out, "\xEF\xBB\xBF");
}

/* A sheet takes what begins with these for a formula, whoever wrote it. */
static bool
is_formula(const char *text)
{
	return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

void
tk_csv_cell(
    struct tk_str *out, const char *text, bool last, bool excel, bool guard)
{
	struct tk_str safe = TK_STR_INIT;
	bool quote;

	/* A table is looked at in a terminal, too. */
	tk_utf8_safe(&safe, text, true);
	text = safe.data;
	quote = strpbrk(text, ",;\"\r\n") != NULL;
	if (quote)
		tk_str_add_char(out, '"');
	if (guard && is_formula(text))
		tk_str_add_char(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			tk_str_add_char(out, '"');
		tk_str_add_char(out, *text);
	}
	if (quote)
		tk_str_add_char(out, '"');
	tk_str_add(out, last ? "\r\n" : excel ? ";" : ",");
	tk_str_clear(&safe);
}
