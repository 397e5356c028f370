/*
 * backup-take - what lies beside the tree, as it is at one moment.
 *
 * Writers and senders are held up for as long as it takes to link some files:
 * files in motion are written under another name and renamed, so that a link
 * keeps what was there. What is appended to (reflogs) is copied. All that
 * takes time comes after.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/backup-parts.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/program.h"

#define WAIT 120                   /* seconds for each lock */
#define COPY_MAX ((size_t)1 << 30) /* bytes of a file that is copied */

struct taking {
	const char *gitdir; /* ends in / */
	const char *dir;
	struct tk_manifest *m;
};

/* Of an archive (cold.h) its objects and refs, not its index, nor what is
 * being written. */
static bool
is_wanted_of_archive(const char *path)
{
	return strstr(path, ".git/tk/") == NULL && !tk_ends(path, ".git/tk") &&
	    strstr(path, "/objects/pack/tmp_") == NULL &&
	    strstr(path, "/tmp_obj_") == NULL &&
	    strstr(path, "/refs/tk/") == NULL && !tk_ends(path, ".lock");
}

/* What is made again by itself, or is of this moment only. */
static bool
is_wanted(const char *path)
{
	static const char *const not [] = { "tk/index.", "tk/rules.cache",
		"tk/backup.tmp", "tk/checkout", NULL };
	size_t i;

	for (i = 0; not [i] != NULL; i++)
		if (tk_starts(path, not [i]))
			return false;
	if (tk_starts(path, "tk/archive/"))
		return is_wanted_of_archive(path);
	if (tk_ends(path, ".lock") || strcmp(path, "tk/lock") == 0 ||
	    tk_ends(path, ".sample") || strchr(path, '\n') != NULL ||
	    strchr(path, '\\') != NULL || tk_starts(path, "logs/refs/remotes/"))
		return false;
	if (strstr(path, "/tmp/") != NULL)
		return tk_ends(path, ".try");
	return !tk_starts(path, "tk/big/.");
}

static enum tk_status
copy(const char *from, const char *to, mode_t mode, struct tk_err *err)
{
	struct tk_str data = TK_STR_INIT;
	enum tk_status st = tk_file_read(&data, from, COPY_MAX, err);

	if (st == TK_OK)
		st = tk_file_write_lightly(to, data.data, data.len, mode, err);
	tk_str_clear(&data);
	return st;
}

static enum tk_status
take_file(struct taking *t, const char *path, struct tk_err *err)
{
	char *from = tk_strf("%s%s", t->gitdir, path);
	char *to = tk_strf("%s/%s", t->dir, path), *dir = tk_strdup(to);
	enum tk_status st = TK_OK;
	struct tk_kept *k;
	struct stat sb;

	*strrchr(dir, '/') = '\0';
	if (lstat(from, &sb) < 0 || !S_ISREG(sb.st_mode))
		goto out;
	if ((st = tk_mkdirs(dir, 0700, err)) != TK_OK)
		goto out;
	if (tk_starts(path, "logs/") || link(from, to) < 0)
		st = copy(from, to, sb.st_mode & 0777, err);
	if (st == TK_ENOENT) {
		st = TK_OK; /* gone while we looked */
		goto out;
	}
	if (st == TK_OK) {
		t->m->file =
		    tk_more(t->m->file, t->m->n, &t->m->cap, sizeof(*k));
		k = &t->m->file[t->m->n++];
		k->path = tk_strdup(path);
		k->size = (uint64_t)sb.st_size;
		k->mode = sb.st_mode & 0777;
		k->at = (int64_t)sb.st_mtime;
	}
out:
	free(dir);
	free(from);
	free(to);
	return st;
}

static enum tk_status
take(struct taking *t, const char *path, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	char *full = tk_strf("%s%s", t->gitdir, path), *below;
	enum tk_status st = TK_OK;
	struct stat sb;
	size_t i;

	if (lstat(full, &sb) < 0)
		sb.st_mode = 0;
	if (S_ISREG(sb.st_mode) && is_wanted(path))
		st = take_file(t, path, err);
	if (S_ISDIR(sb.st_mode) && is_wanted(path))
		st = tk_dir_list(&names, full, err);
	for (i = 0; st == TK_OK && i < names.n; i++) {
		below = tk_strf("%s/%s", path, names.v[i]);
		st = take(t, below, err);
		free(below);
	}
	tk_strv_clear(&names);
	free(full);
	return st;
}

static enum tk_status
take_refs(struct taking *t, struct tk_err *err)
{
	static const char *const args[] = { "for-each-ref",
		"--format=%(objectname) %(refname)", NULL };
	struct tk_str out = TK_STR_INIT, head = TK_STR_INIT;
	struct tk_git_program git = { t->gitdir, args, NULL, NULL, &out, NULL };
	char *path = tk_strf("%sHEAD", t->gitdir), *line, *nl;
	enum tk_status st;

	if ((st = tk_git_program(&git, err)) != TK_OK ||
	    (st = tk_file_read(&head, path, 1000, err)) != TK_OK)
		goto out;
	for (line = out.data; (nl = strchr(line, '\n')) != NULL;
	     line = nl + 1) {
		*nl = '\0';
		if (strstr(line, " refs/remotes/") == NULL)
			tk_strv_add(&t->m->refs, line);
	}
	tk_str_trim(&head);
	t->m->head = tk_strdup(
	    tk_starts(head.data, "ref: ") ? head.data + 5 : head.data);
out:
	free(path);
	tk_str_clear(&head);
	tk_str_clear(&out);
	return st;
}

static int
by_path(const void *a, const void *b)
{
	const struct tk_kept *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* In the order in which others take them. */
static enum tk_status
lock(int fd[3], struct tk_store *store, struct tk_err *err)
{
	static const char *const names[] = { "notice.lock", "send.lock",
		"lock" };
	enum tk_status st = TK_OK;
	size_t i;
	char *path;

	for (i = 0; st == TK_OK && i < 3; i++) {
		path = tk_store_path(store, names[i]);
		fd[i] = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		if (fd[i] < 0)
			st = tk_fail_errno(err, "%s", path);
		else
			st = tk_lock_wait(fd[i], path, WAIT, err);
		free(path);
	}
	return st;
}

enum tk_status
tk_backup_take(struct tk_manifest *m, struct tk_store *store, const char *dir,
    struct tk_err *err)
{
	static const char *const tops[] = { "config", "config.worktree",
		"description", "hooks", "info", "logs", "tk" };
	struct taking t = { tk_store_gitdir(store), dir, m };
	int fd[3] = { -1, -1, -1 };
	enum tk_status st;
	size_t i;

	if ((st = lock(fd, store, err)) == TK_OK &&
	    (st = tk_mkdirs(dir, 0700, err)) == TK_OK)
		st = take_refs(&t, err);
	for (i = 0; st == TK_OK && i < TK_COUNT(tops); i++)
		st = take(&t, tops[i], err);
	for (i = 0; i < 3; i++)
		if (fd[i] >= 0)
			close(fd[i]);
	if (m->n > 0)
		qsort(m->file, m->n, sizeof(*m->file), by_path);
	return st;
}
