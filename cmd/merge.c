/* tk-merge - make one ticket of several. */
#include "act/change.h"
#include "act/merge.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "desk/ticket.h"

static const char *into, *comment;
static bool undo, quiet;

static const struct tk_opt opts[] = {
	{ .name = "into",
	    .arg = "ID",
	    .help = N_("the ticket that stays"),
	    .value = &into },
	{ .name = "undo", .help = N_("part them again"), .set = &undo },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("add this comment as an internal note"),
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
	return tk_merge_act(tx, desk, id, arg, done, err);
}

static void
told(const struct tk_done *done, void *arg)
{
	const struct tk_merge *m = arg;

	if (!quiet && m->undo)
		tk_print_done(done, "parted");
	else if (!quiet)
		tk_say("%s merged %s", done->id, m->into);
}

static enum tk_status
merge(int argc, char **argv, struct tk_err *err)
{
	struct tk_merge m = { .comment = comment, .undo = undo };
	struct tk_str to = TK_STR_INIT;
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	struct tk_bulk bulk = {
		.ids = &ids, .make = make, .told = told, .arg = &m
	};
	enum tk_status st;

	if ((into == NULL) != undo)
		return tk_fail(err, TK_EUSAGE,
		    _("into which ticket? --into ID; or --undo"));
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (undo || (st = tk_desk_id(&to, desk, into, err)) == TK_OK) &&
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) == TK_OK &&
	    (st = tk_desk_actor(desk, &m.actor, err)) == TK_OK) {
		m.into = to.data;
		st = tk_act_bulk(desk, &bulk, err);
	}
	tk_str_clear(&to);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-merge",
		.operands = "[ID...]",
		.summary = N_("make one ticket of several"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = merge,
	};

	return tk_main(&cmd, argc, argv);
}
