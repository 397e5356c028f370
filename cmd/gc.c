/* tk-gc - tidy the objects of the desk. */
#include <stdio.h>

#include "backup/gc.h"
#include "base/i18n.h"
#include "base/main.h"

static bool quiet, dry_run, full;

static const struct tk_opt opts[] = {
	{ .name = "full",
	    .help = N_("all into one pack, however large"),
	    .set = &full },
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
print(const struct tk_gc *gc)
{
	size_t i;

	for (i = 0; i < gc->leftovers.n; i++)
		tk_say(dry_run ? _("left behind: %s")
			       : _("left behind, removed: %s"),
		    gc->leftovers.v[i]);
	if (dry_run)
		printf(_("%zu packs, %zu loose objects\n"), gc->before.packs,
		    gc->before.loose);
	else
		printf(_("%zu packs, %zu loose objects; before: %zu, %zu\n"),
		    gc->after.packs, gc->after.loose, gc->before.packs,
		    gc->before.loose);
}

static enum tk_status
tidy(int argc, char **argv, struct tk_err *err)
{
	struct tk_gc gc = { .dry_run = dry_run, .full = full };
	struct tk_store *store = NULL;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if ((st = tk_store_open(&store, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_gc_run(&gc, store, err)) == TK_OK && !quiet)
		print(&gc);
	tk_gc_clear(&gc);
	tk_store_free(store);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-gc",
		.operands = "",
		.summary = N_("tidy the objects of the desk"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = tidy,
	};

	return tk_main(&cmd, argc, argv);
}
