/* tk-backup - put the whole desk away. */
#include <stdio.h>

#include "backup/backup.h"
#include "base/i18n.h"
#include "base/main.h"

static bool quiet, force, check;

static const struct tk_opt opts[] = {
	{ .name = "check",
	    .help =
		N_("restore it for a try, elsewhere, and say what is in it"),
	    .set = &check },
	{ .name = "force",
	    .help = N_("replace the file that is there"),
	    .set = &force },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
try_it(const char *from, struct tk_err *err)
{
	struct tk_restore r = { .from = from, .check = true };
	enum tk_status st = tk_restore_run(&r, err);

	if (st == TK_OK && !quiet)
		tk_say(_("%s: whole: archives %u, commits %zu, files %zu; of "
			 "%s, head %s"),
		    from, r.number, r.commits, r.files, r.made, r.head);
	tk_restore_clear(&r);
	return st;
}

static enum tk_status
backup(int argc, char **argv, struct tk_err *err)
{
	struct tk_backup b = { .to = argv[0], .over = force };
	struct tk_store *store = NULL;
	enum tk_status st;

	(void)argc;
	if (tk_main_is_remote())
		return tk_fail(
		    err, TK_EDENIED, _("that is done at the gate itself"));
	if (check)
		return try_it(argv[0], err);
	if ((st = tk_store_open(&store, tk_main_desk(), err)) == TK_OK)
		st = tk_backup_make(&b, store, err);
	if (st == TK_OK && !quiet && b.path == NULL)
		tk_say(_("%s: nothing is new since number %u"), b.to, b.number);
	else if (st == TK_OK && !quiet)
		tk_say(_("%s: %llu bytes, files %zu, of them new %zu; read "
			 "back, whole"),
		    b.path, (unsigned long long)b.size, b.files, b.fresh);
	tk_backup_clear(&b);
	tk_store_free(store);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-backup",
		.operands = "FILE.tar.zst|DIR",
		.summary = N_("put the whole desk away"),
		.opts = opts,
		.min = 1,
		.max = 1,
		.run = backup,
	};

	return tk_main(&cmd, argc, argv);
}
