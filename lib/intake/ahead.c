/* ahead - letters read before it is their turn. */
#include "intake/ahead.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "intake/big.h"
#include "intake/intake.h"

#define FEW 4         /* letters that no thread is started for */
#define THREADS 16    /* at most */
#define WINDOW 256    /* letters ahead */
#define WINDOW_BYTES ((size_t)12 * 1024 * 1024)
#define PAUSE 500000 /* nanoseconds */

struct tk_ahead {
	struct tk_desk *desk;
	const char *dir;
	const struct tk_strv *names;
	bool keep;
	struct tk_incoming **ready; /* one a name */
	size_t begun, taken, bytes;
	bool stop;
	pthread_t thread[THREADS];
	size_t n_threads;
	pthread_mutex_t mutex;
	pthread_cond_t came, room;
};

struct tk_incoming *
tk_incoming_new(const char *file, const char *name)
{
	struct tk_incoming *in = tk_calloc(1, sizeof(*in));

	tk_str_init(&in->raw);
	in->file = tk_strdup(file);
	in->name = tk_strdup(name);
	return in;
}

void
tk_incoming_free(struct tk_incoming *in)
{
	if (in == NULL)
		return;
	if (in->is_read)
		tk_letter_clear(&in->letter);
	tk_blob_free(in->blob);
	tk_str_clear(&in->raw);
	free(in->file);
	free(in->name);
	free(in->reason);
	free(in->trouble);
	free(in->whole);
	free(in);
}

void
tk_incoming_parse(struct tk_incoming *in, struct tk_deflater *d)
{
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st = tk_intake_read(&in->letter, &in->raw, &err);

	in->is_read = st == TK_OK;
	if (st == TK_OK)
		in->blob = tk_blob_new(
		    d, in->raw.data, in->raw.len, in->letter.sha256);
	else if (st == TK_EINPUT)
		in->reason = tk_strdup(err.text);
	else
		in->trouble = tk_strdup(err.text);
}

/* A file that may be large: never more of it in memory than there must. */
static enum tk_status
read_file(
    const struct tk_ahead *a, struct tk_incoming *in, struct tk_err *err)
{
	int fd = open(in->file, O_RDONLY | O_CLOEXEC);
	enum tk_status st;

	if (fd < 0)
		return tk_fail_errno(err, "%s", in->file);
	st = tk_big_read(&in->raw, &in->whole, a->desk, fd, a->keep, err);
	close(fd);
	return st == TK_OK ? TK_OK : tk_wrap(err, st, "%s", in->file);
}

static struct tk_incoming *
read_one(const struct tk_ahead *a, size_t i, struct tk_deflater *d,
    struct tk_stemmer *stemmer)
{
	const char *name = a->names->v[i];
	char *path = a->dir != NULL ? tk_strf("%s/new/%s", a->dir, name)
				    : tk_strdup(name);
	struct tk_incoming *in =
	    tk_incoming_new(path, a->dir != NULL ? name : NULL);
	struct tk_err err = TK_ERR_INIT;

	free(path);
	/* In a maildir a pipe would hold up all letters behind it, and a link
	 * would take in what is somebody else's. */
	if (in->name != NULL && !tk_is_regular(in->file))
		in->trouble = tk_strdup(_("not a regular file"));
	else if (read_file(a, in, &err) != TK_OK)
		in->trouble = tk_strdup(err.text);
	else
		tk_incoming_parse(in, d);
	if (!in->is_read || d == NULL)
		return in;
	/* What tk_intake_again() may read again may say something else. */
	if (!in->letter.charset_unsure && !in->letter.is_signed &&
	    !in->letter.sealed)
		tk_blob_stem(in->blob, stemmer, in->letter.text.data);
	return in;
}

/* The one that is waited for may always begin. */
static bool
has_room(const struct tk_ahead *a)
{
	return a->begun == a->taken ||
	    (a->begun - a->taken < WINDOW && a->bytes < WINDOW_BYTES);
}

static void *
work(void *arg)
{
	struct tk_ahead *a = arg;
	struct tk_deflater *d = tk_deflater_new();
	struct tk_stemmer *stemmer = tk_stemmer_new();
	struct tk_incoming *in;
	size_t i;

	pthread_mutex_lock(&a->mutex);
	for (;;) {
		while (!a->stop && a->begun < a->names->n && !has_room(a))
			pthread_cond_wait(&a->room, &a->mutex);
		if (a->stop || a->begun == a->names->n)
			break;
		i = a->begun++;
		pthread_mutex_unlock(&a->mutex);
		in = read_one(a, i, d, stemmer);
		pthread_mutex_lock(&a->mutex);
		a->ready[i] = in;
		a->bytes += in->raw.len;
		pthread_cond_signal(&a->came);
	}
	pthread_mutex_unlock(&a->mutex);
	tk_deflater_free(d);
	tk_stemmer_free(stemmer);
	return NULL;
}

struct tk_ahead *
tk_ahead_new(struct tk_desk *desk, const char *dir,
    const struct tk_strv *names, bool keep)
{
	struct tk_ahead *a = tk_calloc(1, sizeof(*a));
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = cpus < 1 ? 1 : cpus > THREADS ? THREADS : (size_t)cpus;

	a->desk = desk;
	a->dir = dir;
	a->names = names;
	a->keep = keep;
	a->ready = tk_calloc(names->n + 1, sizeof(struct tk_incoming *));
	pthread_mutex_init(&a->mutex, NULL);
	pthread_cond_init(&a->came, NULL);
	pthread_cond_init(&a->room, NULL);
	for (; names->n > FEW && a->n_threads < n; a->n_threads++)
		if (pthread_create(
			&a->thread[a->n_threads], NULL, work, a) != 0)
			break;
	return a;
}

void
tk_ahead_free(struct tk_ahead *a)
{
	size_t i;

	if (a == NULL)
		return;
	pthread_mutex_lock(&a->mutex);
	a->stop = true;
	pthread_cond_broadcast(&a->room);
	pthread_mutex_unlock(&a->mutex);
	for (i = 0; i < a->n_threads; i++)
		pthread_join(a->thread[i], NULL);
	for (i = a->taken; i < a->begun; i++)
		tk_incoming_free(a->ready[i]);
	pthread_mutex_destroy(&a->mutex);
	pthread_cond_destroy(&a->came);
	pthread_cond_destroy(&a->room);
	free(a->ready);
	free(a);
}

bool
tk_ahead_is_done(const struct tk_ahead *a)
{
	return a->taken == a->names->n;
}

/* The time is of a clock that a condition does not know, and is all but never
 * reached: a letter of many megabytes is. */
static bool
wait_until(struct tk_ahead *a, int64_t until)
{
	while (a->ready[a->taken] == NULL && until == INT64_MAX)
		pthread_cond_wait(&a->came, &a->mutex);
	while (a->ready[a->taken] == NULL && tk_ticks() < until) {
		pthread_mutex_unlock(&a->mutex);
		nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
		pthread_mutex_lock(&a->mutex);
	}
	return a->ready[a->taken] != NULL;
}

struct tk_incoming *
tk_ahead_next(struct tk_ahead *a, int64_t until)
{
	struct tk_incoming *in = NULL;

	if (tk_ahead_is_done(a))
		return NULL;
	if (a->n_threads == 0) {
		a->begun++;
		return read_one(a, a->taken++, NULL, NULL);
	}
	pthread_mutex_lock(&a->mutex);
	if (wait_until(a, until)) {
		in = a->ready[a->taken++];
		a->bytes -= in->raw.len;
		pthread_cond_broadcast(&a->room);
	}
	pthread_mutex_unlock(&a->mutex);
	return in;
}
