/* regfile - the files of a regulation, with all that is in them. */
#include "regulation/regfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "store/at.h"
#include "store/history.h"

#define FOLDER "regulation"

static struct tk_regfile *
add_file(struct tk_regfiles *f, const char *path)
{
	struct tk_regfile *one;

	f->v = tk_more(f->v, f->n, &f->cap, sizeof(*f->v));
	one = &f->v[f->n++];
	one->path = tk_strdup(path);
	tk_str_init(&one->text);
	return one;
}

static enum tk_status
parse_all(
    struct tk_regfiles *f, tk_regfile_fn bad, void *arg, struct tk_err *err)
{
	struct tk_err inner = TK_ERR_INIT;
	struct tk_regfile *one;
	enum tk_status st;
	size_t i;

	for (i = 0; i < f->n; i++) {
		one = &f->v[i];
		st = tk_yaml_read(&one->root, one->text.data, one->text.len,
		    one->path, bad != NULL ? &inner : err);
		if (st != TK_OK && bad == NULL)
			return st;
		if (st != TK_OK) {
			one->root = NULL;
			bad(inner.text, arg);
		}
	}
	if (f->n == 0)
		return tk_fail(err, TK_ENOENT, _("%s: no regulation there"),
		    f->folder != NULL ? f->folder : FOLDER "/");
	return TK_OK;
}

enum tk_status
tk_regfiles_commit(struct tk_regfiles *f, struct tk_store *s,
    const char *commit, tk_regfile_fn bad, void *arg, struct tk_err *err)
{
	struct tk_strv paths = TK_STRV_INIT;
	enum tk_status st = tk_store_files_at(s, &paths, commit, FOLDER, err);
	size_t i;

	for (i = 0; st == TK_OK && i < paths.n; i++)
		if (tk_ends(paths.v[i], ".yaml"))
			st = tk_store_read_at(s, &add_file(f, paths.v[i])->text,
			    commit, paths.v[i], err);
	tk_strv_clear(&paths);
	return st == TK_OK ? parse_all(f, bad, arg, err) : st;
}

/* regulation/, or a folder in it: no deeper. */
static enum tk_status
read_folder(struct tk_regfiles *f, const char *below, struct tk_err *err)
{
	char *dir = tk_strf("%s%s", f->folder, below), *path, *full;
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_dir_list(&names, dir, err);
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (!tk_ends(names.v[i], ".yaml"))
			continue;
		path = tk_strf(FOLDER "%s/%s", below, names.v[i]);
		full = tk_strf("%s/%s", dir, names.v[i]);
		st = tk_file_read(
		    &add_file(f, path)->text, full, TK_YAML_MAX, err);
		free(path);
		free(full);
	}
	tk_strv_clear(&names);
	free(dir);
	return st;
}

enum tk_status
tk_regfiles_folder(struct tk_regfiles *f, const char *folder, tk_regfile_fn bad,
    void *arg, struct tk_err *err)
{
	static const char *const below[] = { "/processes", "/calendars" };
	size_t len = strlen(folder), i;
	struct tk_err none = TK_ERR_INIT;
	enum tk_status st;

	while (len > 1 && folder[len - 1] == '/')
		len--;
	f->folder = tk_strndup(folder, len);
	/* In the order of git the folders stand among the names; no rule
	 * depends on it. */
	st = read_folder(f, "", err);
	for (i = 0; st == TK_OK && i < TK_COUNT(below); i++) {
		st = read_folder(f, below[i], &none);
		if (st == TK_ENOENT)
			st = TK_OK;
		else if (st != TK_OK)
			*err = none;
	}
	return st == TK_OK ? parse_all(f, bad, arg, err) : st;
}

bool
tk_regfiles_is_folder(const char *folder)
{
	char *title = tk_strf("%s/regulation.yaml", folder);
	/* Over ssh a folder would be one of the gate's own. */
	bool is = !tk_main_is_remote() && tk_file_exists(title);

	free(title);
	return is;
}

enum tk_status
tk_regfiles_open(struct tk_regfiles *f, struct tk_store *s, const char *where,
    struct tk_err *err)
{
	enum tk_status st;
	char id[41];

	if (where != NULL && tk_regfiles_is_folder(where))
		return tk_regfiles_folder(f, where, NULL, NULL, err);
	st = tk_store_revision(id, s, where != NULL ? where : "HEAD", err);
	return st == TK_OK ? tk_regfiles_commit(f, s, id, NULL, NULL, err) : st;
}

void
tk_regfiles_clear(struct tk_regfiles *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->v[i].path);
		tk_str_clear(&f->v[i].text);
		tk_yaml_free(f->v[i].root);
	}
	free(f->v);
	free(f->folder);
	memset(f, 0, sizeof(*f));
}

const struct tk_yaml *
tk_regfiles_process(const struct tk_regfiles *f, const char *path)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (strcmp(f->v[i].path, path) == 0)
			return f->v[i].root;
	return NULL;
}

const struct tk_yaml *
tk_regfiles_get(const struct tk_regfiles *f, const char *name)
{
	char *path = tk_strf(FOLDER "/%s", name);
	const struct tk_yaml *y = tk_regfiles_process(f, path);

	free(path);
	return y;
}

enum tk_status
tk_regfiles_model(
    struct tk_regulation **out, const struct tk_regfiles *f, struct tk_err *err)
{
	struct tk_regulation *r = tk_regulation_new();
	enum tk_status st = TK_OK;
	size_t i;

	*out = NULL;
	for (i = 0; st == TK_OK && i < f->n; i++)
		st = tk_regulation_add(
		    r, f->v[i].path, f->v[i].text.data, f->v[i].text.len, err);
	if (st == TK_OK)
		st = tk_regulation_finish(r, err);
	if (st != TK_OK) {
		tk_regulation_free(r);
		return st;
	}
	*out = r;
	return TK_OK;
}
