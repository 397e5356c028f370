/* tk-shell - the forced command behind ssh keys at the gate. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/gate.h"

extern char **environ;

static const struct tk_opt opts[] = {
	{ 0 },
};

/* "=" ends a name that is meant whole. */
static bool
may_stay(const char *var)
{
	static const char *const names[] = { "HOME=", "PATH=", "USER=",
		"LOGNAME=", "SHELL=", "TERM=", "COLUMNS=", "NO_COLOR=", "LANG=",
		"LANGUAGE=", "LC_", "TMPDIR=", "SSH_", "GIT_PROTOCOL=" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (tk_starts(var, names[i]))
			return true;
	return false;
}

/* Nothing the other side sends may speak for it: sshd's AcceptEnv could let
 * TK_ACTOR in, or GIT_TRACE, which is a file to write to. */
static void
clean_environment(void)
{
	size_t i, k = 0;

	for (i = 0; environ[i] != NULL; i++)
		if (may_stay(environ[i]))
			environ[k++] = environ[i];
	environ[k] = NULL;
}

/* What is run knows who it is for; hooks find the programs beside this one. */
static void
set_environment(const struct tk_gate *g, const char *dir, const char *id)
{
	const char *old = getenv("PATH");
	char *path = tk_strf("%s%s%s", tk_bindir(), old != NULL ? ":" : "",
	    old != NULL ? old : "");

	setenv("PATH", path, 1);
	setenv("TK_DESK", dir, 1);
	setenv("TK_ACTOR", id, 1);
	if (!g->is_git)
		setenv(TK_MAIN_REMOTE, "1", 1);
	setenv("TK_PAGER", "cat", 1);
	setenv("EDITOR", "false", 1);
	if (g->queues != NULL)
		setenv("TK_QUEUES", g->queues, 1);
	if (g->archive != NULL)
		setenv(TK_STORE_ARCHIVE, g->archive, 1);
	free(path);
}

static enum tk_status
run(struct tk_gate *g, struct tk_err *err)
{
	const char *name = g->argv.v[0];
	char *path = g->is_git ? tk_strf("%s", name)
			       : tk_strf("%s/%s", tk_bindir(), name);
	enum tk_status st;

	if (!g->is_git && !tk_file_exists(path))
		st = tk_fail(err, TK_ENOENT, _("there is no %s here"), name);
	else {
		execvp(path, g->argv.v);
		st = tk_fail_errno(err, _("run %s"), path);
	}
	free(path);
	return st;
}

static enum tk_status
shell(int argc, char **argv, struct tk_err *err)
{
	const char *line = getenv("SSH_ORIGINAL_COMMAND");
	struct tk_desk *desk = NULL;
	struct tk_gate g;
	enum tk_status st;

	(void)argc;
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	st = tk_gate_judge(&g, desk, argv[0], line != NULL ? line : "", err);
	if (st == TK_OK)
		set_environment(&g, tk_store_gitdir(desk->store), argv[0]);
	tk_desk_free(desk);
	if (st == TK_OK)
		st = run(&g, err);
	tk_gate_clear(&g);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-shell",
		.operands = "PERSON",
		.summary = N_("the forced command behind ssh keys"),
		.opts = opts,
		.min = 1,
		.max = 1,
		.run = shell,
	};

	clean_environment();
	return tk_main(&cmd, argc, argv);
}
