/* tk-status - move tickets to another state. */
#include "act/change.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"

static bool quiet;
static const char *comment;

static const struct tk_opt opts[] = {
	{ .flag = 'm', .name = "message", .arg = "TEXT",
	    .help = N_("add this comment as an internal note"),
	    .value = &comment },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
status(int argc, char **argv, struct tk_err *err)
{
	struct tk_field_change change = { .act = "status",
		.comment = comment, .quiet = quiet };
	struct tk_strv ids = TK_STRV_INIT, words = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, &words, desk, argc, argv, err)) != TK_OK)
		goto out;
	if (words.n != 1) {
		st = tk_fail(err, TK_EUSAGE, _("to which state? one STATE"));
		goto out;
	}
	change.state = words.v[0];
	st = tk_change_fields(desk, &ids, &change, err);
out:
	tk_strv_clear(&words);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-status",
		.operands = "STATE [ID...]",
		.summary = N_("move tickets to another state"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = status,
	};

	return tk_main(&cmd, argc, argv);
}
