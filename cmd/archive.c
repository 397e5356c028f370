/* tk-archive - move tickets closed long ago into yearly archives. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/cold.h"
#include "base/i18n.h"
#include "base/main.h"

static bool quiet, dry_run;
static const char *before;

static const struct tk_opt opts[] = {
	{ .name = "before",
	    .arg = "YEAR",
	    .help = N_("tickets closed and not touched since that year began"),
	    .value = &before },
	{ .flag = 'n',
	    .name = "dry-run",
	    .help = N_("count and list, change nothing"),
	    .set = &dry_run },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
print_archive(const struct tk_cold_archive *a, void *arg)
{
	(void)arg;
	tk_say(a->here ? _("%s: tickets %zu, commit %s, of the desk at %s")
		       : _("%s: tickets %zu, commit %s, of the desk at %s; "
			   "not here"),
	    a->year, a->tickets, a->commit, a->head);
}

static void
print(const struct tk_cold *c)
{
	size_t i;

	for (i = 0; i < c->n && dry_run; i++)
		tk_say("%s %s", c->v[i].id, c->v[i].year);
	for (i = 0; i < c->n_kept; i++)
		tk_warn(_("%s stays: %s"), c->kept[i].id, c->kept[i].why);
	for (i = 0; i < c->n_years; i++)
		tk_say(_("%s: tickets moved %zu, commit %s, of the desk at %s"),
		    c->year[i].year, c->year[i].moved, c->year[i].commit,
		    c->head);
	if (c->n_years == 0 && !dry_run)
		tk_say(_("nothing to move"));
}

static bool
read_year(int *year)
{
	char *end;
	long n = strtol(before, &end, 10);

	*year = (int)n;
	return strlen(before) == 4 && *end == '\0' && n > 1900;
}

static enum tk_status
archive(int argc, char **argv, struct tk_err *err)
{
	struct tk_cold c = { .dry_run = dry_run };
	struct tk_desk *desk = NULL;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if (before == NULL && dry_run)
		return tk_fail(err, TK_EUSAGE, _("--before YEAR is missing"));
	if (before != NULL && !read_year(&c.before))
		return tk_fail(err, TK_EUSAGE,
		    _("--before %s: a year is meant, as in 2025"), before);
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	if (before == NULL)
		st = tk_cold_list(desk->store, print_archive, NULL, err);
	else if ((st = tk_cold_run(&c, desk, err)) == TK_OK && !quiet)
		print(&c);
	tk_cold_clear(&c);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-archive",
		.operands = "",
		.summary = N_("move old tickets into yearly archives"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = archive,
	};

	return tk_main(&cmd, argc, argv);
}
