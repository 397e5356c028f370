/* tk-deliver - take letters in: each becomes a ticket or joins one. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/proc.h"
#include "intake/breaker.h"
#include "intake/deliver.h"
#include "intake/delivered.h"
#include "send/send.h"

static bool dry_run, explain, json, quiet, verbose, no_send;
static size_t safe;

static const struct tk_opt opts[] = {
	{ .flag = 'n',
	    .name = "dry-run",
	    .help = N_("tell what would be done, change nothing"),
	    .set = &dry_run },
	{ .name = "explain",
	    .help = N_("tell the whole decision, rule by rule, change nothing"),
	    .set = &explain },
	{ .name = "json",
	    .help = N_("one JSON object a letter"),
	    .set = &json },
	{ .name = "no-send",
	    .help = N_("leave acknowledgements to tk-send"),
	    .set = &no_send },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ .flag = 'v',
	    .name = "verbose",
	    .help = N_("tell why there was no acknowledgement"),
	    .set = &verbose },
	{ 0 },
};

/* What a colleague asked for, and, where it is wanted, how it was decided. */
static void
print_more(const struct tk_intake *in)
{
	size_t i;

	for (i = 0; i < in->acts.n; i++)
		tk_say("  %s", in->acts.v[i]);
	for (i = 0; explain && i < in->tried.n; i++)
		tk_say("  %s", in->tried.v[i]);
}

/* The breaker tells once a span, not for each letter of a storm. */
static void
warn_limit(const struct tk_intake *in, struct tk_desk *desk)
{
	if (in != NULL && in->over_queue && !dry_run &&
	    tk_breaker_is_first(desk, in->queue))
		tk_warn(_("queue %s has sent as many acknowledgements as the "
			  "regulation allows (acknowledgement.queue_limit); "
			  "it is silent for a while: is it a mail loop?"),
		    in->queue);
}

static void
told(const struct tk_delivered *d, void *arg)
{
	struct tk_desk *desk = arg;
	const struct tk_intake *in = d->intake;
	struct tk_str line = TK_STR_INIT;

	safe += d->is_safe;
	warn_limit(in, desk);
	if (!json && quiet && in != NULL)
		return;
	if (json)
		tk_delivered_json(&line, d, desk != NULL, explain);
	else
		tk_delivered_line(&line, d, desk != NULL, dry_run, verbose);
	/* What quiet still tells is for the mail system's log. */
	if (json)
		puts(line.data);
	else if (quiet)
		tk_warn("%s", line.data);
	else
		tk_say("%s", line.data);
	if (!json && !quiet && in != NULL)
		print_more(in);
	tk_str_clear(&line);
}

/* A letter on standard input: whoever hands it over keeps it on status 75,
 * and must not keep it once it is in a ticket or in quarantine. */
static enum tk_status
from_stdin(const struct tk_delivery *d, struct tk_err *err)
{
	enum tk_status st = tk_deliver_stream(d, "-", STDIN_FILENO, err);

	/* Who hands a letter over reads the status, not the line: a line that
	 * cannot be printed must not say that the letter is not safe. */
	if (fflush(stdout) != 0 || ferror(stdout)) {
		tk_warn(_("standard output could not be written"));
		if (freopen("/dev/null", "w", stdout) == NULL)
			clearerr(stdout);
	}
	return st == TK_EREFUSED ? TK_OK : st;
}

/* A letter offered where the maildirs are meant would be passed over in
 * silence, and whoever offered it would think it safe. */
static bool
has_letter_on_stdin(void)
{
	struct pollfd f = { STDIN_FILENO, POLLIN, 0 };
	struct stat sb;
	int waiting = 0;

	if (isatty(STDIN_FILENO) || fstat(STDIN_FILENO, &sb) < 0)
		return false;
	if (S_ISREG(sb.st_mode))
		return sb.st_size > 0;
	return S_ISFIFO(sb.st_mode) && poll(&f, 1, 0) > 0 &&
	    ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting > 0;
}

static enum tk_status
from_maildirs(const struct tk_delivery *d, struct tk_err *err)
{
	struct tk_strv dirs = TK_STRV_INIT;
	enum tk_status st = TK_OK, one;
	char *value;
	size_t i;

	if (has_letter_on_stdin())
		return tk_fail(err, TK_EUSAGE,
		    _("a letter on standard input is taken in by: tk deliver "
		      "-"));
	value = tk_store_config(d->desk->store, "tk.maildir");
	if (value == NULL)
		st = tk_fail(err, TK_EUSAGE,
		    _("which maildir? name it, or git config tk.maildir PATH"));
	else
		st = tk_proc_words(&dirs, value, err);
	for (i = 0; i < dirs.n; i++)
		if ((one = tk_deliver_maildir(d, dirs.v[i], err)) != TK_OK)
			st = one;
	tk_strv_clear(&dirs);
	free(value);
	return st;
}

static enum tk_status
from_operands(
    const struct tk_delivery *d, int argc, char **argv, struct tk_err *err)
{
	struct tk_strv files = TK_STRV_INIT;
	enum tk_status st = TK_OK, one;
	int i;

	for (i = 0; i < argc; i++) {
		if (!tk_is_dir(argv[i]))
			tk_strv_add(&files, argv[i]);
		else if ((one = tk_deliver_maildir(d, argv[i], err)) != TK_OK)
			st = one;
	}
	if (files.n > 0 && (one = tk_deliver_files(d, &files, err)) != TK_OK)
		st = one;
	tk_strv_clear(&files);
	return st;
}

static void
send_acks(struct tk_desk *desk)
{
	struct tk_err late = TK_ERR_INIT;
	struct tk_sent count;

	/* The letters are safe; what cannot leave now waits for tk-send. */
	if (tk_send_pending(desk, NULL, &count, &late) != TK_OK)
		tk_warn("%s", late.text);
	else if (count.waiting > 0)
		tk_warn(ngettext("%zu letter waits for tk-send",
			    "%zu letters wait for tk-send", count.waiting),
		    count.waiting);
}

static enum tk_status
deliver(int argc, char **argv, struct tk_err *err)
{
	struct tk_delivery d = { .told = told };
	struct tk_desk *desk = NULL;
	enum tk_status st;

	verbose = verbose || explain;
	d.dry_run = dry_run = dry_run || explain;
	st = tk_desk_open(&desk, tk_main_desk(), err);
	/* Letters can be looked at without any desk. */
	if (st != TK_OK && !(dry_run && st == TK_ENOENT && argc > 0))
		/* For an MTA even a missing desk may pass. */
		return argc == 1 && strcmp(argv[0], "-") == 0
		    ? tk_wrap(err, TK_ESYS, "%s", _("not taken in"))
		    : st;
	d.desk = desk;
	d.arg = desk;
	if (desk != NULL && !desk->is_gate && !dry_run) {
		tk_desk_free(desk);
		/* An MTA must keep the letter, not return it. */
		return tk_fail(err,
		    argc == 1 && strcmp(argv[0], "-") == 0 ? TK_ESYS
							   : TK_EREFUSED,
		    _("this is a clone: letters are taken in at the gate"));
	}
	if (argc == 1 && strcmp(argv[0], "-") == 0)
		st = from_stdin(&d, err);
	else if (argc > 0 || desk == NULL)
		st = from_operands(&d, argc, argv, err);
	else
		st = from_maildirs(&d, err);
	/* 75 says that nothing changed. */
	if ((st == TK_ESYS || st == TK_EBUSY) && safe > 0 && !dry_run)
		st = TK_EREFUSED;
	if (desk != NULL && desk->is_gate && !dry_run && !no_send && safe > 0)
		send_acks(desk);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-deliver",
		.operands = "[- | MAILDIR | FILE...]",
		.summary = N_("take letters in"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = deliver,
	};

	return tk_main(&cmd, argc, argv);
}
