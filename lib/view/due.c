/* due - how far a term is away, in words. */
#include "view/due.h"

#include "base/i18n.h"

void
tk_due_words(struct tk_str *out, int64_t due, int64_t now)
{
	int64_t away = due < now ? now - due : due - now;
	int minutes = (int)(away / 60), hours = (int)(away / 3600);
	int days = (int)(away / 86400);

	if (due < now && away < 3600)
		tk_str_addf(out, _("%d min late"), minutes);
	else if (due < now && away < 48 * 3600)
		tk_str_addf(out, _("%d h late"), hours);
	else if (due < now)
		tk_str_addf(out, _("%d d late"), days);
	else if (away < 3600)
		tk_str_addf(out, _("in %d min"), minutes);
	else if (away < 48 * 3600)
		tk_str_addf(out, _("in %d h"), hours);
	else
		tk_str_addf(out, _("in %d d"), days);
}
