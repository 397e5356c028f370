/* tx - a transaction: lock, newest tip, acts, durable objects, one move. */
#include "store/tx-parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <git2/sys/repository.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-put.h"
#include "index/words.h"
#include "model/id.h"
#include "store/git.h"
#include "store/loose.h"
#include "store/object.h"
#include "store/sign.h"

#define TRIES 20       /* races lost to pushes before giving up */
#define PAUSE 50000000 /* nanoseconds between two tries */
#define LONG 300       /* ms under the lock */
#define PACKS 32      /* written, until they are closed */

static enum tk_status
make_tree(struct tk_tx *tx, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	struct tk_change *c;
	size_t i;

	for (i = 0; i < tx->n && st == TK_OK; i++) {
		c = &tx->change[i];
		st = c->data != NULL || c->letter
		    ? tk_tree_put(tx->tree, c->path, &c->id, err)
		    : tk_tree_remove(tx->tree, c->path, err);
	}
	return st == TK_OK ? tk_tree_write(tx->tree, &tx->root, err) : st;
}

/* As git commit -S does it. Without a key it is a commit like any other. */
static enum tk_status
sign(struct tk_tx *tx, struct tk_str *commit, struct tk_err *err)
{
	struct tk_str signature = TK_STR_INIT;
	char *key = tx->sign ? tk_sign_key(tx->store) : NULL;
	enum tk_status st = TK_OK;

	tx->sign = false;
	if (key != NULL)
		st = tk_sign(&signature, key, commit->data, commit->len, err);
	if (st == TK_OK && key != NULL)
		tk_object_sign(commit, signature.data);
	tk_str_clear(&signature);
	free(key);
	return st;
}

static enum tk_status
make_commit(struct tk_tx *tx, const char *name, const char *mail, int64_t at,
    const char *text, struct tk_err *err)
{
	struct tk_store *s = tx->store;
	git_signature *author = NULL, *committer = NULL;
	struct tk_str commit = TK_STR_INIT;
	int64_t now = tk_now();
	enum tk_status st = TK_OK;
	int rc;

	if ((rc = git_signature_new(
		 &author, name, mail, at, tk_date_offset(at))) < 0 ||
	    (rc = git_signature_new(&committer,
		 s->committer_name != NULL ? s->committer_name : "tk",
		 s->committer_mail != NULL ? s->committer_mail : "tk@localhost",
		 now, tk_date_offset(now))) < 0) {
		st = tk_fail_git(err, rc, _("commit"));
	} else {
		tk_object_commit(&commit, &tx->root,
		    tx->has_last ? &tx->last : NULL, author, committer, text);
		st = sign(tx, &commit, err);
	}
	if (st == TK_OK) {
		tk_odb_put(s->mem, &tx->last, GIT_OBJECT_COMMIT, commit.data,
		    commit.len);
		tx->has_last = true;
		git_oid_tostr(tx->hex, sizeof(tx->hex), &tx->last);
	}
	git_signature_free(author);
	git_signature_free(committer);
	tk_str_clear(&commit);
	return st == TK_OK ? TK_OK : TK_ESYS;
}

bool
tk_tx_is_long(const struct tk_tx *tx)
{
	return tk_ticks() - tx->began >= LONG;
}

void
tk_tx_sign(struct tk_tx *tx)
{
	tx->sign = true;
}

static enum tk_status
feed(struct tk_tx *tx, const struct tk_change *c, struct tk_err *err)
{
	struct tk_index *ix = tx->store->index;
	struct tk_words words;
	enum tk_status st;
	struct tk_path p;

	if (c->letter)
		return TK_OK;
	if (c->ticket != NULL)
		return tk_index_put_ticket(ix, c->ticket, err);
	if (c->message == NULL)
		return tk_feed_file(ix, c->path, c->data, c->len, err);
	tk_path_parse(&p, c->path);
	if (c->stems == NULL)
		return tk_index_put_message(ix, p.ticket, c->message, err);
	tk_words_init(&words);
	tk_words_message(&words, tk_index_stemmer(ix), c->message, c->stems);
	st = tk_index_put_message_with(
	    ix, p.ticket, c->message, &words, err);
	tk_words_clear(&words);
	return st;
}

enum tk_status
tk_tx_commit(struct tk_tx *tx, const char *name, const char *mail, int64_t at,
    const char *text, struct tk_err *err)
{
	enum tk_status st = make_tree(tx, err);
	struct tk_change *c;
	size_t i;

	if (st == TK_OK)
		st = make_commit(tx, name, mail, at, text, err);
	if (st != TK_OK)
		return err->status = TK_ESYS;
	for (i = 0; st == TK_OK && i < tx->n; i++) {
		c = &tx->change[i];
		st = feed(tx, c, err);
		/* Only a work tree has to follow. */
		if (!git_repository_is_bare(tx->store->repo) &&
		    !tk_strv_has(&tx->paths, c->path))
			tk_strv_add(&tx->paths, c->path);
	}
	tk_tx_forget(tx);
	tk_odb_act(tx->store->mem);
	return st;
}

/* The snapshot is what we have made. */
static void
adopt(struct tk_tx *tx, git_tree *tree)
{
	struct tk_store *s = tx->store;

	git_tree_free(s->tree);
	s->tree = tree;
	s->tip = tx->last;
	s->has_tip = true;
}

static enum tk_status
finish(struct tk_tx *tx, struct tk_err *err)
{
	struct tk_store *s = tx->store;
	struct tk_err late = TK_ERR_INIT;
	git_tree *tree = NULL;
	enum tk_status st;
	int rc;

	/* While it is in memory. */
	if ((rc = git_tree_lookup(&tree, s->repo, &tx->root)) < 0) {
		(void)tk_fail_git(err, rc, "tree");
		return TK_ESYS;
	}
	if ((st = tk_worktree_prepare(s, &tx->paths, err)) != TK_OK ||
	    (st = tk_branch_move(
		 &tx->move, s, &tx->lock, &tx->last, err)) != TK_OK) {
		git_tree_free(tree);
		return st;
	}
	/* Done. From here on nothing may be reported as not done: the index
	 * and the work tree can be brought up to date by the next command. */
	adopt(tx, tree);
	if (tk_index_finish(s->index, tx->hex, &late) != TK_OK)
		tk_index_abort(s->index);
	if (tk_worktree_finish(s, &tx->paths, s->tree, &late) != TK_OK)
		return tk_fail(err, TK_EOUTPUT,
		    _("done, but the work tree could not be updated: %s"),
		    late.text);
	return TK_OK;
}

static enum tk_status
start(struct tk_tx *tx, struct tk_err *err)
{
	struct tk_store *s = tx->store;
	enum tk_status st;

	if ((st = tk_feed_begin(s, err)) != TK_OK ||
	    (st = tk_worktree_recover(s, err)) != TK_OK)
		return st;
	tx->has_last = s->has_tip;
	tx->last = s->tip;
	return tk_tree_new(&tx->tree, s->repo, s->mem,
	    s->tree != NULL ? git_tree_id(s->tree) : NULL, err);
}

static enum tk_status
attempt(struct tk_tx *tx, tk_tx_fn fn, void *arg, struct tk_err *err)
{
	enum tk_status st;

	tx->hex[0] = '\0';
	if ((st = start(tx, err)) == TK_OK)
		st = fn(tx, arg, err);
	if (st == TK_OK && tx->n > 0)
		st = tk_fail(err, TK_ESYS, "transaction ended inside an act");
	if (st == TK_OK && tx->hex[0] != '\0')
		st = finish(tx, err);
	if (tx->store->index != NULL)
		tk_index_abort(tx->store->index);
	tk_tx_forget(tx);
	tk_tx_keep(tx, NULL);
	tk_strv_clear(&tx->paths);
	tk_odb_reset(tx->store->mem);
	tk_tree_free(tx->tree);
	tx->tree = NULL;
	return st;
}

/* libgit2 has a cache for each pack that is open, and no limit for all. What
 * git tells a hook of other folders of objects is known to the first odb only. */
static enum tk_status
open_odb(struct tk_store *s, struct tk_err *err)
{
	enum tk_status st;
	int rc;

	if (s->mem != NULL && tk_odb_packs(s->mem) >= PACKS &&
	    getenv("GIT_OBJECT_DIRECTORY") == NULL &&
	    getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES") == NULL) {
		s->mem = NULL;
		s->lacks_loose = true;
		if ((rc = git_repository__cleanup(s->repo)) < 0)
			return tk_fail_git(err, rc, "%s", tk_store_gitdir(s));
	}
	if (s->lacks_loose && (st = tk_loose_add(s->repo, err)) != TK_OK)
		return st;
	s->lacks_loose = false;
	return s->mem == NULL ? tk_odb_add(&s->mem, s->repo, err) : TK_OK;
}

enum tk_status
tk_store_change(struct tk_store *s, tk_tx_fn fn, void *arg, struct tk_err *err)
{
	struct tk_tx tx = { .store = s };
	enum tk_status st;
	git_oid before;
	int i;

	if (s->frozen != NULL)
		return tk_fail(err, TK_EREFUSED, "%s", s->frozen);
	if (s->branch[0] == '\0')
		return tk_fail(err, TK_EREFUSED,
		    _("HEAD is not on a branch: check one out first"));
	if ((st = open_odb(s, err)) != TK_OK)
		return st;
	tk_feed_ready(s);
	if ((st = tk_branch_lock(&tx.lock, s, err)) != TK_OK)
		return st;
	tx.began = tk_ticks();
	tk_store_forget_config(s);
	for (i = 0; i < TRIES; i++) {
		st = attempt(&tx, fn, arg, err);
		if (st == TK_ESYS && tk_index_is_damaged(s->index)) {
			tk_feed_drop(s);
			continue;
		}
		if (st != TK_EBUSY)
			break;
		before = s->tip;
		if (tk_store_refresh(s, err) != TK_OK)
			break;
		/* git holds the branch's lock file for milliseconds. */
		if (git_oid_equal(&before, &s->tip) &&
		    !tk_branch_free(s, &tx.lock))
			nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
	}
	free(tx.change);
	tk_branch_unlock(&tx.lock);
	tk_ref_move_settle(&tx.move);
	tk_ref_move_clear(&tx.move);
	return st;
}
