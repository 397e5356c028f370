/* tk-digest - the morning: what is due, overdue, and nobody's. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/utf8.h"
#include "notice/digest.h"
#include "send/send.h"

static bool mail, quiet;
static const char *who;

static const struct tk_opt opts[] = {
	{ .name = "mail",
	    .help = N_("as a letter; without -w, to all who want one"),
	    .set = &mail },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ .flag = 'w',
	    .name = "who",
	    .arg = "PERSON",
	    .help = N_("whose; your own without it"),
	    .value = &who },
	{ 0 },
};

static enum tk_status
send_letters(struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_send how = { .only_notices = true };
	struct tk_sent count;
	enum tk_status st;
	size_t n;

	if ((st = tk_digest_mail(&n, desk, who, err)) != TK_OK)
		return st;
	if (!quiet)
		tk_say(_("letters: %zu"), n);
	return tk_send_pending(desk, &how, &count, err);
}

static enum tk_status
print(struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_actor *me = NULL;
	struct tk_str text = TK_STR_INIT, safe = TK_STR_INIT;
	enum tk_status st = TK_OK;

	if (who == NULL)
		st = tk_desk_actor(desk, &me, err);
	if (st == TK_OK)
		st = tk_digest_text(
		    &text, desk, who != NULL ? who : me->id, err);
	if (st == TK_OK && !quiet) {
		if (text.len == 0)
			tk_say("%s", _("Nothing is waiting for you."));
		else {
			tk_utf8_safe(&safe, text.data, true);
			fputs(safe.data, stdout);
		}
	}
	tk_str_clear(&safe);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
digest(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK)
		st = mail ? send_letters(desk, err) : print(desk, err);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-digest",
		.operands = "",
		.summary = N_("the morning: due, overdue, nobody's"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = digest,
	};

	return tk_main(&cmd, argc, argv);
}
