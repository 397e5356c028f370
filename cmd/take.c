/* tk-take - take tickets: they are yours now. */
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
take(int argc, char **argv, struct tk_err *err)
{
	struct tk_field_change change = { .act = "take",
		.comment = comment, .quiet = quiet };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	const struct tk_actor *me;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) != TK_OK)
		goto out;
	if ((st = tk_desk_actor(desk, &me, err)) != TK_OK)
		goto out;
	change.set = tk_yaml_map();
	tk_yaml_set_str(change.set, "assignee", me->id);
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
		.name = "tk-take",
		.operands = "[ID...]",
		.summary = N_("take tickets: they are yours now"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = take,
	};

	return tk_main(&cmd, argc, argv);
}
