/* query-word - what is looked for in texts. */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "store/term.h"

enum tk_status
tk_ask_word(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const char *text = t->value[0].text;
	struct tk_str low = TK_STR_INIT;

	if (text[0] == '\0')
		return tk_term_bad(
		    err, c->text, t, t->at, _("nothing to look for"));
	/* A number is a ticket's; in words it is looked for in quotes. A long
	 * one is a telephone's. */
	if (!t->value[0].quoted && strspn(text, "0123456789") == strlen(text) &&
	    strlen(text) <= 9 && tk_ask_one_id(c, text, "("))
		goto out;
	tk_utf8_lower(&low, text);
	tk_term_add_text(c, "(instr(subject_low,", low.data);
	tk_term_add_text(c, ") > 0 OR instr(requester_low,", low.data);
	tk_str_add(&c->where, ") > 0");
	if (!t->value[0].quoted)
		(void)tk_ask_one_id(c, text, " OR ");
out:
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&low);
	return TK_OK;
}
