/* cold-place - a place for an archive: begun, or as a kill has left it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/program.h"

#define HEAD "ref: " TK_COLD_BRANCH "\n"

/* Names in a folder of it that begin so are taken away. */
static void
sweep(const char *at, const char *folder, const char *begin)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err none = TK_ERR_INIT;
	char *dir = tk_strf("%s/%s", at, folder), *path;
	size_t i;

	if (tk_dir_list(&names, dir, &none) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		if (tk_starts(names.v[i], begin))
			unlink(path);
		free(path);
	}
	tk_strv_clear(&names);
	free(dir);
}

/* Nobody else writes here (archive.lock): what is locked or unfinished, a git
 * that was killed has left. */
static void
unlock(const char *at)
{
	static const char *const locks[] = { "config.lock", "HEAD.lock",
		"packed-refs.lock", TK_COLD_BRANCH ".lock", TK_COLD_NEXT ".lock" };
	size_t i;
	char *path;

	for (i = 0; i < TK_COUNT(locks); i++) {
		path = tk_strf("%s/%s", at, locks[i]);
		unlink(path);
		free(path);
	}
	sweep(at, "objects/pack", "tmp_");
	sweep(at, "", "fast_import_crash_");
}

/* What has no commit was begun and cut off: nothing of the desk is only there.
 * If the desk says that there was more, it is put aside. */
static enum tk_status
clear_place(const char *at, bool is_new, struct tk_err *err)
{
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st = TK_OK;
	char last[41], *unique, *aside;

	if (!tk_is_dir(at))
		return TK_OK;
	unlock(at);
	if (tk_cold_commit(last, at, TK_COLD_BRANCH, &bad) == TK_OK &&
	    last[0] != '\0')
		return TK_OK;
	if (is_new) {
		tk_remove_tree(at);
		return TK_OK;
	}
	unique = tk_unique_name();
	aside = tk_strf("%s.%s", at, unique);
	st = tk_file_move(at, aside, err);
	free(aside);
	free(unique);
	return st;
}

enum tk_status
tk_cold_begin(const char *at, bool is_new, struct tk_err *err)
{
	char *head = tk_strf("%s/HEAD", at);
	char *dir = tk_strndup(at, (size_t)(strrchr(at, '/') - at));
	struct tk_git_program init = { .disk = at };
	enum tk_status st = tk_mkdirs(dir, 0777, err);

	if (st == TK_OK)
		st = clear_place(at, is_new, err);
	init.args = TK_COLD_ARGS("init", "--bare", "--quiet", "--template=",
	    "--initial-branch=main", at);
	if (st == TK_OK)
		st = tk_git_program(&init, err);
	/* Which git init does not sync. */
	if (st == TK_OK)
		st = tk_file_write(head, HEAD, strlen(HEAD), 0666, err);
	if (st == TK_OK)
		st = tk_cold_git(at,
		    TK_COLD_ARGS("config", "core.fsync", "all"), NULL, NULL,
		    err);
	free(head);
	free(dir);
	return st;
}
