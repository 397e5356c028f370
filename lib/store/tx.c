/* tx - a transaction: lock, newest tip, acts, durable objects, one move. */
#include "store/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"
#include "store/odb.h"
#include "store/sign.h"

#define TRIES 20       /* races lost to pushes before giving up */
#define LOCK_WAIT 60   /* seconds */
#define PAUSE 50000000 /* nanoseconds between two tries */

#define BIG ((size_t)1 << 20) /* bytes */

struct change {
	char *path;
	git_oid id;
	char *data; /* for the index; NULL: removed, or big */
	size_t len;
	bool big; /* a letter that is not kept twice: it is in the odb */
};

struct tk_tx {
	struct tk_store *store;
	git_tree *tree; /* after the acts so far; NULL: empty */
	git_oid last;   /* the commit of the last act, or the tip */
	bool has_last;
	struct change *change; /* put since the last act */
	size_t n, cap;
	struct tk_strv paths; /* put by any act */
	char hex[41];
	bool sign; /* the next act */
};

static enum tk_status
lock(struct tk_store *s, int *fd, struct tk_err *err)
{
	char *dir = tk_store_path(s, ""), *path = tk_store_path(s, "lock");
	enum tk_status st = tk_mkdirs(dir, 0777, err);

	*fd = -1;
	if (st == TK_OK &&
	    (*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)) < 0)
		st = tk_fail_errno(err, "%s", path);
	if (st == TK_OK)
		st = tk_lock_wait(*fd, path, LOCK_WAIT, err);
	if (st != TK_OK && *fd >= 0) {
		close(*fd);
		*fd = -1;
	}
	free(dir);
	free(path);
	return st;
}

static struct change *
find_change(const struct tk_tx *tx, const char *path)
{
	size_t i;

	for (i = tx->n; i > 0; i--)
		if (strcmp(tx->change[i - 1].path, path) == 0)
			return &tx->change[i - 1];
	return NULL;
}

static void
forget_changes(struct tk_tx *tx)
{
	size_t i;

	for (i = 0; i < tx->n; i++) {
		free(tx->change[i].path);
		free(tx->change[i].data);
	}
	tx->n = 0;
}

static enum tk_status
read_big(struct tk_tx *tx, const struct change *c, struct tk_str *out,
    struct tk_err *err)
{
	git_blob *blob = NULL;
	int rc = git_blob_lookup(&blob, tx->store->repo, &c->id);

	if (rc < 0)
		return tk_fail_git(err, rc, "%s", c->path);
	tk_str_add_data(
	    out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return TK_OK;
}

enum tk_status
tk_tx_read(
    struct tk_tx *tx, struct tk_str *out, const char *path, struct tk_err *err)
{
	struct change *c = find_change(tx, path);

	if (c != NULL && c->big)
		return read_big(tx, c, out, err);
	if (c != NULL && c->data == NULL)
		return tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if (c == NULL)
		return tk_git_read(tx->store->repo, tx->tree, out, path, err);
	tk_str_add_data(out, c->data, c->len);
	return TK_OK;
}

bool
tk_tx_exists(struct tk_tx *tx, const char *path)
{
	struct change *c = find_change(tx, path);
	git_tree_entry *e = NULL;
	bool is;

	if (c != NULL)
		return c->data != NULL || c->big;
	is = tx->tree != NULL && git_tree_entry_bypath(&e, tx->tree, path) == 0;
	git_tree_entry_free(e);
	return is;
}

static struct change *
new_change(struct tk_tx *tx, const char *path)
{
	struct change *c = find_change(tx, path);

	if (c != NULL) {
		free(c->data);
	} else {
		TK_GROW(tx->change, tx->n, tx->cap);
		c = &tx->change[tx->n++];
		c->path = tk_strdup(path);
	}
	c->data = NULL;
	c->len = 0;
	c->big = false;
	return c;
}

enum tk_status
tk_tx_put(struct tk_tx *tx, const char *path, const void *data, size_t len,
    struct tk_err *err)
{
	struct change *c;
	git_odb *odb = NULL;
	git_oid id;
	int rc;

	/* git_blob_create_from_buffer() would copy a large letter once more */
	rc = git_repository_odb(&odb, tx->store->repo);
	if (rc == 0)
		rc = git_odb_write(&id, odb, data, len, GIT_OBJECT_BLOB);
	git_odb_free(odb);
	if (rc < 0)
		return tk_fail_git(err, rc, "%s", path);
	c = new_change(tx, path);
	c->id = id;
	c->big = len > BIG && tk_ends(path, ".eml");
	c->data = c->big ? NULL : tk_strndup(data, len);
	c->len = len;
	return TK_OK;
}

enum tk_status
tk_tx_remove(struct tk_tx *tx, const char *path, struct tk_err *err)
{
	if (!tk_tx_exists(tx, path))
		return tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	(void)new_change(tx, path);
	return TK_OK;
}

struct tk_index *
tk_tx_index(struct tk_tx *tx)
{
	return tx->store->index;
}

const char *
tk_tx_last(const struct tk_tx *tx)
{
	return tx->hex;
}

/* libgit2 wants a tree to start from even where there is none yet. */
static int
base_tree(git_tree **out, struct tk_tx *tx)
{
	git_treebuilder *tb = NULL;
	git_oid id;
	int rc;

	if (tx->tree != NULL)
		return git_tree_dup(out, tx->tree);
	if ((rc = git_treebuilder_new(&tb, tx->store->repo, NULL)) == 0 &&
	    (rc = git_treebuilder_write(&id, tb)) == 0)
		rc = git_tree_lookup(out, tx->store->repo, &id);
	git_treebuilder_free(tb);
	return rc;
}

static int
make_tree(git_tree **out, struct tk_tx *tx)
{
	git_tree_update *up = tk_calloc(tx->n, sizeof(*up));
	git_tree *base = NULL;
	git_oid id;
	size_t i;
	int rc;

	for (i = 0; i < tx->n; i++) {
		up[i].action = tx->change[i].data != NULL || tx->change[i].big
		    ? GIT_TREE_UPDATE_UPSERT
		    : GIT_TREE_UPDATE_REMOVE;
		up[i].id = tx->change[i].id;
		up[i].filemode = GIT_FILEMODE_BLOB;
		up[i].path = tx->change[i].path;
	}
	if ((rc = base_tree(&base, tx)) == 0 &&
	    (rc = git_tree_create_updated(
		 &id, tx->store->repo, base, tx->n, up)) == 0)
		rc = git_tree_lookup(out, tx->store->repo, &id);
	git_tree_free(base);
	free(up);
	return rc;
}

/* As git commit -S does it. Without a key it is a commit like any other. */
static int
create_commit(git_oid *id, struct tk_tx *tx, const git_signature *author,
    const git_signature *committer, const char *text, git_tree *tree,
    const git_commit *parent)
{
	struct tk_store *s = tx->store;
	const git_commit *parents[] = { parent };
	size_t n = parent != NULL ? 1 : 0;
	struct tk_str signature = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	git_buf buf = GIT_BUF_INIT;
	char *key = tx->sign ? tk_sign_key(s) : NULL;
	int rc;

	tx->sign = false;
	if (key == NULL)
		return git_commit_create(id, s->repo, NULL, author, committer,
		    NULL, text, tree, n, parents);
	rc = git_commit_create_buffer(
	    &buf, s->repo, author, committer, NULL, text, tree, n, parents);
	if (rc == 0 &&
	    tk_sign(&signature, key, buf.ptr, buf.size, &err) != TK_OK) {
		git_error_set_str(GIT_ERROR_CALLBACK, err.text);
		rc = GIT_EUSER;
	}
	if (rc == 0)
		rc = git_commit_create_with_signature(
		    id, s->repo, buf.ptr, signature.data, NULL);
	git_buf_dispose(&buf);
	tk_str_clear(&signature);
	free(key);
	return rc;
}

static int
make_commit(struct tk_tx *tx, git_tree *tree, const char *name,
    const char *mail, int64_t at, const char *text)
{
	struct tk_store *s = tx->store;
	git_signature *author = NULL, *committer = NULL;
	git_commit *parent = NULL;
	git_oid id;
	int64_t now = tk_now();
	int rc;

	if ((rc = git_signature_new(
		 &author, name, mail, at, tk_date_offset(at))) == 0 &&
	    (rc = git_signature_new(&committer,
		 s->committer_name != NULL ? s->committer_name : "tk",
		 s->committer_mail != NULL ? s->committer_mail : "tk@localhost",
		 now, tk_date_offset(now))) == 0 &&
	    (!tx->has_last ||
		(rc = git_commit_lookup(&parent, s->repo, &tx->last)) == 0))
		rc = create_commit(
		    &id, tx, author, committer, text, tree, parent);
	if (rc == 0) {
		tx->last = id;
		tx->has_last = true;
		git_oid_tostr(tx->hex, sizeof(tx->hex), &id);
	}
	git_signature_free(author);
	git_signature_free(committer);
	git_commit_free(parent);
	return rc;
}

void
tk_tx_sign(struct tk_tx *tx)
{
	tx->sign = true;
}

enum tk_status
tk_tx_commit(struct tk_tx *tx, const char *name, const char *mail, int64_t at,
    const char *text, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	git_tree *tree = NULL;
	struct change *c;
	size_t i;
	int rc;

	if ((rc = make_tree(&tree, tx)) < 0 ||
	    (rc = make_commit(tx, tree, name, mail, at, text)) < 0) {
		git_tree_free(tree);
		(void)tk_fail_git(err, rc, _("commit"));
		return TK_ESYS;
	}
	git_tree_free(tx->tree);
	tx->tree = tree;
	for (i = 0; st == TK_OK && i < tx->n; i++) {
		c = &tx->change[i];
		if (!c->big)
			st = tk_feed_file(
			    tx->store->index, c->path, c->data, c->len, err);
		/* Only a work tree has to follow. */
		if (!git_repository_is_bare(tx->store->repo) &&
		    !tk_strv_has(&tx->paths, c->path))
			tk_strv_add(&tx->paths, c->path);
	}
	forget_changes(tx);
	return st;
}

/* An error after the rename (the folder's fsync) leaves the branch where it
 * should be: then it is done, and must not be reported as not done. */
static bool
has_moved(const struct tk_tx *tx)
{
	git_oid now;

	return git_reference_name_to_id(
		   &now, tx->store->repo, tx->store->branch) == 0 &&
	    git_oid_equal(&now, &tx->last);
}

/* Compare-and-swap; TK_EBUSY when somebody else moved the branch. */
static enum tk_status
move_branch(struct tk_tx *tx, struct tk_err *err)
{
	struct tk_store *s = tx->store;
	git_reference *ref = NULL;
	int rc;

	if (s->has_tip)
		rc = git_reference_create_matching(
		    &ref, s->repo, s->branch, &tx->last, 1, &s->tip, "tk");
	else
		rc = git_reference_create(
		    &ref, s->repo, s->branch, &tx->last, 0, "tk");
	git_reference_free(ref);
	if (rc == GIT_EEXISTS)
		rc = GIT_EMODIFIED;
	if (rc < 0 && !has_moved(tx)) {
		enum tk_status st =
		    tk_fail_git(err, rc, _("move %s"), s->branch);

		return st == TK_EBUSY ? st : TK_ESYS;
	}
	return TK_OK;
}

static void
adopt(struct tk_tx *tx)
{
	struct tk_store *s = tx->store;

	git_tree_free(s->tree);
	s->tree = tx->tree;
	tx->tree = NULL;
	s->tip = tx->last;
	s->has_tip = true;
}

static enum tk_status
finish(struct tk_tx *tx, struct tk_err *err)
{
	struct tk_store *s = tx->store;
	struct tk_err late = TK_ERR_INIT;
	enum tk_status st;

	if ((st = tk_worktree_prepare(s, &tx->paths, err)) != TK_OK ||
	    (st = tk_odb_flush(tx->store->mem, s->repo, err)) != TK_OK ||
	    (st = move_branch(tx, err)) != TK_OK)
		return st;
	/* Done. From here on nothing may be reported as not done: the index
	 * and the work tree can be brought up to date by the next command. */
	adopt(tx);
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
	int rc;

	if ((st = tk_feed_begin(s, err)) != TK_OK ||
	    (st = tk_worktree_recover(s, err)) != TK_OK)
		return st;
	tx->has_last = s->has_tip;
	tx->last = s->tip;
	tx->tree = NULL;
	if (s->tree != NULL && (rc = git_tree_dup(&tx->tree, s->tree)) < 0)
		return tk_fail_git(err, rc, "tree");
	return TK_OK;
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
	forget_changes(tx);
	tk_strv_clear(&tx->paths);
	tk_odb_reset(tx->store->mem);
	git_tree_free(tx->tree);
	tx->tree = NULL;
	return st;
}

enum tk_status
tk_store_change(struct tk_store *s, tk_tx_fn fn, void *arg, struct tk_err *err)
{
	struct tk_tx tx = { .store = s };
	enum tk_status st;
	git_oid before;
	int fd, i;

	if (s->branch[0] == '\0')
		return tk_fail(err, TK_EREFUSED,
		    _("HEAD is not on a branch: check one out first"));
	if (s->mem == NULL && (st = tk_odb_add(&s->mem, s->repo, err)) != TK_OK)
		return st;
	if ((st = lock(s, &fd, err)) != TK_OK)
		return st;
	for (i = 0; i < TRIES; i++) {
		st = attempt(&tx, fn, arg, err);
		if (st != TK_EBUSY)
			break;
		before = s->tip;
		if (tk_store_refresh(s, err) != TK_OK)
			break;
		/* git holds the branch's lock file for milliseconds; one
		 * that was left behind stays. */
		if (git_oid_equal(&before, &s->tip))
			nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
	}
	free(tx.change);
	close(fd);
	return st;
}
