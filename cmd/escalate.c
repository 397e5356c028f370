/* tk-escalate - hand tickets up. */
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/utf8.h"
#include "desk/change.h"
#include "desk/escalate.h"
#include "desk/input.h"

static bool quiet;
static const char *to, *comment;

static const struct tk_opt opts[] = {
	{ .name = "to",
	    .arg = "WHERE",
	    .help = N_("a line (1, 2, 3), a queue or a person"),
	    .value = &to },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("what was done, what is wanted: an internal note"),
	    .value = &comment },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
make(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    struct tk_done *done, void *arg, struct tk_err *err)
{
	return tk_escalate_act(tx, desk, id, arg, done, err);
}

static void
told(const struct tk_done *done, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_print_done(done, "escalate");
}

static enum tk_status
escalate(int argc, char **argv, struct tk_err *err)
{
	struct tk_escalation e = { .to = to, .note = comment };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_bulk bulk = {
		.ids = &ids, .make = make, .told = told, .arg = &e
	};
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) != TK_OK)
		goto out;
	if (comment != NULL && !tk_utf8_valid(comment, strlen(comment)))
		st = tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	else if ((st = tk_desk_actor(desk, &e.actor, err)) == TK_OK)
		st = tk_act_bulk(desk, &bulk, err);
out:
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-escalate",
		.operands = "[ID...]",
		.summary = N_("hand tickets up"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = escalate,
	};

	return tk_main(&cmd, argc, argv);
}
