/* tk-check - judge commits as the gate will. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "check/check.h"

#define LINES_MAX ((size_t)16 * 1024 * 1024) /* bytes of standard input */

static bool staged, push, quiet;
static const char *message;

static const struct tk_opt opts[] = {
	{ .name = "staged",
	    .help = N_("what git commit would make now (pre-commit)"),
	    .set = &staged },
	{ .name = "push",
	    .help = N_("lines OLD NEW REF on standard input (pre-receive)"),
	    .set = &push },
	{ .name = "message",
	    .arg = "FILE",
	    .help = N_("a commit message (commit-msg)"),
	    .value = &message },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
check_push(struct tk_desk *desk, struct tk_err *err)
{
	const char *pusher = getenv("TK_ACTOR");
	struct tk_str lines = TK_STR_INIT;
	enum tk_status st;

	/* git is about to take its locks. */
	tk_store_unlock(desk->store);
	st = tk_str_read(&lines, STDIN_FILENO, LINES_MAX, err);
	if (st == TK_OK)
		st = tk_check_push(desk, lines.data,
		    pusher != NULL && pusher[0] != '\0' ? pusher : NULL, err);
	tk_str_clear(&lines);
	return st;
}

static enum tk_status
check_range(struct tk_desk *desk, const char *range, struct tk_err *err)
{
	enum tk_status st;
	size_t n;

	st = tk_check_range(&n, desk, range, err);
	if (st == TK_OK && !quiet)
		printf(ngettext("%zu commit would be taken\n",
			   "%zu commits would be taken\n", n),
		    n);
	return st;
}

static enum tk_status
check(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if (staged + push + (message != NULL) + argc > 1)
		return tk_fail(err, TK_EUSAGE,
		    _("one of --staged, --push, --message and A..B"));
	/* A hook judges the repository that git runs it in, whatever desk the
	 * one who pushes has at hand. */
	if (staged || push || message != NULL)
		unsetenv("TK_DESK");
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	if (push)
		st = check_push(desk, err);
	else if (staged)
		st = tk_check_staged(desk, err);
	else if (message != NULL)
		st = tk_check_message(desk, message, err);
	else
		st = check_range(desk, argv[0], err);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-check",
		.operands = "[A..B]",
		.summary = N_("judge commits as the gate will"),
		.opts = opts,
		.min = 0,
		.max = 1,
		.run = check,
	};

	return tk_main(&cmd, argc, argv);
}
