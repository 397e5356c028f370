/* tk-restore - bring a desk back from its backup. */
#include <stdio.h>
#include <stdlib.h>

#include "backup/backup.h"
#include "base/i18n.h"
#include "base/main.h"

static bool quiet;
static const char *at;

static const struct tk_opt opts[] = {
	{ .name = "at",
	    .arg = "NUMBER",
	    .help = N_("as it was at this archive of the folder"),
	    .value = &at },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
restore(int argc, char **argv, struct tk_err *err)
{
	struct tk_restore r = { .from = argv[0], .to = argv[1] };
	enum tk_status st;
	char *end;

	(void)argc;
	if (tk_main_is_remote())
		return tk_fail(
		    err, TK_EDENIED, _("that is done at the gate itself"));
	if (at != NULL) {
		r.at = (unsigned)strtoul(at, &end, 10);
		if (r.at == 0 || *end != '\0')
			return tk_fail(err, TK_EUSAGE,
			    _("--at %s: the number of an archive, as in "
			      "0003.tar.zst"),
			    at);
	}
	st = tk_restore_run(&r, err);
	if (st == TK_OK && !quiet) {
		tk_say(_("%s: commits %zu, files %zu; of %s, head %s"), r.to,
		    r.commits, r.files, r.made, r.head);
		tk_warn(_("letters in the outbox: %zu; nothing is sent before "
			  "you say so: tk send --status, --as-sent, "
			  "--release"),
		    r.waiting);
	}
	tk_restore_clear(&r);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-restore",
		.operands = "FILE.tar.zst|DIR NEWDIR",
		.summary = N_("bring a desk back from its backup"),
		.opts = opts,
		.min = 2,
		.max = 2,
		.run = restore,
	};

	return tk_main(&cmd, argc, argv);
}
