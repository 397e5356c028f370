/* tk - run a command of the ticket desk; alone, what there is to do. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/command.h"
#include "base/file.h"
#include "base/help.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/program.h"
#include "desk/overview.h"

static int
flushed(void)
{
	return tk_exit_status(fflush(stdout) == 0 ? TK_OK : TK_EOUTPUT);
}

static int
usage(FILE *to)
{
	fputs(_("usage: tk [-C DIR] [--archive YEAR] [COMMAND [options] [operands]]\n"), to);
	if (to == stderr)
		return tk_exit_status(TK_EUSAGE);
	tk_help_print(to);
	return flushed();
}

/* The page lies in ../share/man, or where tk was built in ../../man. */
static int
help(const char *x)
{
	const char *old = getenv("MANPATH");
	char *page = strcmp(x, "tk") == 0 || tk_starts(x, "tk-")
	    ? tk_strf("%s", x)
	    : tk_strf("tk-%s", x);
	const char *argv[] = { "man", page, NULL };
	struct tk_proc man = { .argv = argv, .keep_git_env = true };
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st = TK_OK;
	int section, code = 0;
	char *path = NULL, *manpath;

	for (section = '1'; section <= '8'; section++) {
		path =
		    tk_strf("%s/../../man/%s.%c", tk_bindir(), page, section);
		if (tk_file_exists(path)) {
			argv[1] = path;
			break;
		}
		free(path);
		path = NULL;
	}
	/* An empty part is man's own default. */
	manpath = tk_strf("%s/../share/man:%s", tk_bindir(), old ? old : "");
	setenv("MANPATH", manpath, 1);
	if (tk_proc_run(&code, &man, &err) != TK_OK) {
		tk_warn(_("man(1) could not be run; the page is %s"), page);
		st = TK_ENOENT;
	} else if (code != 0) {
		/* man says itself what is wrong, with a status of its own. */
		st = TK_ENOENT;
	}
	free(manpath);
	free(path);
	free(page);
	return tk_exit_status(st);
}

static int
unknown(const char *x)
{
	struct tk_strv names = TK_STRV_INIT, near = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_program_list(&names);
	tk_program_near(&near, &names, x);
	for (i = 0; i < near.n && i < 5; i++)
		tk_str_addf(&text, "%s%s", i > 0 ? ", " : "", near.v[i]);
	if (near.n > 0)
		tk_warn(_("no command \"%s\"; did you mean: %s"), x, text.data);
	else
		tk_warn(_("no command \"%s\"; \"tk -h\" lists them"), x);
	tk_str_clear(&text);
	tk_strv_clear(&near);
	tk_strv_clear(&names);
	return tk_exit_status(TK_EUSAGE);
}

/* Commands of ours that only read, or put in order what can be made anew. */
static bool
reads(const char *x)
{
	static const char *const names[] = { "list", "show", "search",
		"report", "export", "attach", "tail", "client", "staff",
		"regulation", "fsck", "reindex", "gc", NULL };
	const struct tk_command *c;
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], x) == 0)
			return true;
	for (c = tk_commands; c->name != NULL; c++)
		if (strcmp(c->name, x) == 0)
			return false;
	return true; /* somebody's own */
}

static int
dispatch(char **argv)
{
	const char *year = getenv(TK_STORE_ARCHIVE);
	char *path = tk_program_path(argv[0]);

	if (path != NULL && year != NULL && year[0] != '\0' &&
	    !reads(argv[0])) {
		tk_warn(_("an archive is read, not changed: no \"%s\" in the "
			  "archive %s"),
		    argv[0], year);
		free(path);
		return tk_exit_status(TK_EREFUSED);
	}
	if (path == NULL)
		return unknown(argv[0]);
	argv[0] = tk_strf("tk-%s", argv[0]);
	execv(path, argv);
	tk_warn(_("%s could not be run"), path);
	return tk_exit_status(TK_ESYS);
}

static enum tk_status
home(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st = tk_desk_open(&desk, NULL, err);

	(void)argc, (void)argv;
	if (st == TK_OK)
		st = tk_overview_home(desk, stdout, err);
	tk_desk_free(desk);
	return st;
}

/* tk-reply and the others are this program under their names. */
int
main(int argc, char **argv)
{
	static const struct option longs[] = { { "desk", 1, NULL, 'C' },
		{ "archive", 1, NULL, 'a' },
		{ "help", 0, NULL, 'h' }, { "version", 0, NULL, 'v' },
		{ "list-options", 0, NULL, 'l' }, { NULL, 0, NULL, 0 } };
	static const struct tk_cmd alone = {
		.name = "tk", .operands = "", .run = home
	};
	const struct tk_command *one = tk_command_find(argv[0]);
	char *none[] = { argv[0], NULL };
	int c;

	if (one != NULL)
		return one->main(argc, argv);
	tk_i18n_init();
	/* "+": options after the command are the command's. */
	while ((c = getopt_long(argc, argv, "+C:h", longs, NULL)) != -1) {
		if (c == 'C') {
			setenv("TK_DESK", optarg, 1);
		} else if (c == 'a') {
			setenv(TK_STORE_ARCHIVE, optarg, 1);
		} else if (c == 'h') {
			return usage(stdout);
		} else if (c == 'v') {
			puts("tk " TK_VERSION);
			return flushed();
		} else if (c == 'l') {
			puts("-C\n--desk=\n--archive=\n-h\n--help\n--version");
			return flushed();
		} else {
			return usage(stderr);
		}
	}
	argv += optind;
	if (argv[0] == NULL) {
		optind = 0; /* getopt begins anew */
		return tk_main(&alone, 1, none);
	}
	if (strcmp(argv[0], "help") == 0)
		return argv[1] != NULL ? help(argv[1]) : usage(stdout);
	return dispatch(argv);
}
