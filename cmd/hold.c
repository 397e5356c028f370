/* tk-hold - letters of strangers: look through them and decide. */
#include <stdint.h>
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "intake/hold-decide.h"
#include "intake/hold-show.h"
#include "send/send.h"

static const char *text;
static bool accept, reject, silent, block, unblock, show, list_blocked, decided;
static bool json, quiet;

static const struct tk_opt opts[] = {
	{ .name = "accept",
	    .help = N_("make tickets of these letters"),
	    .set = &accept },
	{ .name = "reject",
	    .help = N_("no tickets; the senders are told"),
	    .set = &reject },
	{ .name = "silent",
	    .help = N_("with --reject: nobody is told"),
	    .set = &silent },
	{ .name = "block",
	    .help = N_("no tickets of these senders, now and later"),
	    .set = &block },
	{ .name = "unblock",
	    .help = N_("take addresses off that list"),
	    .set = &unblock },
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("tell the sender this, or why it is blocked"),
	    .value = &text },
	{ .name = "show", .help = N_("read these letters"), .set = &show },
	{ .name = "blocked",
	    .help = N_("list who is blocked"),
	    .set = &list_blocked },
	{ .name = "decided",
	    .help = N_("list what was rejected or blocked"),
	    .set = &decided },
	{ .name = "json",
	    .help = N_("one JSON object a letter"),
	    .set = &json },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
told(const struct tk_delivered *d, void *arg)
{
	const struct tk_held *h = arg;

	if (!quiet && d->intake != NULL)
		tk_say(
		    "%.8s %s %s", h->name, d->intake->ticket, d->intake->act);
}

static enum tk_status
decide_one(struct tk_desk *desk, const struct tk_held_list *l, const char *name,
    struct tk_err *err)
{
	struct tk_hold_decision d = { .text = text,
		.is_silent = silent,
		.told = told,
		.verdict = accept ? TK_HOLD_ACCEPT
		    : block       ? TK_HOLD_BLOCK
				  : TK_HOLD_REJECT };
	const struct tk_held *h;
	enum tk_status st;

	/* An address can be blocked before it writes again. */
	if (unblock || (block && strchr(name, '@') != NULL))
		return tk_hold_block(desk, name, text, unblock, err);
	if ((st = tk_hold_find(&h, l, name, err)) != TK_OK)
		return st;
	if (show)
		return tk_hold_show(h, err);
	d.arg = (void *)(uintptr_t)h;
	st = tk_hold_decide(desk, h, &d, err);
	if (st == TK_OK && !accept && !quiet)
		tk_say("%.8s %s", h->name, block ? "blocked" : "rejected");
	return st;
}

static enum tk_status
hold(int argc, char **argv, struct tk_err *err)
{
	struct tk_held_list l = { NULL, 0, 0 };
	struct tk_desk *desk = NULL;
	struct tk_sent count;
	struct tk_err late = TK_ERR_INIT;
	int verbs = accept + reject + block + unblock + show, i;
	enum tk_status st;

	if (verbs > 1 || (verbs == 0) != (argc == 0) || (silent && !reject))
		return tk_fail(err, TK_EUSAGE,
		    _("one of --accept, --reject, --block, --unblock, --show "
		      "with letters; nothing of it lists them"));
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_hold_may(desk, "open", err)) != TK_OK ||
	    (st = tk_hold_list(&l, desk, decided, err)) != TK_OK)
		goto out;
	if (list_blocked)
		st = tk_hold_print_blocked(desk, json, err);
	else if (verbs == 0)
		tk_hold_print(&l, json);
	for (i = 0; st == TK_OK && i < argc; i++)
		st = decide_one(desk, &l, argv[i], err);
	if (desk->is_gate && (accept || reject) &&
	    tk_send_pending(desk, NULL, &count, &late) != TK_OK)
		tk_warn("%s", late.text);
out:
	tk_held_clear(&l);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-hold",
		.operands = "[LETTER | ADDRESS]...",
		.summary = N_("decide about letters of strangers"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = hold,
	};

	return tk_main(&cmd, argc, argv);
}
