/* tk-close - close tickets. */
#include "act/change.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"

static bool quiet;
static const char *comment, *resolution, *cause;

static const struct tk_opt opts[] = {
	{ .flag = 'r', .name = "resolution", .arg = "TEXT",
	    .help = N_("what the solution was"), .value = &resolution },
	{ .name = "cause", .arg = "TEXT", .help = N_("what the cause was"),
	    .value = &cause },
	{ .flag = 'm', .name = "message", .arg = "TEXT",
	    .help = N_("add this comment as an internal note"),
	    .value = &comment },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
close(int argc, char **argv, struct tk_err *err)
{
	struct tk_field_change change = { .act = "close",
		.comment = comment, .quiet = quiet };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) != TK_OK)
		goto out;
	change.set = tk_yaml_map();
	if (resolution != NULL)
		tk_yaml_set_str(change.set, "resolution", resolution);
	if (cause != NULL)
		tk_yaml_set_str(change.set, "cause", cause);
	st = tk_change_fields(desk, &ids, &change, err);
out:
	tk_yaml_free(change.set);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-close",
		.operands = "[ID...]",
		.summary = N_("close tickets"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = close,
	};

	return tk_main(&cmd, argc, argv);
}
