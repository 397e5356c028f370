/* tk-shell - the forced command behind ssh keys at the gate. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "desk/gate.h"

static const struct tk_opt opts[] = {
	{ 0 },
};

/* Nothing the other side sends may speak for it: sshd's AcceptEnv could let
 * TK_ACTOR or GIT_DIR in. */
static void
clean_environment(const struct tk_gate *g, const char *dir, const char *id)
{
	static const char *const names[] = { "GIT_DIR", "GIT_WORK_TREE",
		"GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG",
		"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
		"GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "TK_NOW",
		"TK_DATADIR", "TK_LOCALEDIR", "TK_PAGER", "PAGER", "EDITOR",
		"VISUAL", "TK_RANDOM", "TK_HOST" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
	setenv("TK_DESK", dir, 1);
	setenv("TK_ACTOR", id, 1);
	setenv(TK_GATE_REMOTE, "1", 1);
	setenv("TK_PAGER", "cat", 1);
	setenv("EDITOR", "false", 1);
	if (g->queues != NULL)
		setenv("TK_QUEUES", g->queues, 1);
	else
		unsetenv("TK_QUEUES");
}

static enum tk_status
shell(int argc, char **argv, struct tk_err *err)
{
	const char *line = getenv("SSH_ORIGINAL_COMMAND");
	struct tk_desk *desk = NULL;
	struct tk_gate g;
	enum tk_status st;
	char *path, *dir;

	(void)argc;
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK)
		return st;
	st = tk_gate_judge(
	    &g, desk, argv[0], line != NULL ? line : "", err);
	dir = tk_strf("%s", tk_store_gitdir(desk->store));
	tk_desk_free(desk);
	if (st == TK_OK) {
		clean_environment(&g, dir, argv[0]);
		path = g.is_git ? tk_strf("%s", g.argv.v[0])
				: tk_strf("%s/%s", tk_bindir(), g.argv.v[0]);
		execvp(path, g.argv.v);
		st = tk_fail_errno(err, _("run %s"), path);
		free(path);
	}
	free(dir);
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

	return tk_main(&cmd, argc, argv);
}
