/* tk-due - promise the client a date. */
#include <string.h>

#include "act/change.h"
#include "act/promise.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/input.h"
#include "desk/ticket.h"
#include "send/send.h"

static const char *why;
static bool no_letter, quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'm',
	    .name = "message",
	    .arg = "TEXT",
	    .help = N_("why then: an internal note"),
	    .value = &why },
	{ .name = "no-letter",
	    .help = N_("do not write to the client"),
	    .set = &no_letter },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
told(const struct tk_done *done)
{
	if (!quiet)
		tk_print_done(done, "due");
}

/* "tomorrow 14:00" need not be one word; "none" takes the promise back. */
static enum tk_status
read_time(struct tk_promise *p, int argc, char **argv, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;
	int i;

	for (i = 0; i < argc; i++)
		tk_str_addf(&text, "%s%s", i > 0 ? " " : "", argv[i]);
	if (text.len == 0)
		st = tk_fail(
		    err, TK_EUSAGE, _("by when? tk due ID 'tomorrow 14:00'"));
	else if (strcmp(text.data, "none") != 0)
		st = tk_promise_time(&p->at, text.data, err);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
due(int argc, char **argv, struct tk_err *err)
{
	struct tk_promise p = { .why = why, .no_letter = no_letter };
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	size_t letters = 0;
	int n = 0;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	/* The 2 of "in 2 hours" is no ticket. */
	while (n < argc && tk_desk_is_id(desk, argv[n]))
		n++;
	if ((st = tk_input_ids(&ids, NULL, desk, n, argv, err)) == TK_OK &&
	    (st = read_time(&p, argc - n, argv + n, err)) == TK_OK &&
	    (st = tk_desk_actor(desk, &p.actor, err)) == TK_OK)
		st = tk_promise_all(desk, &ids, &p, told, &letters, err);
	if (letters > 0)
		tk_send_now(desk, quiet);
	tk_strv_clear(&ids);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-due",
		.operands = "[ID...] WHEN",
		.summary = N_("promise the client a date"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = due,
	};

	return tk_main(&cmd, argc, argv);
}
