/* tk-escalate - hand tickets up. */
#include <string.h>

#include "act/change.h"
#include "act/duties.h"
#include "act/escalate.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/utf8.h"
#include "desk/input.h"
#include "notice/notice.h"
#include "send/send.h"

static bool quiet, due, dry_run;
static const char *to, *comment;

static const struct tk_opt opts[] = {
	{ .name = "to",
	    .arg = "WHERE",
	    .help = N_("a line (1, 2, 3), a queue or a person"),
	    .value = &to },
	{ .name = "due",
	    .help = N_("do what is due by the regulation; for cron"),
	    .set = &due },
	{ .flag = 'n',
	    .name = "dry-run",
	    .help = N_("with --due: only say what would be done"),
	    .set = &dry_run },
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

static void
done_by_itself(const char *line, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_say("%s", line);
}

/* What time has done, then those are told who are to know, and letters go
 * out. */
static enum tk_status
by_itself(struct tk_err *err)
{
	const struct tk_duty_run run = { dry_run, done_by_itself, NULL };
	struct tk_desk *desk = NULL;
	struct tk_sent count;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_desk_load(desk, err)) == TK_OK)
		st = tk_duties_run(desk, &run, err);
	if (st == TK_OK && !dry_run &&
	    (st = tk_notice_run(desk, true, err)) == TK_OK)
		st = tk_send_pending(desk, NULL, &count, err);
	tk_desk_free(desk);
	return st;
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

	if (due && (argc > 0 || to != NULL || comment != NULL))
		return tk_fail(
		    err, TK_EUSAGE, _("--due takes no ids, no --to and no -m"));
	if (due)
		return by_itself(err);
	if (dry_run)
		return tk_fail(err, TK_EUSAGE, _("-n goes with --due"));
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
