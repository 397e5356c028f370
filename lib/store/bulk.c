/* bulk - the whole index at once, by many threads. */
#include "store/bulk-parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

#define PAYS 20 /* folders of up to some hundred tickets */
#define AHEAD 4 /* parcels for each thread before the writer */

static void
add_jobs(struct tk_bulk *b, const git_tree *top, const char *name)
{
	const git_tree_entry *e;
	size_t i;

	for (i = 0; i < git_tree_entrycount(top); i++) {
		e = git_tree_entry_byindex(top, i);
		if (git_tree_entry_type(e) != GIT_OBJECT_TREE)
			continue;
		TK_GROW(b->job, b->n, b->cap);
		memset(&b->job[b->n], 0, sizeof(*b->job));
		b->job[b->n].tree = *git_tree_entry_id(e);
		b->job[b->n++].path =
		    tk_strf("tickets/%s/%s/", name, git_tree_entry_name(e));
	}
}

/* The folders that hold tickets. Files that lie elsewhere are none of ours. */
static void
find_jobs(struct tk_bulk *b, const struct tk_store *s)
{
	const git_tree_entry *e;
	git_tree *tickets = NULL, *top;
	size_t i;

	e = s->tree != NULL ? git_tree_entry_byname(s->tree, "tickets") : NULL;
	if (e == NULL ||
	    git_tree_lookup(&tickets, s->repo, git_tree_entry_id(e)) < 0)
		return;
	for (i = 0; i < git_tree_entrycount(tickets); i++) {
		e = git_tree_entry_byindex(tickets, i);
		if (git_tree_entry_type(e) != GIT_OBJECT_TREE ||
		    git_tree_lookup(&top, s->repo, git_tree_entry_id(e)) < 0)
			continue;
		add_jobs(b, top, git_tree_entry_name(e));
		git_tree_free(top);
	}
	git_tree_free(tickets);
}

static void
clear_jobs(struct tk_bulk *b)
{
	size_t i;

	for (i = 0; i < b->n; i++) {
		tk_parcel_clear(&b->job[i].parcel);
		free(b->job[i].path);
	}
	free(b->job);
}

bool
tk_bulk_pays(const struct tk_store *s)
{
	struct tk_bulk b = { .n = 0 };
	bool pays;

	tk_bulk_spare(true);
	find_jobs(&b, s);
	pays = b.n >= PAYS;
	if (!pays)
		tk_bulk_spare(false);
	clear_jobs(&b);
	return pays;
}

/* The next folder to be read; b->n: there is none. */
static size_t
take_job(struct tk_bulk *b)
{
	size_t i;

	pthread_mutex_lock(&b->mutex);
	while (!b->stop && b->next < b->n && b->next >= b->written + b->window)
		pthread_cond_wait(&b->room, &b->mutex);
	i = b->stop || b->next >= b->n ? b->n : b->next++;
	pthread_mutex_unlock(&b->mutex);
	return i;
}

static void
hand_over(struct tk_bulk_reader *r, size_t i, const struct tk_parcel *parcel)
{
	struct tk_bulk *b = r->bulk;

	pthread_mutex_lock(&b->mutex);
	b->job[i].parcel = *parcel;
	b->job[i].by = r;
	b->job[i].ready = true;
	pthread_cond_signal(&b->ready);
	pthread_mutex_unlock(&b->mutex);
}

static void
free_done(struct tk_bulk_reader *r)
{
	struct tk_parcel *v;
	size_t n;

	pthread_mutex_lock(&r->bulk->mutex);
	v = r->done;
	n = r->n;
	r->done = NULL;
	r->n = r->cap = 0;
	pthread_mutex_unlock(&r->bulk->mutex);
	while (n > 0)
		tk_parcel_clear(&v[--n]);
	free(v);
}

static void *
read_jobs(void *arg)
{
	struct tk_bulk_reader *r = arg;
	struct tk_bulk *b = r->bulk;
	struct tk_parcel_reader with = { .stemmer = tk_stemmer_new() };
	struct tk_parcel parcel;
	size_t i;

	tk_words_init(&with.words);
	/* Without a repository the writer would wait for ever. */
	if (git_repository_open(&with.repo, tk_store_gitdir(b->store)) < 0) {
		pthread_mutex_lock(&b->mutex);
		b->stop = true;
		pthread_cond_broadcast(&b->ready);
		pthread_cond_broadcast(&b->put);
		pthread_mutex_unlock(&b->mutex);
	}
	while ((i = take_job(b)) < b->n) {
		free_done(r);
		tk_parcel_read(
		    &parcel, &with, &b->job[i].tree, b->job[i].path);
		hand_over(r, i, &parcel);
		if (r == b->reader)
			tk_bulk_forget();
	}
	if (with.failed.status != TK_OK) {
		pthread_mutex_lock(&b->mutex);
		b->failed = with.failed;
		pthread_mutex_unlock(&b->mutex);
	}
	git_repository_free(with.repo);
	tk_stemmer_free(with.stemmer);
	tk_words_clear(&with.words);
	return NULL;
}

static size_t
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > TK_BULK_THREADS ? TK_BULK_THREADS : (size_t)n;
}

static enum tk_status
run(struct tk_bulk *b, struct tk_index *ix, tk_progress_fn *progress,
    struct tk_err *err)
{
	pthread_t thread[TK_BULK_THREADS];
	size_t want = processors(), n;
	enum tk_status st;

	b->window = want * AHEAD;
	for (n = 0; n < want; n++) {
		b->reader[n].bulk = b;
		if (pthread_create(
			&thread[n], NULL, read_jobs, &b->reader[n]) != 0)
			break;
	}
	st = n > 0 ? tk_bulk_write(b, ix, progress, err)
		   : tk_fail(err, TK_ESYS, _("no thread can be started"));
	pthread_mutex_lock(&b->mutex);
	b->stop = true;
	pthread_cond_broadcast(&b->room);
	pthread_mutex_unlock(&b->mutex);
	while (n > 0) {
		pthread_join(thread[--n], NULL);
		free_done(&b->reader[n]);
	}
	if (st == TK_OK && b->failed.status != TK_OK) {
		*err = b->failed;
		st = err->status;
	}
	return st;
}

enum tk_status
tk_bulk_fill(struct tk_store *s, tk_progress_fn *progress, struct tk_err *err)
{
	struct tk_bulk b = { .store = s,
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.ready = PTHREAD_COND_INITIALIZER,
		.put = PTHREAD_COND_INITIALIZER,
		.room = PTHREAD_COND_INITIALIZER };
	char *path = tk_store_path(s, "index.new"); /* index.lock is held */
	struct tk_index *fresh = NULL;
	enum tk_status st;

	find_jobs(&b, s);
	if ((st = tk_index_make(&fresh, path, err)) == TK_OK &&
	    (st = run(&b, fresh, progress, err)) == TK_OK &&
	    (st = tk_feed_pages(s, fresh, err)) == TK_OK &&
	    (st = tk_index_complete(fresh, tk_store_head(s), err)) == TK_OK)
		st = tk_index_copy(s->index, fresh, err);
	tk_index_free(fresh);
	tk_bulk_spare(false);
	unlink(path);
	clear_jobs(&b);
	free(path);
	return st;
}
