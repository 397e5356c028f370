/* odb-ahead - objects deflated while the acts go on. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/bulk.h"
#include "store/odb-parts.h"
#include "store/pack-write.h"

#define ACTS 16      /* until what they read of packs is forgotten */
/* Of a chain of deltas. git's own is 50, but libgit2 keeps each link of a chain
 * that it has read. */
#define DEPTH_MAX 10
#define LEAST 64 /* objects that the thread is woken for */
/* Bytes of objects that libgit2 keeps from then on, in the whole process: what
 * an act reads the next does not. */
#define CACHED ((ssize_t)2 * 1024 * 1024)

struct tk_odb_ahead {
	struct tk_odb *odb;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t more;
	size_t done; /* objects it is through with */
	size_t ready;
	bool stop;
};

/* What is needed of an object and its base, out of an array that may move. */
struct job {
	struct tk_object obj, base;
	bool has_base;
};

static void
take(struct job *j, const struct tk_odb *o, size_t i)
{
	j->obj = o->v[i];
	j->has_base = j->obj.base != TK_PACK_WHOLE;
	if (j->has_base)
		j->base = o->v[j->obj.base];
}

static void
deflate(struct job *j, struct tk_deflater *d, struct tk_str *delta)
{
	struct tk_object *obj = &j->obj;
	const void *z;

	tk_str_reset(delta);
	if (tk_object_is_large(obj))
		return;
	if (j->has_base && j->base.depth < DEPTH_MAX &&
	    tk_pack_delta(delta, j->base.data, j->base.len, obj->data,
		obj->len)) {
		obj->depth = j->base.depth + 1;
		obj->delta_len = delta->len;
		z = tk_deflate(d, &obj->z_len, delta->data, delta->len);
	} else if (obj->blob != NULL && obj->blob->z != NULL) {
		return;
	} else {
		z = tk_deflate(d, &obj->z_len, obj->data, obj->len);
	}
	obj->z = tk_malloc(obj->z_len);
	memcpy(obj->z, z, obj->z_len);
}

static void
give(const struct job *j, struct tk_odb *o, size_t i)
{
	o->v[i].z = j->obj.z;
	o->v[i].z_len = j->obj.z_len;
	o->v[i].delta_len = j->obj.delta_len;
	o->v[i].depth = j->obj.depth;
}

static void *
work(void *arg)
{
	struct tk_odb_ahead *a = arg;
	struct tk_deflater *d = tk_deflater_new();
	struct tk_str delta = TK_STR_INIT;
	struct job j;

	pthread_mutex_lock(&a->mutex);
	for (;;) {
		while (!a->stop && a->done == a->ready)
			pthread_cond_wait(&a->more, &a->mutex);
		if (a->stop)
			break;
		take(&j, a->odb, a->done);
		pthread_mutex_unlock(&a->mutex);
		deflate(&j, d, &delta);
		pthread_mutex_lock(&a->mutex);
		give(&j, a->odb, a->done++);
	}
	pthread_mutex_unlock(&a->mutex);
	tk_str_clear(&delta);
	tk_deflater_free(d);
	return NULL;
}

static void
start(struct tk_odb *o)
{
	struct tk_odb_ahead *a = tk_calloc(1, sizeof(*a));

	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, CACHED);
	a->odb = o;
	pthread_mutex_init(&a->mutex, NULL);
	pthread_cond_init(&a->more, NULL);
	if (pthread_create(&a->thread, NULL, work, a) == 0) {
		o->ahead = a;
		return;
	}
	pthread_mutex_destroy(&a->mutex);
	pthread_cond_destroy(&a->more);
	free(a);
}

void
tk_odb_act(struct tk_odb *o)
{
	o->ready = o->n;
	if (o->n <= TK_ODB_LOOSE)
		return;
	if (++o->acts % ACTS == 0)
		tk_bulk_forget();
	if (o->ahead == NULL)
		start(o);
	tk_odb_ahead_hold(o);
	if (o->ahead != NULL) {
		o->ahead->ready = o->ready;
		if (o->ready - o->ahead->done >= LEAST)
			pthread_cond_signal(&o->ahead->more);
	}
	tk_odb_ahead_release(o);
}

void
tk_odb_ahead_hold(struct tk_odb *o)
{
	if (o->ahead != NULL)
		pthread_mutex_lock(&o->ahead->mutex);
}

void
tk_odb_ahead_release(struct tk_odb *o)
{
	if (o->ahead != NULL)
		pthread_mutex_unlock(&o->ahead->mutex);
}

/* How many it has done. */
static size_t
stop(struct tk_odb *o)
{
	struct tk_odb_ahead *a = o->ahead;
	size_t done;

	if (a == NULL)
		return 0;
	pthread_mutex_lock(&a->mutex);
	a->stop = true;
	pthread_cond_signal(&a->more);
	pthread_mutex_unlock(&a->mutex);
	pthread_join(a->thread, NULL);
	pthread_mutex_destroy(&a->mutex);
	pthread_cond_destroy(&a->more);
	done = a->done;
	free(a);
	o->ahead = NULL;
	return done;
}

void
tk_odb_ahead_stop(struct tk_odb *o)
{
	(void)stop(o);
}

void
tk_odb_deflate_all(struct tk_odb *o)
{
	struct tk_deflater *d = tk_deflater_new();
	struct tk_str delta = TK_STR_INIT;
	struct job j;
	size_t i;

	for (i = stop(o); i < o->n; i++) {
		take(&j, o, i);
		deflate(&j, d, &delta);
		give(&j, o, i);
	}
	tk_str_clear(&delta);
	tk_deflater_free(d);
}
