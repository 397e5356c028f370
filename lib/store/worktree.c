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
#include "store/gitindex.h"
#include "store/program.h"
#include "store/sparse.h"

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

/* What git's filters would make of it. Mostly there is nothing to filter, so
 * this is only asked where the bytes differ; and git itself is: libgit2 reads
 * all of git's index for it, and none that is split. */
static bool
hash_filtered(
    git_oid *id, git_repository *repo, const char *full, const char *path)
{
	const char *const args[] = { "-C", git_repository_workdir(repo),
		"hash-object", "--path", path, "--", full, NULL };
	struct tk_git_program git = { .gitdir = git_repository_path(repo),
		.args = args };
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_str hex = TK_STR_INIT;
	bool known;

	git.out = &hex;
	known = tk_git_program(&git, &ignored) == TK_OK &&
	    hex.len >= GIT_OID_HEXSZ && git_oid_fromstr(id, hex.data) == 0;
	tk_str_clear(&hex);
	return known;
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
		same = (git_odb_hashfile(&have, full, GIT_OBJECT_BLOB) == 0 &&
			   git_oid_equal(&have, id)) ||
		    (hash_filtered(&have, repo, full, path) &&
			git_oid_equal(&have, id));
	free(full);
	return same;
}

static int
by_path(const void *a, const void *b)
{
	const struct tk_gi_entry *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* The paths as git's index has them, sorted; free(3). */
static enum tk_status
find(struct tk_gi_entry **out, struct tk_store *s, const struct tk_strv *paths,
    struct tk_err *err)
{
	struct tk_gi_entry *v = tk_calloc(paths->n + 1, sizeof(*v));
	enum tk_status st;
	size_t i;

	for (i = 0; i < paths->n; i++)
		v[i].path = paths->v[i];
	qsort(v, paths->n, sizeof(*v), by_path);
	st = tk_gi_find(s, v, paths->n, err);
	*out = v;
	return st;
}

/* Is it in git's index as in that tree (or what it is part of)? */
static bool
index_is(const struct tk_gi_entry *e, const git_tree *tree)
{
	char *dir = e->sparse ? tk_strndup(e->path, e->folder - 1) : NULL;
	git_oid buf;
	struct tk_err err = TK_ERR_INIT;
	const git_oid *id;
	enum tk_status st =
	    id_in(&id, tree, dir != NULL ? dir : e->path, &buf, &err);

	free(dir);
	if (st != TK_OK)
		return false;
	if (!e->there || id == NULL)
		return !e->there && id == NULL;
	return !e->conflict && git_oid_equal(&e->id, id);
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
	struct tk_gi_entry *v = NULL;
	enum tk_status st = TK_OK;
	const git_oid *id;
	git_oid buf;
	size_t i;
	char *lock;

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
	st = find(&v, s, paths, err);
	for (i = 0; st == TK_OK && i < paths->n; i++) {
		st = id_in(&id, s->tree, v[i].path, &buf, err);
		/* What is left out of the work tree may be there: by hand. */
		if (st == TK_OK &&
		    (!index_is(&v[i], s->tree) ||
			(!v[i].skip && !file_is(s->repo, v[i].path, id) &&
			    !tk_worktree_is_emptied(s, v[i].path, id))))
			st = tk_fail(err, TK_EREFUSED,
			    _("%s has changes that are not committed; commit "
			      "them or put them aside first"),
			    v[i].path);
	}
	free(v);
	return st == TK_OK ? write_pending(s, err) : st;
}

/* Where it was the last one; and the folders above, below the first top
 * bytes. */
static void
remove_empty(char *dir, size_t top)
{
	while (strlen(dir) > top && rmdir(dir) == 0)
		*strrchr(dir, '/') = '\0';
}

static enum tk_status
write_one(struct tk_store *s, struct tk_gi_entry *e, git_tree *now,
    struct tk_err *err)
{
	char *full = tk_strf("%s%s", git_repository_workdir(s->repo), e->path);
	char *dir = tk_strdup(full);
	struct tk_str data = TK_STR_INIT;
	enum tk_status st = TK_OK;

	*strrchr(dir, '/') = '\0';
	if (e->remove) {
		if (unlink(full) < 0 && errno != ENOENT)
			st = tk_fail_errno(err, "%s", full);
		else
			remove_empty(dir, strlen(full) - strlen(e->path));
	} else if ((st = tk_git_read(s->repo, now, &data, e->path, err)) ==
		TK_OK &&
	    (st = tk_mkdirs(dir, 0777, err)) == TK_OK &&
	    (st = tk_file_write_lightly(
		 full, data.data, data.len, 0644, err)) == TK_OK &&
	    lstat(full, &e->sb) < 0)
		st = tk_fail_errno(err, "%s", full);
	tk_str_clear(&data);
	free(dir);
	free(full);
	return st;
}

/* Files are written without fsync: they are copies of what is committed, and
 * git checkout makes them again. */
enum tk_status
tk_worktree_finish(struct tk_store *s, const struct tk_strv *paths,
    git_tree *now, struct tk_err *err)
{
	struct tk_gi_entry *v = NULL;
	struct tk_sparse cone;
	const git_oid *id;
	enum tk_status st;
	size_t i;

	if (git_repository_is_bare(s->repo))
		return TK_OK;
	tk_sparse_read(&cone, s);
	st = find(&v, s, paths, err);
	for (i = 0; st == TK_OK && i < paths->n; i++) {
		st = id_in(&id, now, v[i].path, &v[i].to, err);
		v[i].remove = id == NULL;
		v[i].leave_out =
		    !v[i].there && !tk_sparse_has(&cone, v[i].path);
		if (st == TK_OK && !v[i].skip && !v[i].leave_out)
			st = write_one(s, &v[i], now, err);
	}
	if (st == TK_OK)
		st = tk_gi_write(s, now, v, paths->n, err);
	free(v);
	tk_sparse_clear(&cone);
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
note(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct stale *f = arg;
	char *full =
	    tk_strf("%s%s", git_repository_workdir(f->store->repo), path);

	(void)id;
	(void)err;
	tk_file_sweep(full);
	free(full);
	tk_strv_add(&f->paths, path);
	return TK_OK;
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

/* What is already new, or edited since, is left as it is. */
static enum tk_status
leave_edited(struct stale *f, struct tk_err *err)
{
	struct tk_strv stale = TK_STRV_INIT;
	git_repository *repo = f->store->repo;
	struct tk_gi_entry *v = NULL;
	enum tk_status st = find(&v, f->store, &f->paths, err);
	const git_oid *old, *now;
	git_oid a, b;
	size_t i;

	for (i = 0; st == TK_OK && i < f->paths.n; i++) {
		if ((st = id_in(&now, f->store->tree, v[i].path, &a, err)) !=
			TK_OK ||
		    (st = id_in(&old, f->old, v[i].path, &b, err)) != TK_OK)
			break;
		if (v[i].skip || file_is(repo, v[i].path, now) ||
		    file_is(repo, v[i].path, old) ||
		    tk_worktree_is_emptied(f->store, v[i].path, now))
			tk_strv_add(&stale, v[i].path);
	}
	tk_strv_clear(&f->paths);
	f->paths = stale;
	free(v);
	return st;
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
	if ((st = tk_worktree_mend(s, err)) != TK_OK)
		return st;
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
		st = tk_git_diff(s->repo, f.old, s->tree, NULL, note, &f, err);
		if (st == TK_OK && (st = leave_edited(&f, err)) == TK_OK)
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
