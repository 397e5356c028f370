/* i18n - gettext set up once. */
#include "base/i18n.h"

#include <ctype.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"

void
tk_i18n_init(void)
{
	const char *dir = getenv("TK_LOCALEDIR");
	char *own = NULL;

	setlocale(LC_ALL, "");
	/* Numbers in YAML, SQL and JSON must not follow the locale. */
	setlocale(LC_NUMERIC, "C");
	if (dir == NULL)
		dir = own = tk_strf("%s/../locale", tk_datadir());
	bindtextdomain("tk", dir);
	bind_textdomain_codeset("tk", "UTF-8");
	textdomain("tk");
	free(own);
}

void
tk_i18n_language(const char *language)
{
	const char *p;

	for (p = language; p != NULL && *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && *p != '_' && *p != '@')
			return;
	if (language == NULL || language[0] == '\0')
		return;
	setenv("LANGUAGE", language, 1);
	/* LANGUAGE counts in any locale but "C"; C.UTF-8 is always there. */
	setlocale(LC_MESSAGES, "C.UTF-8");
}

/* The catalogue's own header says it. */
const char *
tk_i18n_current(void)
{
	static char language[8];
	const char *header = ""; /* the text that stands for it */
	const char *at = strstr(gettext(header), "Language: ");
	size_t n = 0;

	if (at != NULL)
		for (at += strlen("Language: ");
		     n < sizeof(language) - 1 && isalpha((unsigned char)at[n]);
		     n++)
			language[n] = at[n];
	language[n] = '\0';
	return n > 0 ? language : "en";
}
