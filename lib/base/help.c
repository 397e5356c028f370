/* help - what commands there are. */
#include "base/help.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/program.h"
#include "base/utf8.h"

/* In the order of tk -h; only those that are there are shown, and what is
 * not named here stands in a group of its own. */
static const struct group {
	const char *title;
	const char *names;
} groups[] = {
	{ N_("The desk"), "init clone sync reindex fsck gc backup restore config examples" },
	{ N_("Taking in"), "deliver hold new import" },
	{ N_("Work"),
	    "list show next take assign move set status close "
	    "reopen reply note escalate wait due split merge link tag "
	    "watch spend checklist attach" },
	{ N_("Letters out"), "send template" },
	{ N_("Regulation"), "regulation check audit" },
	{ N_("Reports"), "report search tail export archive digest" },
	{ N_("Directories"), "client staff asset kb" },
	{ N_("Regular work and access"), "recur plan shell" },
};

static void
print_command(FILE *to, const char *x, char *summary)
{
	struct tk_str safe = TK_STR_INIT;

	tk_utf8_safe(&safe, summary != NULL ? summary : "", false);
	fprintf(to, "  %-12s %s\n", x, safe.data);
	tk_str_clear(&safe);
	free(summary);
}

void
tk_help_print(FILE *to)
{
	struct tk_strv names = TK_STRV_INIT, shown = TK_STRV_INIT;
	size_t i, k;

	fputs(_("the ticket desk; without a command, what there is to do\n\n"
		"  -C, --desk DIR          use the desk in DIR\n"
		"      --archive YEAR      read an archive of the desk instead\n"
		"  -h, --help              show this text\n"
		"      --version           show the version\n"),
	    to);
	tk_program_list(&names);
	for (i = 0; i < TK_COUNT(groups); i++) {
		char *copy = tk_strdup(groups[i].names), *rest = copy, *x;
		bool any = false;

		while ((x = strsep(&rest, " ")) != NULL) {
			if (!tk_strv_has(&names, x))
				continue;
			if (!any)
				fprintf(to, "\n%s\n", _(groups[i].title));
			any = true;
			print_command(to, x, tk_program_summary(x));
			tk_strv_add(&shown, x);
		}
		free(copy);
	}
	for (i = 0, k = shown.n; i < names.n; i++) {
		if (tk_strv_has(&shown, names.v[i]))
			continue;
		if (k == shown.n)
			fprintf(to, "\n%s\n", _("Others"));
		tk_strv_add(&shown, names.v[i]);
		print_command(to, names.v[i], NULL);
	}
	fputs(_("\n\"tk help COMMAND\" shows a command's manual\n"), to);
	tk_strv_clear(&names);
	tk_strv_clear(&shown);
}
