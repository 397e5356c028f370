/* bulk-write - what was read goes into the index: rows, and words behind. */
#include "store/bulk-parts.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

struct words {
	struct tk_bulk *bulk;
	struct tk_index *index;
	enum tk_status status;
	struct tk_err err;
};

static void
stop(struct tk_bulk *b)
{
	pthread_mutex_lock(&b->mutex);
	b->stop = true;
	pthread_cond_broadcast(&b->ready);
	pthread_cond_broadcast(&b->put);
	pthread_cond_broadcast(&b->room);
	pthread_mutex_unlock(&b->mutex);
}

static enum tk_status
put_parcel(struct tk_index *ix, struct tk_parcel *p, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	const struct tk_item *item;
	size_t i;

	tk_index_gather(ix, &p->due);
	for (i = 0; st == TK_OK && i < p->n; i++) {
		item = &p->v[i];
		if (item->ticket != NULL)
			st = tk_index_put_ticket_with(
			    ix, item->ticket, &item->words, err);
		else
			st = tk_index_put_message_with(
			    ix, item->id, &item->message, &item->words, err);
	}
	tk_index_gather(ix, NULL);
	return st;
}

/* The next one whose flag is set; false: there will be none. */
static bool
wait_for(struct tk_bulk *b, pthread_cond_t *cond, const bool *flag)
{
	bool is;

	pthread_mutex_lock(&b->mutex);
	while (!*flag && !b->stop)
		pthread_cond_wait(cond, &b->mutex);
	is = *flag;
	pthread_mutex_unlock(&b->mutex);
	return is;
}

static void
give_back(struct tk_bulk *b, size_t i)
{
	struct tk_bulk_reader *r = b->job[i].by;

	pthread_mutex_lock(&b->mutex);
	r->done = tk_more(r->done, r->n, &r->cap, sizeof(*r->done));
	r->done[r->n++] = b->job[i].parcel;
	memset(&b->job[i].parcel, 0, sizeof(b->job[i].parcel));
	b->written = i + 1;
	pthread_cond_broadcast(&b->room);
	pthread_mutex_unlock(&b->mutex);
}

static void *
write_words(void *arg)
{
	struct words *w = arg;
	struct tk_bulk *b = w->bulk;
	size_t i;

	for (i = 0; i < b->n && wait_for(b, &b->put, &b->job[i].put); i++) {
		w->status = tk_index_put_gathered(
		    w->index, &b->job[i].parcel.due, &w->err);
		if (w->status != TK_OK) {
			stop(b);
			break;
		}
		give_back(b, i);
	}
	return NULL;
}

static enum tk_status
write_rows(struct tk_bulk *b, struct tk_index *ix, tk_progress_fn *progress,
    struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i, tickets = 0;

	for (i = 0; i < b->n; i++) {
		if (!wait_for(b, &b->ready, &b->job[i].ready))
			return tk_fail(err, TK_ESYS,
			    _("%s: cannot be opened once more"),
			    tk_store_gitdir(b->store));
		tickets += b->job[i].parcel.tickets;
		if ((st = put_parcel(ix, &b->job[i].parcel, err)) != TK_OK)
			return st;
		pthread_mutex_lock(&b->mutex);
		b->job[i].put = true;
		pthread_cond_signal(&b->put);
		pthread_mutex_unlock(&b->mutex);
		if (progress != NULL)
			progress(tickets,
			    tickets + tickets / (i + 1) * (b->n - i - 1));
	}
	return TK_OK;
}

enum tk_status
tk_bulk_write(struct tk_bulk *b, struct tk_index *ix, tk_progress_fn *progress,
    struct tk_err *err)
{
	struct words w = { .bulk = b, .index = ix, .err = TK_ERR_INIT };
	pthread_t thread;
	enum tk_status st;

	if (pthread_create(&thread, NULL, write_words, &w) != 0)
		return tk_fail(err, TK_ESYS, _("no thread can be started"));
	st = write_rows(b, ix, progress, err);
	if (st != TK_OK)
		stop(b);
	pthread_join(thread, NULL);
	/* What has stopped the rows may have been the words. */
	if (w.status != TK_OK) {
		*err = w.err;
		st = w.status;
	}
	return st;
}
