/* file - files and folders, written so that a crash leaves old or new. */
#define _GNU_SOURCE /* mkostemp, pipe2, posix_spawn_file_actions_addchdir_np */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sync.h"

enum tk_status
tk_file_read(
    struct tk_str *s, const char *path, size_t max, struct tk_err *err)
{
	enum tk_status st;
	struct stat sb;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return tk_fail_errno(err, "%s", path);
	if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_size > 0 &&
	    (size_t)sb.st_size <= max)
		tk_str_reserve(s, (size_t)sb.st_size + 1);
	st = tk_str_read(s, fd, max, err);
	close(fd);
	return st == TK_OK ? TK_OK : tk_wrap(err, st, "%s", path);
}

enum tk_status
tk_fd_write(int fd, const void *data, size_t len, const char *path,
    struct tk_err *err)
{
	const char *p = data;
	ssize_t n;

	while (len > 0) {
		n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return tk_fail_errno(err, _("write %s"), path);
		p += n;
		len -= (size_t)n;
	}
	return TK_OK;
}

/* The folder a path is in; free(3). */
static char *
parent_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return tk_strdup(".");
	return slash == path ? tk_strdup("/")
			     : tk_strndup(path, (size_t)(slash - path));
}

enum tk_status
tk_dir_sync(const char *path, struct tk_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return tk_fail_errno(err, "%s", path);
	rc = fsync(fd);
	close(fd);
	/* Some file systems cannot fsync a folder and need not. */
	if (rc < 0 && errno != EINVAL && errno != EROFS)
		return tk_fail_errno(err, _("write %s"), path);
	return TK_OK;
}

static enum tk_status
sync_parent(const char *path, struct tk_err *err)
{
	char *dir = parent_of(path);
	enum tk_status st = tk_dir_sync(dir, err);

	free(dir);
	return st;
}

enum how {
	CREATE,
	REPLACE,
	LIGHTLY, /* replace, durable or not */
};

/* Beside it and hidden, so that no maildir takes it for a letter, and with a
 * name that says whose it is when it was left behind. free(3). */
static char *
template_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	int dir = slash != NULL ? (int)(slash + 1 - path) : 0;

	return tk_strf("%.*s.%s" TK_FILE_TEMP "XXXXXX", dir, path, path + dir);
}

static enum tk_status
write_file(const char *path, const void *data, size_t len, mode_t mode,
    enum how how, struct tk_err *err)
{
	char *tmp = template_of(path);
	enum tk_status st = TK_OK;
	int fd = mkostemp(tmp, O_CLOEXEC), rc;

	if (fd < 0) {
		st = tk_fail_errno(err, _("write %s"), path);
		free(tmp);
		return st;
	}
	if (fchmod(fd, mode) < 0)
		st = tk_fail_errno(err, _("write %s"), path);
	if (st == TK_OK)
		st = tk_fd_write(fd, data, len, path, err);
	if (st == TK_OK && how != LIGHTLY && fsync(fd) < 0)
		st = tk_fail_errno(err, _("write %s"), path);
	if (close(fd) < 0 && st == TK_OK)
		st = tk_fail_errno(err, _("write %s"), path);
	if (st == TK_OK) {
		rc = how == CREATE ? link(tmp, path) : rename(tmp, path);
		if (rc < 0 && errno == EEXIST)
			st = tk_fail(err, TK_EEXIST,
			    _("%s: it is already there"), path);
		else if (rc < 0)
			st = tk_fail_errno(err, _("write %s"), path);
	}
	if (st != TK_OK || how == CREATE)
		unlink(tmp);
	free(tmp);
	return st == TK_OK && how != LIGHTLY ? sync_parent(path, err) : st;
}

enum tk_status
tk_file_write(const char *path, const void *data, size_t len, mode_t mode,
    struct tk_err *err)
{
	return write_file(path, data, len, mode, REPLACE, err);
}

enum tk_status
tk_file_create(const char *path, const void *data, size_t len, mode_t mode,
    struct tk_err *err)
{
	return write_file(path, data, len, mode, CREATE, err);
}

enum tk_status
tk_file_write_lightly(const char *path, const void *data, size_t len,
    mode_t mode, struct tk_err *err)
{
	return write_file(path, data, len, mode, LIGHTLY, err);
}

void
tk_file_sweep(const char *path)
{
	char *dir = parent_of(path), *temp = template_of(path), *full;
	const char *begin = strrchr(temp, '/');
	struct tk_strv names = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	size_t i;

	begin = begin != NULL ? begin + 1 : temp;
	temp[strlen(temp) - strlen("XXXXXX")] = '\0';
	if (tk_dir_list(&names, dir, &ignored) != TK_OK)
		tk_strv_clear(&names);
	for (i = 0; i < names.n; i++) {
		if (!tk_starts(names.v[i], begin))
			continue;
		full = tk_strf("%s/%s", dir, names.v[i]);
		unlink(full);
		free(full);
	}
	tk_strv_clear(&names);
	free(temp);
	free(dir);
}

enum tk_status
tk_file_move(const char *from, const char *to, struct tk_err *err)
{
	struct tk_strv dirs = TK_STRV_INIT;
	enum tk_status st;

	if (rename(from, to) < 0)
		return tk_fail_errno(err, _("move %s to %s"), from, to);
	tk_strv_add_own(&dirs, parent_of(to));
	tk_strv_add_own(&dirs, parent_of(from));
	st = tk_sync_folders(&dirs, err);
	tk_strv_clear(&dirs);
	return st;
}

enum tk_status
tk_mkdirs(const char *path, mode_t mode, struct tk_err *err)
{
	char *copy = tk_strdup(path), *p;
	enum tk_status st = TK_OK;

	/* Nearly always it is there. */
	if (tk_is_dir(path)) {
		free(copy);
		return TK_OK;
	}
	for (p = copy + 1; st == TK_OK; p++) {
		if (*p != '/' && *p != '\0')
			continue;
		char was = *p;

		*p = '\0';
		if (mkdir(copy, mode) < 0 && errno != EEXIST)
			st = tk_fail_errno(err, _("make folder %s"), copy);
		*p = was;
		if (was == '\0')
			break;
	}
	if (st == TK_OK && !tk_is_dir(path)) {
		errno = ENOTDIR;
		st = tk_fail_errno(err, "%s", path);
	}
	free(copy);
	return st;
}

enum tk_status
tk_dir_list(struct tk_strv *names, const char *path, struct tk_err *err)
{
	DIR *d = opendir(path);
	struct dirent *e;
	int saved;

	if (d == NULL)
		return tk_fail_errno(err, "%s", path);
	while (errno = 0, (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			tk_strv_add(names, e->d_name);
	saved = errno;
	closedir(d);
	errno = saved;
	if (saved != 0)
		return tk_fail_errno(err, "%s", path);
	tk_strv_sort(names);
	return TK_OK;
}

static void
on_alarm(int sig)
{
	(void)sig; /* only so that flock() returns */
}

enum tk_status
tk_lock_wait(int fd, const char *path, unsigned seconds, struct tk_err *err)
{
	struct sigaction act = { .sa_handler = on_alarm }, old;
	enum tk_status st = TK_OK;

	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return TK_OK;
	sigaction(SIGALRM, &act, &old);
	alarm(seconds);
	if (flock(fd, LOCK_EX) < 0)
		st = errno == EINTR
		    ? tk_fail(err, TK_EBUSY,
			  _("%s: another process has held it for %u seconds"),
			  path, seconds)
		    : tk_fail_errno(err, "%s", path);
	alarm(0);
	sigaction(SIGALRM, &old, NULL);
	return st;
}

bool
tk_file_exists(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0;
}

bool
tk_is_regular(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISREG(sb.st_mode);
}

bool
tk_is_dir(const char *path)
{
	struct stat sb;

	return stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
}

enum tk_status
tk_file_close(FILE **f, const char *path, struct tk_err *err)
{
	FILE *file = *f;
	int bad;

	*f = NULL;
	if (file == NULL)
		return TK_OK;
	bad = ferror(file) | (fflush(file) != 0) | (fsync(fileno(file)) != 0);
	bad |= fclose(file) != 0;
	return bad ? tk_fail_errno(err, _("write %s"), path) : TK_OK;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	(void)remove(path);
	return 0;
}

void
tk_remove_tree(const char *path)
{
	(void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *
tk_bindir(void)
{
	static char dir[PATH_MAX];
	char *slash;
	ssize_t n;

	if (dir[0] != '\0')
		return dir;
	n = readlink("/proc/self/exe", dir, sizeof(dir) - 1);
	dir[n > 0 ? n : 0] = '\0';
	slash = strrchr(dir, '/');
	if (slash != NULL)
		*slash = '\0';
	else
		snprintf(dir, sizeof(dir), ".");
	return dir;
}

const char *
tk_datadir(void)
{
	static char *dir;
	const char *env = getenv("TK_DATADIR");

	if (env != NULL && env[0] != '\0')
		return env;
	if (dir == NULL)
		dir = tk_strf("%s/../share/tk", tk_bindir());
	return dir;
}
