/* reglint - contradictions in a regulation: read it, look at all of it. */
#include "regulation/reglint.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

#define FOLDER "regulation/"

/* "regulation/x.yaml:1: ..." with the folder that the user named. */
void
tk_lint_add(struct tk_lint *l, const char *text)
{
	if (l->shown != NULL && tk_starts(text, FOLDER))
		tk_strv_add_own(l->found,
		    tk_strf("%s/%s", l->shown, text + strlen(FOLDER)));
	else
		tk_strv_add(l->found, text);
}

void
tk_lint_find(
    struct tk_lint *l, const char *path, unsigned line, const char *fmt, ...)
{
	struct tk_str text = TK_STR_INIT;
	char what[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	tk_str_addf(&text, "%s:%u: %s", path, line > 0 ? line : 1, what);
	tk_lint_add(l, text.data);
	tk_str_clear(&text);
}

const struct tk_yaml *
tk_lint_list(const struct tk_yaml *y, const char *key)
{
	static const struct tk_yaml none = { .kind = TK_YAML_LIST };
	const struct tk_yaml *list = tk_yaml_get(y, key);

	return list != NULL && list->kind == TK_YAML_LIST ? list : &none;
}

void
tk_lint_roles(struct tk_lint *l, const char *path, const struct tk_yaml *y,
    const char *key, const char *const *extra)
{
	struct tk_strv roles = TK_STRV_INIT;
	const char *const *e;
	size_t i;

	tk_yaml_strv(y, key, &roles);
	for (i = 0; i < roles.n; i++) {
		for (e = extra; e != NULL && *e != NULL; e++)
			if (strcmp(*e, roles.v[i]) == 0)
				break;
		if ((e == NULL || *e == NULL) &&
		    tk_role_find(l->reg, roles.v[i]) == NULL)
			tk_lint_find(l, path, tk_yaml_line(y, key),
			    _("no role \"%s\""), roles.v[i]);
	}
	tk_strv_clear(&roles);
}

static void
told(const char *text, void *arg)
{
	tk_lint_add(arg, text);
}

/* False where some file could not be read: what is said of the others would
 * be wrong. */
static bool
build(struct tk_lint *l)
{
	struct tk_err err = TK_ERR_INIT;
	size_t i, n = l->found->n;

	l->reg = tk_regulation_new();
	for (i = 0; i < l->files->n; i++)
		if (l->files->v[i].root != NULL &&
		    tk_regulation_add(l->reg, l->files->v[i].path,
			l->files->v[i].text.data, l->files->v[i].text.len,
			&err) != TK_OK)
			tk_lint_add(l, err.text);
	return l->found->n == n;
}

/* The staff of the last commit, read without the regulation: that one may
 * be broken. */
static enum tk_status
read_staff(struct tk_staff *staff, struct tk_store *s, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = tk_store_list(s, &names, "staff", err);
	char *path, *id;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		if (!tk_ends(names.v[i], ".yaml"))
			continue;
		path = tk_strf("staff/%s", names.v[i]);
		id = tk_strndup(names.v[i], strlen(names.v[i]) - 5);
		tk_str_reset(&text);
		st = tk_store_read(s, &text, path, err);
		if (st == TK_OK)
			st = tk_staff_add(
			    staff, id, text.data, text.len, path, err);
		free(path);
		free(id);
	}
	tk_str_clear(&text);
	tk_strv_clear(&names);
	return st;
}

static enum tk_status
read_files(struct tk_regfiles *files, struct tk_lint *l, const char *folder,
    struct tk_err *err)
{
	const char *work;
	enum tk_status st;
	char *own;

	if (folder != NULL && tk_main_is_remote())
		return tk_fail(err, TK_EDENIED,
		    _("%s: not over ssh; work in a clone for that"), folder);
	assert(folder != NULL || l->desk != NULL);
	if (folder != NULL)
		return tk_regfiles_folder(files, folder, told, l, err);
	work = tk_store_workdir(l->desk->store);
	own = tk_strf("%sregulation", work != NULL ? work : "");
	if (work != NULL && tk_is_dir(own))
		st = tk_regfiles_folder(files, own, told, l, err);
	else
		st = tk_regfiles_commit(files, l->desk->store,
		    tk_store_head(l->desk->store), told, l, err);
	free(own);
	return st;
}

enum tk_status
tk_reglint(struct tk_strv *found, struct tk_desk *desk, const char *folder,
    struct tk_err *err)
{
	static void (*const checks[])(struct tk_lint * l) = { tk_lint_processes,
		tk_lint_terms, tk_lint_works, tk_lint_penalties, tk_lint_queues,
		tk_lint_handling, tk_lint_people };
	struct tk_regfiles files = TK_REGFILES_INIT;
	struct tk_staff staff = { NULL, 0, 0 };
	struct tk_lint l = { .found = found,
		.desk = desk,
		.shown = folder,
		.files = &files,
		.staff = desk != NULL ? &staff : NULL };
	enum tk_status st = TK_OK;
	char *trimmed = tk_strdup(folder);
	bool whole;
	size_t i;

	while (trimmed != NULL && trimmed[0] != '\0' && tk_ends(trimmed, "/"))
		trimmed[strlen(trimmed) - 1] = '\0';
	l.shown = trimmed;
	if (desk != NULL)
		st = read_staff(&staff, desk->store, err);
	if (st == TK_OK &&
	    (st = read_files(&files, &l, folder, err)) == TK_OK) {
		whole = found->n == 0;
		tk_lint_keys(&l);
		whole = build(&l) && whole;
		for (i = 0; whole && i < TK_COUNT(checks); i++)
			checks[i](&l);
	}
	tk_regulation_free(l.reg);
	tk_staff_clear(&staff);
	tk_regfiles_clear(&files);
	free(trimmed);
	return st;
}
