/* maildir - folders of letters, one file each. */
#include "store/maildir.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"

enum tk_status
tk_maildir_init(const char *dir, struct tk_err *err)
{
	static const char *const names[] = { "tmp", "new", "cur" };
	enum tk_status st = TK_OK;
	size_t i;
	char *path;

	for (i = 0; st == TK_OK && i < 3; i++) {
		path = tk_strf("%s/%s", dir, names[i]);
		st = tk_mkdirs(path, 0700, err);
		free(path);
	}
	return st;
}

enum tk_status
tk_maildir_list(struct tk_strv *names, const char *dir, struct tk_err *err)
{
	struct tk_strv all = TK_STRV_INIT;
	char *path = tk_strf("%s/new", dir);
	enum tk_status st = tk_dir_list(&all, path, err);
	size_t i;

	/* maildir(5): names that start with a dot are not letters. */
	for (i = 0; i < all.n; i++)
		if (all.v[i][0] != '.')
			tk_strv_add(names, all.v[i]);
	tk_strv_clear(&all);
	free(path);
	return st;
}

enum tk_status
tk_maildir_put(char **name, const char *dir, const void *data, size_t len,
    struct tk_err *err)
{
	char *tmp, *to;
	enum tk_status st;

	*name = tk_unique_name();
	tmp = tk_strf("%s/tmp/%s", dir, *name);
	to = tk_strf("%s/new/%s", dir, *name);
	st = tk_maildir_init(dir, err);
	if (st == TK_OK)
		st = tk_file_create(tmp, data, len, 0600, err);
	if (st == TK_OK)
		st = tk_file_move(tmp, to, err);
	if (st != TK_OK) {
		free(*name);
		*name = NULL;
	}
	free(tmp);
	free(to);
	return st;
}

enum tk_status
tk_maildir_seen(const char *dir, const char *name, struct tk_err *err)
{
	char *from = tk_strf("%s/new/%s", dir, name), *to;
	enum tk_status st = TK_OK;

	to = tk_strf("%s/cur/%s%s", dir, name,
	    strstr(name, ":2,") != NULL ? "" : ":2,S");
	if (rename(from, to) < 0 && errno != ENOENT)
		st = tk_fail_errno(err, _("move %s to %s"), from, to);
	free(from);
	free(to);
	return st;
}
