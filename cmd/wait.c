/* tk-wait - agree to wait: the clocks stand until then. */
#include <string.h>

#include "act/change.h"
#include "act/promise.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"

static const char *on, *until, *why;
static bool end, quiet;

static const struct tk_opt opts[] = {
	{ .name = "on",
	    .arg = "WHOM",
	    .help = N_("who is waited for: client or vendor"),
	    .value = &on },
	{ .name = "until",
	    .arg = "WHEN",
	    .help = N_("how long, as in 'friday 10:00' or +2d"),
	    .value = &until },
	{ .name = "end", .help = N_("wait no longer"), .set = &end },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("what was agreed: an internal note"),
	    .value = &why },
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
	return tk_wait_act(tx, desk, id, arg, done, err);
}

static void
told(const struct tk_done *done, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_print_done(done, "wait");
}

static enum tk_status
check(struct tk_wait *w, struct tk_err *err)
{
	if (end)
		return on == NULL && until == NULL
		    ? TK_OK
		    : tk_fail(err, TK_EUSAGE,
			  _("--end goes without --on and --until"));
	if (on == NULL || until == NULL)
		return tk_fail(err, TK_EUSAGE,
		    _("wait for whom, and how long? --on client|vendor "
		      "--until WHEN"));
	if (strcmp(on, "client") != 0 && strcmp(on, "vendor") != 0)
		return tk_fail(
		    err, TK_EUSAGE, _("--on %s: client or vendor"), on);
	w->on = on;
	return tk_promise_time(&w->until, until, err);
}

static enum tk_status
wait_for(int argc, char **argv, struct tk_err *err)
{
	struct tk_wait w = { .why = why };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_bulk bulk = {
		.ids = &ids, .make = make, .told = told, .arg = &w
	};
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = check(&w, err)) == TK_OK &&
	    (st = tk_input_ids(&ids, NULL, desk, argc, argv, err)) == TK_OK &&
	    (st = tk_desk_actor(desk, &w.actor, err)) == TK_OK)
		st = tk_act_bulk(desk, &bulk, err);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-wait",
		.operands = "[ID...]",
		.summary = N_("agree to wait for the client or a vendor"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = wait_for,
	};

	return tk_main(&cmd, argc, argv);
}
