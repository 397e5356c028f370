/* size - how much, for people. */
#include "view/size.h"

#include "base/i18n.h"
#include "base/mem.h"

void
tk_size_text(struct tk_str *out, uint64_t bytes)
{
	/* TRANSLATORS: the decimal sign of your language, too. */
	static const char *const tenths[] = { N_("%u.%u KB"), N_("%u.%u MB"),
		N_("%u.%u GB"), N_("%u.%u TB") };
	static const char *const whole[] = { N_("%u KB"), N_("%u MB"),
		N_("%u GB"), N_("%u TB") };
	uint64_t ten; /* tenths of the unit, rounded */
	size_t i = 0;

	if (bytes < 1024) {
		tk_str_addf(out, _("%u B"), (unsigned)bytes);
		return;
	}
	if (bytes >= (uint64_t)1 << 50)
		bytes = (uint64_t)1 << 50;
	ten = (bytes * 10 + 512) / 1024;
	while (ten >= 10235 && i + 1 < TK_COUNT(whole)) {
		ten = (ten + 512) / 1024;
		i++;
	}
	/* The formats are the tables above, translated. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (ten < 100)
		tk_str_addf(out, _(tenths[i]), (unsigned)(ten / 10),
		    (unsigned)(ten % 10));
	else
		tk_str_addf(out, _(whole[i]), (unsigned)((ten + 5) / 10));
#pragma GCC diagnostic pop
}
