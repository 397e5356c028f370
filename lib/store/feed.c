/* feed - the index brought up to a commit. */
#include "store/git.h"
#include "store/promisor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/progress.h"
#include "index/index-archive.h"
#include "model/archived.h"
#include "model/id.h"
#include "store/bulk.h"

#define FILL_WAIT 3600 /* seconds behind another who makes all of it */

struct feed {
	struct tk_store *store;
	struct tk_index *into; /* of pages */
	tk_progress_fn *progress;
};

#define TK_KB "kb/"
#define TK_KB_PAGE ".md"

enum tk_status
tk_feed_file(struct tk_index *ix, const char *path, const char *data,
    size_t len, struct tk_err *err)
{
	struct tk_message m;
	struct tk_ticket *t;
	struct tk_path p;
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	char year[5];

	if (tk_archived_is_path(year, path))
		return tk_index_put_archived(ix, path, data, len, err);
	if (tk_starts(path, TK_KB) && tk_ends(path, TK_KB_PAGE))
		return data != NULL
		    ? tk_index_put_page(ix, path, data, len, err)
		    : tk_index_remove_page(ix, path, err);
	tk_path_parse(&p, path);
	if (p.kind == TK_PATH_TICKET) {
		if (data == NULL)
			return tk_index_remove_ticket(ix, p.ticket, err);
		/* A file broken by hand must not stop all others: tk fsck
		 * names it, the index does without. */
		if (tk_ticket_read(&t, data, len, path, &bad) != TK_OK)
			return tk_index_remove_ticket(ix, p.ticket, err);
		if (strcmp(tk_ticket_id(t), p.ticket) == 0)
			st = tk_index_put_ticket(ix, t, err);
		else
			st = tk_index_remove_ticket(ix, p.ticket, err);
		tk_ticket_free(t);
		return st;
	}
	if (p.kind != TK_PATH_MESSAGE)
		return TK_OK;
	if (data == NULL || tk_message_read(&m, data, len, path, &bad) != TK_OK)
		return tk_index_remove_message(ix, p.ticket, p.name, err);
	m.name = tk_strdup(p.name);
	st = tk_index_put_message(ix, p.ticket, &m, err);
	tk_message_clear(&m);
	return st;
}

static enum tk_status
feed_page(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct feed *f = arg;
	git_blob *blob = NULL;
	enum tk_status st = TK_OK;
	char year[5];
	int rc;

	if (!tk_ends(path, TK_KB_PAGE) && !tk_archived_is_path(year, path))
		return TK_OK;
	if ((rc = git_blob_lookup(&blob, f->store->repo, id)) < 0 && tk_git_is_short())
		st = tk_fail_git(err, rc, "%s", path);
	else if (rc == 0)
		st = tk_feed_file(f->into, path, git_blob_rawcontent(blob),
		    (size_t)git_blob_rawsize(blob), err);
	git_blob_free(blob);
	return st;
}

enum tk_status
tk_feed_pages(struct tk_store *s, struct tk_index *ix, struct tk_err *err)
{
	struct feed f = { .store = s, .into = ix };

	enum tk_status st;

	st = tk_git_diff(s->repo, NULL, s->tree, "kb", feed_page, &f, err);
	return st == TK_OK ? tk_git_diff(s->repo, NULL, s->tree, "archives",
				 feed_page, &f, err)
			   : st;
}

static enum tk_status
feed_blob(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct feed *f = arg;
	struct tk_err gone = TK_ERR_INIT;
	git_blob *blob = NULL;
	enum tk_status st;
	int rc;

	if (!tk_ends(path, ".yaml") && !tk_ends(path, TK_KB_PAGE))
		return TK_OK;
	if (id == NULL)
		return tk_feed_file(f->store->index, path, NULL, 0, err);
	/* Damage of one file must not stop all others; tk fsck tells. */
	rc = tk_promisor_blob(&blob, f->store->repo, id, &gone);
	if (rc < 0 && tk_git_is_short())
		return tk_fail_git(err, rc, "%s", path);
	if (rc < 0)
		return tk_feed_file(f->store->index, path, NULL, 0, err);
	st = tk_feed_file(f->store->index, path, git_blob_rawcontent(blob),
	    (size_t)git_blob_rawsize(blob), err);
	git_blob_free(blob);
	return st;
}

/* The tree of the commit the index reflects; NULL where that is gone (or
 * there was none), and then all is fed anew. */
static git_tree *
known_tree(struct tk_store *s, const char *head)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_oid id;

	if (head[0] == '\0' || git_oid_fromstr(&id, head) < 0)
		return NULL;
	if (git_commit_lookup(&commit, s->repo, &id) == 0 &&
	    git_commit_tree(&tree, commit) < 0)
		tree = NULL;
	git_commit_free(commit);
	return tree;
}

/* Inside an index transaction: what differs from the commit the index
 * reflects to the snapshot. */
static enum tk_status
feed_inside(struct feed *f, bool anew, struct tk_err *err)
{
	struct tk_store *s = f->store;
	char head[41];
	git_tree *from = NULL;
	enum tk_status st;

	if ((st = tk_index_head(s->index, head, err)) != TK_OK)
		return st;
	if (!anew && strcmp(head, tk_store_head(s)) == 0)
		return TK_OK;
	/* Somebody else has moved the branch; nobody builds on it before it is
	 * durable. Most often it has been settled before this began. */
	tk_settle_tip(s);
	if (!anew)
		from = known_tree(s, head);
	if (from == NULL)
		st = tk_index_wipe(s->index, err);
	if (st == TK_OK)
		st = tk_git_diff(
		    s->repo, from, s->tree, "tickets", feed_blob, f, err);
	if (st == TK_OK)
		st = tk_git_diff(
		    s->repo, from, s->tree, "kb", feed_blob, f, err);
	/* Behind the tickets: it takes over what they leave. */
	if (st == TK_OK)
		st = tk_git_diff(
		    s->repo, from, s->tree, "archives", feed_blob, f, err);
	git_tree_free(from);
	return st;
}

/* A writer holds the index's transaction from before its act until the branch
 * has moved. So once this one has begun, the branch is read again: feeding an
 * older commit would take the index back under the next writer. */
static enum tk_status
begin(struct feed *f, bool anew, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_index_begin(f->store->index, err)) != TK_OK)
		return st;
	if ((st = tk_store_refresh(f->store, err)) == TK_OK)
		st = feed_inside(f, anew, err);
	if (st != TK_OK)
		tk_index_abort(f->store->index);
	return st;
}

static enum tk_status
catch_up(struct feed *f, bool anew, struct tk_err *err)
{
	struct tk_store *s = f->store;
	char head[41];
	enum tk_status st;

	if ((st = tk_index_head(s->index, head, err)) != TK_OK)
		return st;
	if (!anew && strcmp(head, tk_store_head(s)) == 0)
		return TK_OK;
	/* Others can write meanwhile. */
	if (strcmp(head, tk_store_head(s)) != 0)
		tk_settle_tip(s);
	if ((st = begin(f, anew, err)) != TK_OK)
		return st;
	st = tk_index_finish(s->index, tk_store_head(s), err);
	if (st != TK_OK)
		tk_index_abort(s->index);
	return st;
}

/* The files of a damaged index, out of the way. */
void
tk_feed_drop(struct tk_store *s)
{
	static const char *const names[] = { "index.db", "index.db-wal",
		"index.db-shm" };
	size_t i;
	char *path;

	tk_index_free(s->index);
	s->index = NULL;
	for (i = 0; i < TK_COUNT(names); i++) {
		path = tk_store_path(s, names[i]);
		unlink(path);
		free(path);
	}
}

static enum tk_status
open_index(struct tk_store *s, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	char *path;

	if (s->index != NULL)
		return TK_OK;
	/* A clone made by git has no folder of ours yet. */
	path = tk_store_path(s, "");
	st = tk_mkdirs(path, 0777, err);
	free(path);
	path = tk_store_path(s, "index.db");
	if (st == TK_OK)
		st = tk_index_open(&s->index, path, err);
	if (st == TK_EINPUT) {
		tk_feed_drop(s);
		st = tk_index_open(&s->index, path, err);
	}
	free(path);
	return st;
}

/*
 * Where all is to be fed and that is much, it is done at once beside the
 * index, before anybody's transaction begins, and *anew has been done. Of
 * many who want it one does it, the others wait.
 */
static enum tk_status
fill_large(struct feed *f, bool *anew, struct tk_err *err)
{
	struct tk_store *s = f->store;
	char head[41];
	char *path;
	enum tk_status st;
	git_tree *known;
	int fd;

	if ((st = tk_index_head(s->index, head, err)) != TK_OK)
		return st;
	known = *anew ? NULL : known_tree(s, head);
	git_tree_free(known);
	if (known != NULL || !tk_bulk_pays(s))
		return TK_OK;
	path = tk_store_path(s, "index.lock");
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	st = fd < 0 ? tk_fail_errno(err, "%s", path)
		    : tk_lock_wait(fd, path, FILL_WAIT, err);
	if (st == TK_OK && !*anew &&
	    (st = tk_index_head(s->index, head, err)) == TK_OK)
		known = known_tree(s, head);
	if (st == TK_OK && known == NULL)
		st = tk_bulk_fill(s, f->progress, err);
	tk_progress_clear();
	git_tree_free(known);
	if (fd >= 0)
		close(fd);
	free(path);
	*anew = *anew && st != TK_OK;
	return st;
}

/* fn on the index; where that is damaged, on a new one. */
static enum tk_status
or_rebuild(struct feed *f, bool anew,
    enum tk_status (*fn)(struct feed *f, bool anew, struct tk_err *err),
    struct tk_err *err)
{
	enum tk_status st;

	if ((st = open_index(f->store, err)) != TK_OK)
		return st;
	if ((st = fill_large(f, &anew, err)) == TK_OK)
		st = fn(f, anew, err);
	if (st != TK_EINPUT && !tk_index_is_damaged(f->store->index))
		return st;
	tk_feed_drop(f->store);
	if ((st = open_index(f->store, err)) != TK_OK)
		return st;
	anew = true;
	if ((st = fill_large(f, &anew, err)) != TK_OK)
		return st;
	return fn(f, anew, err);
}

void
tk_feed_ready(struct tk_store *s)
{
	struct tk_err ignored = TK_ERR_INIT;
	char head[41];

	if (open_index(s, &ignored) != TK_OK ||
	    tk_store_refresh(s, &ignored) != TK_OK || !s->has_tip)
		return;
	if (tk_index_head(s->index, head, &ignored) == TK_OK &&
	    strcmp(head, tk_store_head(s)) != 0)
		tk_settle_tip(s);
	tk_clients_follow(s);
}

enum tk_status
tk_feed_begin(struct tk_store *s, struct tk_err *err)
{
	struct feed f = { .store = s, .progress = tk_progress_show };
	enum tk_status st;

	if (s->has_tip)
		return or_rebuild(&f, false, begin, err);
	st = open_index(s, err);
	return st == TK_OK ? tk_index_begin(s->index, err) : st;
}

enum tk_status
tk_store_index(struct tk_store *s, struct tk_index **out, struct tk_err *err)
{
	struct feed f = { .store = s, .progress = tk_progress_show };
	enum tk_status st = s->has_tip ? or_rebuild(&f, false, catch_up, err)
				       : open_index(s, err);

	*out = st == TK_OK ? s->index : NULL;
	return st;
}

enum tk_status
tk_store_reindex(struct tk_store *s,
    void (*progress)(size_t done, size_t total), struct tk_err *err)
{
	struct feed f = { .store = s, .progress = progress };

	if (!s->has_tip)
		return TK_OK;
	return or_rebuild(&f, true, catch_up, err);
}
