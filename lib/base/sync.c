/* sync - several files made durable together. */
#include "base/sync.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

#define THREADS 16 /* beside the caller's own */

struct work {
	const struct tk_sync *v;
	size_t n;
	int *failed; /* errno of each, or 0 */
	atomic_size_t next;
};

static void *
work(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) < w->n)
		if (fsync(w->v[i].fd) < 0)
			w->failed[i] = errno;
	return NULL;
}

/* Without help the caller's own thread does all. Signals are for that one. */
static void
work_together(struct work *w)
{
	pthread_t help[THREADS];
	sigset_t all, old;
	size_t i, n = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	while (n < THREADS && n + 1 < w->n &&
	    pthread_create(&help[n], NULL, work, w) == 0)
		n++;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	work(w);
	for (i = 0; i < n; i++)
		pthread_join(help[i], NULL);
}

static enum tk_status
sync_all(const struct tk_sync *v, size_t n, bool folders, struct tk_err *err)
{
	struct work w = { .v = v, .n = n };
	enum tk_status st = TK_OK;
	size_t i;

	w.failed = tk_calloc(n + 1, sizeof(*w.failed));
	atomic_init(&w.next, 0);
	work_together(&w);
	for (i = 0; st == TK_OK && i < n; i++) {
		/* Some file systems cannot fsync a folder and need not. */
		if (w.failed[i] == 0 ||
		    (folders &&
			(w.failed[i] == EINVAL || w.failed[i] == EROFS)))
			continue;
		errno = w.failed[i];
		st = tk_fail_errno(err, _("write %s"), v[i].path);
	}
	free(w.failed);
	return st;
}

enum tk_status
tk_sync_files(const struct tk_sync *v, size_t n, struct tk_err *err)
{
	return sync_all(v, n, false, err);
}

enum tk_status
tk_sync_folders(const struct tk_strv *paths, struct tk_err *err)
{
	struct tk_sync *v = tk_calloc(paths->n + 1, sizeof(*v));
	enum tk_status st = TK_OK;
	size_t n = 0, i;

	for (i = 0; st == TK_OK && i < paths->n; i++) {
		v[n].path = paths->v[i];
		v[n].fd = open(paths->v[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (v[n].fd >= 0)
			n++;
		else if (errno != ENOENT)
			st = tk_fail_errno(err, "%s", paths->v[i]);
	}
	if (st == TK_OK)
		st = sync_all(v, n, true, err);
	for (i = 0; i < n; i++)
		close(v[i].fd);
	free(v);
	return st;
}
