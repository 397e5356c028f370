/* tk-send - send what waits to go out. */
#include "act/rating.h"
#include "base/i18n.h"
#include "base/main.h"
#include "send/send.h"

static bool now, quiet, status, notices, as_sent, release;

static const struct tk_opt opts[] = {
	{ .name = "as-sent",
	    .help = N_("after a restore: what waits has gone out before; "
		       "record it, send nothing"),
	    .set = &as_sent },
	{ .name = "now",
	    .help = N_("try again now what was put off"),
	    .set = &now },
	{ .name = "notices",
	    .help = N_("only what staff are told, no letters"),
	    .set = &notices },
	{ .name = "release",
	    .help = N_("after a restore: letters go out again"),
	    .set = &release },
	{ .name = "status",
	    .help = N_("list what waits, send nothing"),
	    .set = &status },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
told(const char *line, void *arg)
{
	(void)arg;
	if (!quiet)
		tk_say("%s", line);
}

static enum tk_status
list(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_strv lines = TK_STRV_INIT;
	enum tk_status st = tk_send_status(desk, &lines, err);
	struct tk_err held = TK_ERR_INIT;
	size_t i;

	if (!quiet && tk_send_may(desk, &(struct tk_send){ 0 }, &held) != TK_OK)
		tk_warn("%s", held.text);

	for (i = 0; st == TK_OK && i < lines.n; i++)
		told(lines.v[i], NULL);
	tk_strv_clear(&lines);
	return st;
}

static enum tk_status
send_all(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	struct tk_strv only = TK_STRV_INIT;
	struct tk_send how = { now || release, notices, as_sent,
		argc > 0 ? &only : NULL, told, NULL };
	struct tk_err late = TK_ERR_INIT;
	struct tk_sent count;
	enum tk_status st;

	if (argc > 0 && !as_sent)
		return tk_fail(
		    err, TK_EUSAGE, _("tickets are named with --as-sent only"));
	if ((as_sent || release) && tk_main_is_remote())
		return tk_fail(
		    err, TK_EDENIED, _("that is done at the gate itself"));
	for (int i = 0; i < argc; i++)
		tk_strv_add(&only, argv[i]);
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (release && (st = tk_send_release(desk, err)) != TK_OK))
		goto out;
	if (!status) {
		tk_store_unlock(desk->store);
		/* The hook that follows a push runs us, before it is told that
		 * it is done. */
		tk_store_settle(desk->store);
	}
	/* What goes out besides answers; it must not keep those back. */
	if (!status && !as_sent && tk_rating_ask(desk, &late) != TK_OK)
		tk_warn("%s", late.text);
	if (status)
		st = list(desk, err);
	else if (!desk->is_gate)
		st = tk_fail(err, TK_EREFUSED,
		    _("this is a clone: letters go out from the gate when you "
		      "have pushed"));
	else if ((st = tk_send_pending(desk, &how, &count, err)) == TK_OK &&
	    count.waiting + count.failed > 0)
		/* The lines have said which; cron's -q wants silence. */
		st = TK_EREFUSED;
out:
	tk_strv_clear(&only);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-send",
		.operands = "[--as-sent [TICKET...]]",
		.summary = N_("send what waits to go out"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = send_all,
	};

	return tk_main(&cmd, argc, argv);
}
