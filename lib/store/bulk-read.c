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

/* What cannot be read is left out, as tk_feed_file() does. */
static void
add_ticket(struct tk_parcel *p, struct tk_stemmer *stemmer, const char *path,
    const struct tk_path *at, const git_blob *blob)
{
	struct tk_item *item = new_item(p, at->ticket);
	struct tk_err bad = TK_ERR_INIT;

	if (tk_ticket_read(&item->ticket, git_blob_rawcontent(blob),
		(size_t)git_blob_rawsize(blob), path, &bad) != TK_OK)
		return;
	if (strcmp(tk_ticket_id(item->ticket), at->ticket) != 0) {
		tk_ticket_free(item->ticket);
		return;
	}
	tk_words_ticket(&item->words, stemmer, item->ticket);
	p->n++;
	p->tickets++;
}

static void
add_message(struct tk_parcel *p, struct tk_stemmer *stemmer, const char *path,
    const struct tk_path *at, const git_blob *blob)
{
	struct tk_item *item = new_item(p, at->ticket);
	struct tk_err bad = TK_ERR_INIT;

	if (tk_message_read(&item->message, git_blob_rawcontent(blob),
		(size_t)git_blob_rawsize(blob), path, &bad) != TK_OK)
		return;
	item->message.name = tk_strdup(at->name);
	tk_words_message(&item->words, stemmer, &item->message, NULL);
	/* Most of a message is its text, and that is done with. */
	free(item->message.text);
	free(item->message.quoted);
	item->message.text = item->message.quoted = NULL;
	p->n++;
}

struct reader {
	struct tk_parcel *parcel;
	struct tk_stemmer *stemmer;
	git_repository *repo;
};

static enum tk_status
read_file(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct reader *r = arg;
	git_blob *blob = NULL;
	struct tk_err gone = TK_ERR_INIT;
	struct tk_path at;

	(void)err;
	if (!tk_ends(path, ".yaml"))
		return TK_OK;
	tk_path_parse(&at, path);
	if ((at.kind != TK_PATH_TICKET && at.kind != TK_PATH_MESSAGE) ||
	    tk_promisor_blob(&blob, r->repo, id, &gone) < 0)
		return TK_OK;
	if (at.kind == TK_PATH_TICKET)
		add_ticket(r->parcel, r->stemmer, path, &at, blob);
	else
		add_message(r->parcel, r->stemmer, path, &at, blob);
	git_blob_free(blob);
	return TK_OK;
}

void
tk_parcel_read(struct tk_parcel *out, git_repository *repo,
    struct tk_stemmer *stemmer, const git_oid *tree, const char *path)
{
	struct reader r = { .parcel = out, .stemmer = stemmer, .repo = repo };
	struct tk_err ignored = TK_ERR_INIT;

	memset(out, 0, sizeof(*out));
	if (tk_git_walk(repo, tree, path, read_file, &r, &ignored) != TK_OK)
		return; /* a folder that is damaged: what could be read */
}
