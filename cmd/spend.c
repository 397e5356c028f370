/* tk-spend - record the time spent on tickets. */
#include "act/change.h"
#include "act/work.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "desk/ticket.h"

static const char *what;
static bool billable, quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'b',
	    .name = "billable",
	    .help = N_("the client pays for it"),
	    .set = &billable },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("what was done, as an internal note"),
	    .value = &what },
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
	return tk_spend_act(tx, desk, id, arg, done, err);
}

static void
told(const struct tk_done *done, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_print_done(done, "spend");
}

/* The last word is the time: a bare number could be a ticket, too, and alone
 * it more likely is one. */
static enum tk_status
spend(int argc, char **argv, struct tk_err *err)
{
	struct tk_spend s = { .billable = billable, .what = what };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	struct tk_bulk bulk = {
		.ids = &ids, .make = make, .told = told, .arg = &s
	};
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		goto out;
	if (argc == 1 && tk_desk_is_id(desk, argv[0]))
		st = tk_fail(err, TK_EUSAGE,
		    _("how long? The time comes last, as in: tk spend %s 40m"),
		    argv[0]);
	else if (!tk_span_parse(&s.seconds, argv[argc - 1]) || s.seconds == 0)
		st = tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a time like 40m, 2h or 1h30m"),
		    argv[argc - 1]);
	else if (s.seconds > TK_SPEND_MAX * 60)
		st = tk_fail(err, TK_EINPUT,
		    _("%s: an entry is a day's work at most"), argv[argc - 1]);
	if (st == TK_OK && (st = tk_desk_actor(desk, &s.actor, err)) == TK_OK &&
	    (st = tk_input_ids(&ids, NULL, desk, argc - 1, argv, err)) == TK_OK)
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
		.name = "tk-spend",
		.operands = "[ID...] TIME",
		.summary = N_("record the time spent on tickets"),
		.opts = opts,
		.min = 1,
		.max = -1,
		.run = spend,
	};

	return tk_main(&cmd, argc, argv);
}
