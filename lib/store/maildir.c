/* maildir - folders of letters, one file each. */
#include "store/maildir.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

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

/* The rest of a name (process, count, host) says nothing of the order, and an
 * answer must not come in before the letter that it answers. */
struct arrival {
	bool large;   /* whoever sends a gigabyte can wait, not the others */
	int64_t at;   /* the second in the name, or that of the file */
	int64_t nsec; /* of the file, for letters of one second */
	char *name;
};

static int
by_arrival(const void *a, const void *b)
{
	const struct arrival *x = a, *y = b;

	if (x->large != y->large)
		return x->large ? 1 : -1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->nsec != y->nsec)
		return x->nsec < y->nsec ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void
look(struct arrival *a, const char *new, const char *name)
{
	char *path = tk_strf("%s/%s", new, name), *end;
	struct stat s;

	memset(a, 0, sizeof(*a));
	a->name = tk_strdup(name);
	/* What cannot be looked at is told when it is read. */
	if (stat(path, &s) == 0) {
		a->large = s.st_size > TK_MAILDIR_LARGE;
		a->at = s.st_mtim.tv_sec;
		a->nsec = s.st_mtim.tv_sec * INT64_C(1000000000) +
		    s.st_mtim.tv_nsec;
	}
	if (name[0] >= '0' && name[0] <= '9' &&
	    strtoll(name, &end, 10) > 0 && *end == '.')
		a->at = strtoll(name, NULL, 10);
	free(path);
}

enum tk_status
tk_maildir_list(struct tk_strv *names, const char *dir, struct tk_err *err)
{
	struct tk_strv all = TK_STRV_INIT;
	struct arrival *v;
	char *path = tk_strf("%s/new", dir);
	enum tk_status st = tk_dir_list(&all, path, err);
	size_t i, n = 0;

	v = tk_calloc(all.n + 1, sizeof(*v));
	/* maildir(5): names that start with a dot are not letters. */
	for (i = 0; i < all.n; i++)
		if (all.v[i][0] != '.')
			look(&v[n++], path, all.v[i]);
	qsort(v, n, sizeof(*v), by_arrival);
	for (i = 0; i < n; i++)
		tk_strv_add_own(names, v[i].name);
	tk_strv_clear(&all);
	free(v);
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
