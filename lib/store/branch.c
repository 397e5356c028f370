/* branch - the branch moved, and the locks of the dead. */
#include "store/branch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/odb.h"

#define LOCK_WAIT 60    /* seconds behind other writers */
#define GIT_HOLDS 60000 /* ms; git needs some */
#define LEFT_HOLDS 500  /* ms, when it is of the time that a holder died */
#define DYING 10        /* seconds from the mark to the lock that was left */

/* Words in the lock file: its holder is moving the branch. */
static void
mark(const struct tk_lock *lock, const char *text)
{
	/* Without the mark a lock left behind is only found out later. */
	if (ftruncate(lock->fd, 0) < 0 ||
	    pwrite(lock->fd, text, strlen(text), 0) < 0)
		return;
}

enum tk_status
tk_branch_lock(struct tk_lock *lock, struct tk_store *s, struct tk_err *err)
{
	char *dir = tk_store_path(s, ""), *path = tk_store_path(s, "lock");
	enum tk_status st = tk_mkdirs(dir, 0777, err);
	struct stat sb;

	memset(lock, 0, sizeof(*lock));
	lock->fd = -1;
	if (st == TK_OK &&
	    (lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)) < 0)
		st = tk_fail_errno(err, "%s", path);
	if (st == TK_OK)
		st = tk_lock_wait(lock->fd, path, LOCK_WAIT, err);
	if (st == TK_OK && fstat(lock->fd, &sb) == 0 && sb.st_size > 0)
		lock->died = sb.st_mtim;
	if (st != TK_OK)
		tk_branch_unlock(lock);
	free(dir);
	free(path);
	return st;
}

void
tk_branch_unlock(struct tk_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}

static const char *const held[] = { NULL, "HEAD" }; /* NULL: the branch */

static char *
held_path(const struct tk_store *s, size_t i)
{
	return tk_strf("%s%s.lock", git_repository_commondir(s->repo),
	    held[i] != NULL ? held[i] : s->branch);
}

/* The words of one who died, and their time, stay as they are until what he
 * held is gone: the next one may die as well. */
static void
forget_dead(struct tk_lock *lock, const struct tk_store *s)
{
	bool any = false;
	size_t i;
	char *path;

	for (i = 0; i < TK_COUNT(held); i++) {
		path = held_path(s, i);
		any = any || tk_file_exists(path);
		free(path);
	}
	if (!any)
		memset(&lock->died, 0, sizeof(lock->died));
}

enum tk_status
tk_branch_move(struct tk_ref_move *m, struct tk_store *s,
    struct tk_lock *lock, const git_oid *to, struct tk_err *err)
{
	enum tk_status st;

	forget_dead(lock, s);
	if (lock->died.tv_sec == 0)
		mark(lock, "moving\n");
	if ((st = tk_ref_move_begin(m, s, to, err)) == TK_OK &&
	    (st = tk_odb_flush(s->mem, s->repo, m->file, m->n, err)) == TK_OK)
		st = tk_ref_move_end(m, err);
	if (st != TK_OK)
		tk_ref_move_clear(m);
	if (lock->died.tv_sec == 0 || st == TK_OK)
		mark(lock, "");
	return st;
}

bool
tk_lock_is_left(const char *path, const struct timespec *died)
{
	struct stat sb;

	return died->tv_sec != 0 && lstat(path, &sb) == 0 &&
	    sb.st_mtim.tv_sec >= died->tv_sec - 1 &&
	    sb.st_mtim.tv_sec <= died->tv_sec + DYING;
}

/* By the clock of the file system, which may be another machine's: the time of
 * access is asked for, that of writing says when the holder died. */
static bool
is_older(const char *path, const struct tk_lock *lock, int64_t ms)
{
	static const struct timespec ask[2] = { { .tv_nsec = UTIME_NOW },
		{ .tv_nsec = UTIME_OMIT } };
	struct stat sb, now;

	return lstat(path, &sb) == 0 && futimens(lock->fd, ask) == 0 &&
	    fstat(lock->fd, &now) == 0 &&
	    (now.st_atim.tv_sec - sb.st_mtim.tv_sec) * 1000 +
		(now.st_atim.tv_nsec - sb.st_mtim.tv_nsec) / 1000000 >=
	    ms;
}

bool
tk_branch_free(struct tk_store *s, const struct tk_lock *lock)
{
	bool any = false;
	size_t i;
	char *path;

	for (i = 0; i < TK_COUNT(held); i++) {
		path = held_path(s, i);
		if (tk_file_exists(path) &&
		    is_older(path, lock,
			tk_lock_is_left(path, &lock->died) ? LEFT_HOLDS
							   : GIT_HOLDS) &&
		    unlink(path) == 0)
			any = true;
		free(path);
	}
	return any;
}

void
tk_store_unlock(struct tk_store *s)
{
	struct tk_lock lock = { .fd = -1 };
	char *path = tk_store_path(s, "lock");
	struct stat sb;

	if (s->branch[0] != '\0' &&
	    (lock.fd = open(path, O_RDWR | O_CLOEXEC)) >= 0 &&
	    flock(lock.fd, LOCK_EX | LOCK_NB) == 0 &&
	    fstat(lock.fd, &sb) == 0) {
		if (sb.st_size > 0)
			lock.died = sb.st_mtim;
		(void)tk_branch_free(s, &lock);
	}
	tk_branch_unlock(&lock);
	free(path);
}
