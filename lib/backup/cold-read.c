/* cold-read - what an archive has, as git says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/cold-parts.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/id.h"
#include "store/program.h"

enum tk_status
tk_cold_git(const char *dir, const char *const *args, const struct tk_str *in,
    struct tk_str *out, struct tk_err *err)
{
	struct tk_git_program g = { dir, args, NULL, in, out, NULL };

	return tk_git_program(&g, err);
}

enum tk_status
tk_cold_commit(
    char out[41], const char *path, const char *ref, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st =
	    tk_cold_git(path, TK_COLD_ARGS("for-each-ref", "--format=%(objectname)", ref), NULL, &text, err);

	tk_str_trim(&text);
	snprintf(out, 41, "%s", text.data != NULL ? text.data : "");
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_cold_ask(const char *path, const struct tk_str *lines, struct tk_str *out,
    struct tk_err *err)
{
	return tk_cold_git(path, TK_COLD_ARGS("cat-file", "--batch-check=%(objectname)"), lines,
	    out, err);
}

enum tk_status
tk_cold_compare(const char *path, const char *ref,
    const struct tk_cold_list *list, struct tk_err *err)
{
	struct tk_str lines = TK_STR_INIT, out = TK_STR_INIT;
	enum tk_status st;
	const char *p;
	size_t i;

	for (i = 0; i < list->n; i++) {
		tk_str_addf(&lines, "%s:", ref);
		tk_id_path(&lines, list->v[i].id);
		tk_str_add_char(&lines, '\n');
	}
	st = list->n > 0 ? tk_cold_ask(path, &lines, &out, err) : TK_OK;
	for (i = 0, p = out.data; st == TK_OK && i < list->n; i++) {
		if (strncmp(p, list->v[i].tree, 40) != 0 || p[40] != '\n')
			st = tk_fail(err, TK_EINPUT,
			    _("%s has not %s as the desk knows it"), path,
			    list->v[i].id);
		p = strchr(p, '\n');
		p = p != NULL ? p + 1 : "";
	}
	tk_str_clear(&lines);
	tk_str_clear(&out);
	return st;
}

static enum tk_status
restored(const char *path, struct tk_err *err)
{
	static const char *const folders[] = { "refs/heads", "objects/pack" };
	enum tk_status st = TK_OK;
	size_t i;
	char *dir;

	for (i = 0; st == TK_OK && i < TK_COUNT(folders); i++) {
		dir = tk_strf("%s/%s", path, folders[i]);
		st = tk_mkdirs(dir, 0777, err);
		free(dir);
	}
	if (st == TK_OK)
		st = tk_cold_git(path,
		    TK_COLD_ARGS("fsck", "--strict", "--no-dangling",
			"--no-progress"),
		    NULL, NULL, err);
	return st;
}

enum tk_status
tk_cold_restored(const char *gitdir, struct tk_err *err)
{
	char *dir = tk_strf("%s/tk/archive", gitdir), *path;
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st =
	    tk_is_dir(dir) ? tk_dir_list(&names, dir, err) : TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		if (tk_ends(path, ".git") && tk_is_dir(path))
			st = restored(path, err);
		free(path);
	}
	tk_strv_clear(&names);
	free(dir);
	return st;
}
