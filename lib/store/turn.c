/* turn - a push takes its turn among those who write. */
#define _GNU_SOURCE /* pidfd_open */
#include "store/turn.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "store/branch.h"

#define PATIENCE 800 /* ms; others wait meanwhile */
#define EVENTS 4096  /* bytes */

enum tk_status
tk_turn_compare(struct tk_store *s, const char *old, struct tk_err *err)
{
	git_oid now;
	char hex[41];
	int rc = git_reference_name_to_id(&now, s->repo, s->branch);

	if (rc < 0)
		return tk_fail_git(err, rc, "%s", s->branch);
	git_oid_tostr(hex, sizeof(hex), &now);
	if (strcmp(hex, old) != 0)
		return tk_fail(err, TK_EREFUSED,
		    _("%s: [ref] it has moved on meanwhile, to %.10s; do \"git "
		      "pull --rebase\", then push again"),
		    s->branch, hex);
	return TK_OK;
}

/* Has the branch got its new name among what happened in its folder? */
static bool
has_moved(int events, const char *name)
{
	_Alignas(struct inotify_event) char buf[EVENTS];
	const struct inotify_event *e;
	ssize_t n, i;

	if ((n = read(events, buf, sizeof(buf))) <= 0)
		return true; /* nothing more will be heard */
	for (i = 0; i < n; i += (ssize_t)(sizeof(*e) + e->len)) {
		e = (const struct inotify_event *)(const void *)(buf + i);
		if (e->len > 0 && strcmp(e->name, name) == 0)
			return true;
	}
	return false;
}

struct turn {
	int events, git;
	const char *name;
};

/* Until it is in, or git has given up. The lock goes with this process. */
static void
keep(void *arg)
{
	const struct turn *t = arg;
	struct pollfd v[] = { { t->events, POLLIN, 0 }, { t->git, POLLIN, 0 } };
	int64_t until = tk_ticks() + PATIENCE, left;

	while ((left = until - tk_ticks()) > 0 && poll(v, 2, (int)left) > 0)
		if (v[1].revents != 0 ||
		    (v[0].revents != 0 && has_moved(t->events, t->name)))
			return;
}

enum tk_status
tk_turn_take(struct tk_store *s, const char *old, struct tk_err *err)
{
	struct tk_lock lock = { .fd = -1 };
	const char *slash = strrchr(s->branch, '/');
	struct turn t = { .name = slash != NULL ? slash + 1 : "" };
	char *dir;
	enum tk_status st;

	if (getenv("GIT_QUARANTINE_PATH") == NULL || slash == NULL)
		return TK_OK;
	if ((st = tk_branch_lock(&lock, s, err)) != TK_OK)
		return st;
	dir = tk_strf("%s%.*s", git_repository_commondir(s->repo),
	    (int)(slash - s->branch), s->branch);
	t.events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	t.git = pidfd_open(getppid(), 0);
	/* git waits for the end of what a hook may say, so that is done apart.
	 * Where it cannot be, it goes as it went: git itself sees that it is
	 * late. */
	if ((st = tk_turn_compare(s, old, err)) == TK_OK && t.events >= 0 &&
	    t.git >= 0 && inotify_add_watch(t.events, dir, IN_MOVED_TO) >= 0)
		(void)tk_proc_apart(keep, &t);
	if (t.events >= 0)
		close(t.events);
	if (t.git >= 0)
		close(t.git);
	tk_branch_unlock(&lock);
	free(dir);
	return st;
}
