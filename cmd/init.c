/* tk-init - make a desk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/proc.h"
#include "desk/init.h"
#include "desk/input.h"

static bool bare, quiet;
static const char *prefix, *lang, *regulation, *company, *address, *timezone_,
    *actor, *name, *mail;

static const struct tk_opt opts[] = {
	{ .name = "bare", .help = N_("a gate without a work tree"),
	    .set = &bare },
	{ .name = "prefix", .arg = "TK",
	    .help = N_("what ticket numbers start with"), .value = &prefix },
	{ .name = "lang", .arg = "LL", .help = N_("language: ru, uk or en"),
	    .value = &lang },
	{ .name = "regulation", .arg = "NAME",
	    .help = N_("regulation to start from"), .value = &regulation },
	{ .name = "company", .arg = "NAME",
	    .help = N_("name that letters are signed with"),
	    .value = &company },
	{ .name = "address", .arg = "ADDRESS",
	    .help = N_("address that clients write to"), .value = &address },
	{ .name = "timezone", .arg = "ZONE",
	    .help = N_("time zone, as in Europe/Kyiv"), .value = &timezone_ },
	{ .name = "actor", .arg = "ID",
	    .help = N_("id of the first member of staff"), .value = &actor },
	{ .name = "name", .arg = "NAME", .help = N_("and the name"),
	    .value = &name },
	{ .name = "mail", .arg = "ADDRESS", .help = N_("and the address"),
	    .value = &mail },
	{ .flag = 'q', .name = "quiet", .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

/* git's own answer, so that all levels and includes count; free(3). */
static char *
git_config(const char *key)
{
	const char *argv[] = { "git", "config", key, NULL };
	struct tk_str out = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	int code = 1;

	if (tk_proc_run(&code, &(struct tk_proc){ .argv = argv, .out = &out },
		&ignored) != TK_OK ||
	    code != 0)
		tk_str_reset(&out);
	tk_str_trim(&out);
	if (out.len > 0)
		return tk_str_detach(&out);
	tk_str_clear(&out);
	return NULL;
}

/* What is known so far. */
static struct tk_init
answers(const char *dir)
{
	return (struct tk_init){ dir, bare, prefix, lang, regulation, company,
		address, timezone_, actor, name, mail };
}

/* *value stays where it was given; else asked for on a terminal, until it can
 * be used. */
static enum tk_status
settle(const char *dir, const char **value, const char *question,
    const char *def, bool ask, struct tk_err *err)
{
	struct tk_str answer = TK_STR_INIT;
	struct tk_init in;
	enum tk_status st;

	if (*value != NULL)
		return TK_OK;
	if (!ask) {
		*value = tk_strf("%s", def);
		return TK_OK;
	}
	for (;;) {
		st = tk_ask(&answer, question, def, err);
		*value = tk_str_detach(&answer);
		if (st != TK_OK)
			return st;
		in = answers(dir);
		if (tk_desk_init_check(&in, err) == TK_OK)
			return TK_OK;
		tk_warn("%s", err->text);
		err->text[0] = '\0';
		free((char *)*value);
		*value = NULL;
	}
}

static enum tk_status
init(int argc, char **argv, struct tk_err *err)
{
	/* Asked only where something that matters was left out. */
	bool ask = tk_input_is_interactive() &&
	    (prefix == NULL || lang == NULL || regulation == NULL);
	char *git_name = git_config("user.name");
	char *git_mail = git_config("user.email");
	char *zone = tk_date_system_zone();
	char *support = tk_strf("support@%s", tk_host());
	char *own = tk_strf("%s@%s", tk_login(), tk_host());
	struct tk_init in;
	enum tk_status st;

	(void)argc;
	in = answers(argv[0]);
	/* What was given and is wrong is not asked for: it ends here. */
	if (ask && (st = tk_desk_init_check(&in, err)) != TK_OK)
		goto out;
	if ((st = settle(argv[0], &prefix, _("What do ticket numbers start with"), "TK",
		 ask, err)) != TK_OK ||
	    (st = settle(argv[0], &lang, _("Language (ru, uk, en)"), "en", ask, err)) !=
		TK_OK ||
	    (st = settle(argv[0], &regulation, _("Regulation to start from"),
		 "outsourcer", ask, err)) != TK_OK ||
	    (st = settle(argv[0], &address, _("Address that clients write to"), support,
		 ask, err)) != TK_OK ||
	    (st = settle(argv[0], &company, _("Name that letters are signed with"),
		 address, ask, err)) != TK_OK ||
	    (st = settle(argv[0], &timezone_, _("Time zone"), zone, ask, err)) !=
		TK_OK ||
	    (st = settle(argv[0], &actor, _("Your id on the staff"), tk_login(), ask,
		 err)) != TK_OK ||
	    (st = settle(argv[0], &name, _("Your name"),
		 git_name != NULL ? git_name : actor, ask, err)) != TK_OK ||
	    (st = settle(argv[0], &mail, _("Your address"),
		 git_mail != NULL ? git_mail : own, ask, err)) != TK_OK)
		goto out;
	in = answers(argv[0]);
	st = tk_desk_init(&in, err);
	if (st == TK_OK && !quiet)
		printf(_("%s: the desk is ready; you are %s. Next:\n"
			 "  cd %s\n"
			 "  git config tk.maildir PATH   where letters arrive\n"
			 "  tk deliver                   take them in\n"
			 "  man tk-tutorial              a first day\n"),
		    argv[0], actor, argv[0]);
out:
	free(git_name);
	free(git_mail);
	free(zone);
	free(support);
	free(own);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-init",
		.operands = "DIR",
		.summary = N_("make a desk"),
		.opts = opts,
		.min = 1,
		.max = 1,
		.run = init,
	};

	return tk_main(&cmd, argc, argv);
}
