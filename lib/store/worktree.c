/* worktree - the work tree and git index of a clone kept at HEAD. */
#include "store/branch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* Named while the branch may have moved and the work tree has not: holds
 * the commit that the work tree still shows. */
#define PENDING "checkout"

#define WAITS 10       /* for git to be done */
#define PAUSE 50000000 /* nanoseconds */

/* NULL: it is not there. A tree that cannot be read says nothing of that. */
static enum tk_status
id_in(const git_oid **id, const git_tree *tree, const char *path, git_oid *buf,
    struct tk_err *err)
{
	git_tree_entry *e = NULL;
	int rc = GIT_ENOTFOUND;

	*id = NULL;
	if (tree != NULL)
		rc = git_tree_entry_bypath(&e, tree, path);
	if (rc == 0) {
		git_oid_cpy(buf, git_tree_entry_id(e));
		*id = buf;
	}
	git_tree_entry_free(e);
	return rc == 0 || rc == GIT_ENOTFOUND
	    ? TK_OK
	    : tk_fail_git(err, rc, "%s", path);
}

/* Is the file in the work tree what the id says (NULL: not there)? Compared
 * after git's filters, as git status does. */
static bool
file_is(git_repository *repo, const char *path, const git_oid *id)
{
	char *full = tk_strf("%s%s", git_repository_workdir(repo), path);
	bool there = tk_file_exists(full), same;
	git_oid have;

	if (!there || id == NULL)
		same = !there && id == NULL;
	else
		same = git_repository_hashfile(
			   &have, repo, full, GIT_OBJECT_BLOB, path) == 0 &&
		    git_oid_equal(&have, id);
	free(full);
	return same;
}

static bool
index_is(git_index *index, const char *path, const git_oid *id)
{
	const git_index_entry *e = git_index_get_bypath(index, path, 0);

	if (e == NULL || id == NULL)
		return e == NULL && id == NULL;
	return git_oid_equal(&e->id, id);
}

static enum tk_status
write_pending(struct tk_store *s, struct tk_err *err)
{
	char *path = tk_store_path(s, PENDING);
	const char *head = tk_store_head(s);
	enum tk_status st = tk_file_write(path, head, strlen(head), 0644, err);

	free(path);
	return st;
}

static void
remove_pending(struct tk_store *s)
{
	char *path = tk_store_path(s, PENDING);

	unlink(path);
	free(path);
}

enum tk_status
tk_worktree_prepare(
    struct tk_store *s, const struct tk_strv *paths, struct tk_err *err)
{
	git_index *index = NULL;
	enum tk_status st = TK_OK;
	const git_oid *id;
	git_oid buf;
	size_t i;
	char *lock;
	int rc;

	if (git_repository_is_bare(s->repo))
		return TK_OK;
	lock = tk_strf("%sindex.lock", git_repository_path(s->repo));
	if (tk_file_exists(lock))
		st = tk_fail(err, TK_EBUSY,
		    _("%s: git is at work here, or was killed; when nothing "
		      "runs, remove it"),
		    lock);
	free(lock);
	if (st != TK_OK)
		return st;
	if ((rc = git_repository_index(&index, s->repo)) < 0 ||
	    (rc = git_index_read(index, 0)) < 0)
		return tk_fail_git(err, rc, _("read git's index"));
	for (i = 0; st == TK_OK && i < paths->n; i++) {
		st = id_in(&id, s->tree, paths->v[i], &buf, err);
		if (st == TK_OK &&
		    (!file_is(s->repo, paths->v[i], id) ||
			!index_is(index, paths->v[i], id)))
			st = tk_fail(err, TK_EREFUSED,
			    _("%s has changes that are not committed; commit "
			      "them or put them aside first"),
			    paths->v[i]);
	}
	git_index_free(index);
	return st == TK_OK ? write_pending(s, err) : st;
}

static enum tk_status
write_one(struct tk_store *s, git_index *index, const char *path, git_tree *now,
    struct tk_err *err)
{
	char *full = tk_strf("%s%s", git_repository_workdir(s->repo), path);
	char *dir = tk_strdup(full);
	struct tk_str data = TK_STR_INIT;
	const git_oid *id;
	git_oid buf;
	enum tk_status st = id_in(&id, now, path, &buf, err);
	int rc;

	*strrchr(dir, '/') = '\0';
	if (st == TK_OK && id == NULL) {
		if (unlink(full) < 0 && errno != ENOENT)
			st = tk_fail_errno(err, "%s", full);
		else if ((rc = git_index_remove_bypath(index, path)) < 0)
			st = tk_fail_git(err, rc, "%s", path);
	} else if (st == TK_OK &&
	    (st = tk_git_read(s->repo, now, &data, path, err)) == TK_OK &&
	    (st = tk_mkdirs(dir, 0777, err)) == TK_OK &&
	    (st = tk_file_write(full, data.data, data.len, 0644, err)) ==
		TK_OK) {
		if ((rc = git_index_add_bypath(index, path)) < 0)
			st = tk_fail_git(err, rc, "%s", path);
	}
	tk_str_clear(&data);
	free(dir);
	free(full);
	return st;
}

enum tk_status
tk_worktree_finish(struct tk_store *s, const struct tk_strv *paths,
    git_tree *now, struct tk_err *err)
{
	git_index *index = NULL;
	enum tk_status st = TK_OK;
	size_t i;
	int rc;

	if (git_repository_is_bare(s->repo))
		return TK_OK;
	if ((rc = git_repository_index(&index, s->repo)) < 0)
		return tk_fail_git(err, rc, _("read git's index"));
	for (i = 0; st == TK_OK && i < paths->n; i++)
		st = write_one(s, index, paths->v[i], now, err);
	if (st == TK_OK && (rc = git_index_write(index)) < 0)
		st = tk_fail_git(err, rc, _("write git's index"));
	git_index_free(index);
	if (st == TK_OK)
		remove_pending(s);
	return st;
}

struct stale {
	struct tk_store *store;
	git_tree *old;
	struct tk_strv paths;
};

static enum tk_status
note_stale(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct stale *f = arg;
	char *full =
	    tk_strf("%s%s", git_repository_workdir(f->store->repo), path);
	git_oid buf;
	const git_oid *old;
	enum tk_status st = id_in(&old, f->old, path, &buf, err);

	tk_file_sweep(full);
	free(full);
	/* What is already new, or edited since, is left as it is. */
	if (st == TK_OK &&
	    (file_is(f->store->repo, path, id) ||
		file_is(f->store->repo, path, old)))
		tk_strv_add(&f->paths, path);
	return st;
}

/* git's index.lock of the one who died while he wrote the work tree. A git that
 * works would not hold one of just that moment, and the same one for long. */
static void
free_index(struct tk_store *s, const char *pending)
{
	char *path = tk_strf("%sindex.lock", git_repository_path(s->repo));
	struct stat sb;
	int tries = WAITS;

	if (stat(pending, &sb) == 0) {
		while (tk_lock_is_left(path, &sb.st_mtim) && tries-- > 0)
			nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
		if (tk_lock_is_left(path, &sb.st_mtim))
			unlink(path);
	}
	free(path);
}

enum tk_status
tk_worktree_recover(struct tk_store *s, struct tk_err *err)
{
	struct stale f = { .store = s };
	struct tk_str text = TK_STR_INIT;
	git_commit *commit = NULL;
	enum tk_status st = TK_OK;
	char *path;
	git_oid old;

	if (git_repository_is_bare(s->repo))
		return TK_OK;
	path = tk_store_path(s, PENDING);
	if (!tk_file_exists(path)) {
		free(path);
		return TK_OK;
	}
	free_index(s, path);
	st = tk_file_read(&text, path, 100, err);
	free(path);
	if (st == TK_OK && git_oid_fromstr(&old, text.data) == 0 &&
	    s->has_tip && !git_oid_equal(&old, &s->tip) &&
	    git_commit_lookup(&commit, s->repo, &old) == 0 &&
	    git_commit_tree(&f.old, commit) == 0) {
		st = tk_git_diff(
		    s->repo, f.old, s->tree, NULL, note_stale, &f, err);
		if (st == TK_OK)
			st = tk_worktree_finish(s, &f.paths, s->tree, err);
	}
	if (st == TK_OK)
		remove_pending(s);
	git_tree_free(f.old);
	git_commit_free(commit);
	tk_strv_clear(&f.paths);
	tk_str_clear(&text);
	return st;
}
