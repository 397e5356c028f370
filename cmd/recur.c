/* tk-recur - open the tickets of recurring works that are due. */
#include "act/recur.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/main.h"

static bool dry_run, quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'n',
	    .name = "dry-run",
	    .help = N_("tell what would be done, change nothing"),
	    .set = &dry_run },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
told(const struct tk_occurrence *o, const char *id, void *arg)
{
	struct tk_str first = TK_STR_INIT;

	(void)arg;
	if (quiet)
		return;
	if (o->missed > 0)
		tk_local_text(&first, o->missed_first);
	if (o->missed > 0)
		tk_say("%s open %s missed %zu since %s",
		    id[0] != '\0' ? id : "-", o->key, o->missed, first.data);
	else
		tk_say("%s open %s", id[0] != '\0' ? id : "-", o->key);
	tk_str_clear(&first);
}

static enum tk_status
recur(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	st = tk_recur(desk, dry_run, told, NULL, err);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-recur",
		.operands = "",
		.summary = N_("open the tickets of recurring works"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = recur,
	};

	return tk_main(&cmd, argc, argv);
}
