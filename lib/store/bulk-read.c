/* bulk-read - a folder of tickets, read and parsed; by many threads. */
#include "store/bulk.h"
#include "store/promisor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/id.h"

void
tk_parcel_clear(struct tk_parcel *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		tk_ticket_free(p->v[i].ticket);
		tk_message_clear(&p->v[i].message);
		tk_words_clear(&p->v[i].words);
	}
	free(p->v);
	tk_pool_clear(&p->pool);
	free(p->due.v);
	memset(p, 0, sizeof(*p));
}

static struct tk_item *
new_item(struct tk_parcel *p, const char *id)
{
	struct tk_item *item;

	TK_GROW(p->v, p->n, p->cap);
	item = &p->v[p->n];
	memset(item, 0, sizeof(*item));
	tk_words_init(&item->words);
	snprintf(item->id, sizeof(item->id), "%s", id);
	return item;
}

/* The words out of what they were gathered in: its memory is used again. */
static void
keep_words(struct tk_item *item, struct tk_parcel *p, struct tk_words *words)
{
	struct tk_str *from, *to;
	size_t i;

	for (i = 0; i < TK_WORDS_COLUMNS; i++) {
		from = &words->column[i];
		to = &item->words.column[i];
		if (from->len > 0) {
			to->data = tk_pool_text(&p->pool, from->data, from->len);
			to->len = from->len;
		}
		tk_str_reset(from);
	}
}

struct walk {
	struct tk_parcel *parcel;
	struct tk_parcel_reader *with;
};

/* What cannot be read is left out, as tk_feed_file() does. */
static void
add_ticket(struct walk *w, const char *path, const struct tk_path *at,
    const git_blob *blob)
{
	struct tk_parcel *p = w->parcel;
	struct tk_item *item = new_item(p, at->ticket);
	struct tk_err bad = TK_ERR_INIT;

	if (tk_ticket_read_in(&item->ticket, &p->pool,
		git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob), path,
		&bad) != TK_OK)
		return;
	if (strcmp(tk_ticket_id(item->ticket), at->ticket) != 0) {
		tk_ticket_free(item->ticket);
		return;
	}
	tk_words_ticket(&w->with->words, w->with->stemmer, item->ticket);
	keep_words(item, p, &w->with->words);
	p->n++;
	p->tickets++;
}

static void
add_message(struct walk *w, const char *path, const struct tk_path *at,
    const git_blob *blob)
{
	struct tk_parcel *p = w->parcel;
	struct tk_item *item = new_item(p, at->ticket);
	struct tk_message *m = &item->message;
	struct tk_err bad = TK_ERR_INIT;

	if (tk_message_read_in(m, &p->pool, git_blob_rawcontent(blob),
		(size_t)git_blob_rawsize(blob), path, &bad) != TK_OK)
		return;
	m->name = m->fixed
	    ? tk_pool_text(&p->pool, at->name, strlen(at->name))
	    : tk_strdup(at->name);
	tk_words_message(&w->with->words, w->with->stemmer, m, NULL);
	keep_words(item, p, &w->with->words);
	p->n++;
}

static enum tk_status
read_file(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct walk *w = arg;
	git_blob *blob = NULL;
	struct tk_err gone = TK_ERR_INIT;
	struct tk_path at;

	int rc;

	if (!tk_ends(path, ".yaml"))
		return TK_OK;
	tk_path_parse(&at, path);
	if (at.kind != TK_PATH_TICKET && at.kind != TK_PATH_MESSAGE)
		return TK_OK;
	rc = tk_promisor_blob(&blob, w->with->repo, id, &gone);
	if (rc < 0 && tk_git_is_short()) {
		if (w->with->failed.status == TK_OK)
			(void)tk_fail_git(&w->with->failed, rc, "%s", path);
		*err = w->with->failed;
		return err->status;
	}
	if (rc < 0)
		return TK_OK;
	if (at.kind == TK_PATH_TICKET)
		add_ticket(w, path, &at, blob);
	else
		add_message(w, path, &at, blob);
	git_blob_free(blob);
	return TK_OK;
}

void
tk_parcel_read(struct tk_parcel *out, struct tk_parcel_reader *with,
    const git_oid *tree, const char *path)
{
	struct walk w = { .parcel = out, .with = with };
	struct tk_err ignored = TK_ERR_INIT;

	memset(out, 0, sizeof(*out));
	if (tk_git_walk(with->repo, tree, path, read_file, &w, &ignored) !=
		TK_OK &&
	    tk_git_is_short() && with->failed.status == TK_OK)
		with->failed = ignored;
	/* Else a folder that is damaged: what could be read. */
}
