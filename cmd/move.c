/* tk-move - move tickets to another queue. */
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
move(int argc, char **argv, struct tk_err *err)
{
	struct tk_field_change change = { .act = "move",
		.comment = comment, .quiet = quiet };
	struct tk_strv ids = TK_STRV_INIT, words = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	const struct tk_queue *q;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, &words, desk, argc, argv, err)) != TK_OK)
		goto out;
	if (words.n != 1) {
		st = tk_fail(err, TK_EUSAGE, _("where to? one QUEUE"));
		goto out;
	}
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		goto out;
	change.set = tk_yaml_map();
	tk_yaml_set_str(change.set, "queue", words.v[0]);
	q = tk_queue_find(desk->reg, words.v[0]);
	if (q != NULL && q->line > 0)
		tk_yaml_set_int(change.set, "line", q->line);
	/* Whoever had it in the old queue has it no more. */
	tk_yaml_set(change.set, "assignee", tk_yaml_plain("null"));
	st = tk_change_fields(desk, &ids, &change, err);
out:
	tk_yaml_free(change.set);
	tk_strv_clear(&words);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-move",
		.operands = "QUEUE [ID...]",
		.summary = N_("move tickets to another queue"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = move,
	};

	return tk_main(&cmd, argc, argv);
}
