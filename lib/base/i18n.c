/* i18n - gettext set up once. */
#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>

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
