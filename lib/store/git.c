/* git - libgit2's errors, reading and comparing trees. */
#include "store/git.h"
#include "store/promisor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <git2/sys/odb_backend.h>

#include "base/i18n.h"

enum tk_status
tk_fail_git(struct tk_err *err, int rc, const char *fmt, ...)
{
	const git_error *e = rc < 0 ? git_error_last() : NULL;
	enum tk_status st = TK_ESYS;
	char what[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (rc == GIT_EMODIFIED || rc == GIT_ELOCKED)
		st = TK_EBUSY;
	else if (rc == GIT_ENOTFOUND)
		st = TK_ENOENT;
	else if (rc == GIT_EEXISTS)
		st = TK_EEXIST;
	return tk_fail(err, st, "%s: %s", what,
	    e != NULL && e->message != NULL ? e->message : _("git failed"));
}

bool
tk_git_is_short(void)
{
	const git_error *e = git_error_last();

	return e != NULL &&
	    (e->klass == GIT_ERROR_OS || e->klass == GIT_ERROR_NOMEMORY);
}

enum tk_status
tk_git_read(git_repository *repo, const git_tree *tree, struct tk_str *out,
    const char *path, struct tk_err *err)
{
	git_tree_entry *entry = NULL;
	git_blob *blob = NULL;
	enum tk_status st = TK_OK;
	int rc;

	if (tree == NULL)
		return tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if ((rc = git_tree_entry_bypath(&entry, tree, path)) < 0)
		st = rc == GIT_ENOTFOUND
		    ? tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path)
		    : tk_fail_git(err, rc, "%s", path);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		st = tk_fail(err, TK_ENOENT, _("%s: not a file"), path);
	else if ((rc = tk_promisor_blob(
		      &blob, repo, git_tree_entry_id(entry), err)) < 0) {
		st = TK_ESYS;
		/* Missing here is damage, not absence. */
		if (err->text[0] == '\0')
			(void)tk_fail_git(err, rc, "%s", path);
		else
			(void)tk_wrap(err, st,
			    _("%s was left at the gate when this was cloned, "
			      "and the gate does not give it now"),
			    path);
	}
	else
		tk_str_add_data(out, git_blob_rawcontent(blob),
		    (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	git_tree_entry_free(entry);
	return st;
}

void *
tk_git_data(git_odb_backend *b, const void *data, size_t len)
{
	char *copy = git_odb_backend_data_alloc(b, len + 1);

	if (copy == NULL)
		return NULL;
	if (len > 0)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

struct walk {
	git_repository *repo;
	tk_git_diff_fn fn;
	void *arg;
	struct tk_err *err;
};

/* git_diff looks the same for both sides at more than is needed here: only
 * names and ids of files below two trees count, equal trees are skipped. */
static enum tk_status walk_trees(const struct walk *w, const git_oid *from,
    const git_oid *to, struct tk_str *path);

static enum tk_status
walk_entry(const struct walk *w, const git_tree_entry *a,
    const git_tree_entry *b, struct tk_str *path)
{
	const git_oid *ia = a != NULL ? git_tree_entry_id(a) : NULL;
	const git_oid *ib = b != NULL ? git_tree_entry_id(b) : NULL;
	bool ta = a != NULL && git_tree_entry_type(a) == GIT_OBJECT_TREE;
	bool tb = b != NULL && git_tree_entry_type(b) == GIT_OBJECT_TREE;
	enum tk_status st = TK_OK;
	size_t len = path->len;

	if (ia != NULL && ib != NULL && git_oid_equal(ia, ib) && ta == tb)
		return TK_OK;
	tk_str_add(path, git_tree_entry_name(a != NULL ? a : b));
	if (ta || tb) {
		tk_str_add_char(path, '/');
		st = walk_trees(w, ta ? ia : NULL, tb ? ib : NULL, path);
		tk_str_cut(path, path->len - 1);
	}
	if (st == TK_OK && a != NULL && !ta && (b == NULL || tb))
		st = w->fn(path->data, NULL, w->arg, w->err);
	if (st == TK_OK && b != NULL && !tb)
		st = w->fn(path->data, ib, w->arg, w->err);
	tk_str_cut(path, len);
	return st;
}

/* Trees are sorted as git sorts them; both sides are walked together. */
static enum tk_status
walk_both(const struct walk *w, const git_tree *a, const git_tree *b,
    struct tk_str *path)
{
	size_t i = 0, k = 0, n = a != NULL ? git_tree_entrycount(a) : 0;
	size_t m = b != NULL ? git_tree_entrycount(b) : 0;
	const git_tree_entry *x, *y;
	enum tk_status st = TK_OK;
	int cmp;

	while (st == TK_OK && (i < n || k < m)) {
		x = i < n ? git_tree_entry_byindex(a, i) : NULL;
		y = k < m ? git_tree_entry_byindex(b, k) : NULL;
		cmp = x == NULL ? 1 : y == NULL ? -1 : git_tree_entry_cmp(x, y);
		if (cmp < 0)
			y = NULL;
		if (cmp > 0)
			x = NULL;
		i += x != NULL;
		k += y != NULL;
		st = walk_entry(w, x, y, path);
	}
	return st;
}

static enum tk_status
walk_trees(const struct walk *w, const git_oid *from, const git_oid *to,
    struct tk_str *path)
{
	git_tree *a = NULL, *b = NULL;
	enum tk_status st;
	int rc;

	if ((from != NULL && (rc = git_tree_lookup(&a, w->repo, from)) < 0) ||
	    (to != NULL && (rc = git_tree_lookup(&b, w->repo, to)) < 0))
		st = tk_fail_git(w->err, rc, "%s", path->data);
	else
		st = walk_both(w, a, b, path);
	git_tree_free(a);
	git_tree_free(b);
	return st;
}

enum tk_status
tk_git_diff(git_repository *repo, const git_tree *from, const git_tree *to,
    const char *below, tk_git_diff_fn fn, void *arg, struct tk_err *err)
{
	struct walk w = { repo, fn, arg, err };
	struct tk_str path = TK_STR_INIT;
	const git_tree_entry *a = NULL, *b = NULL;
	enum tk_status st = TK_OK;

	if (below == NULL) {
		st = walk_both(&w, from, to, &path);
	} else {
		if (from != NULL)
			a = git_tree_entry_byname(from, below);
		if (to != NULL)
			b = git_tree_entry_byname(to, below);
		if (a != NULL || b != NULL)
			st = walk_entry(&w, a, b, &path);
	}
	tk_str_clear(&path);
	return st;
}

enum tk_status
tk_git_walk(git_repository *repo, const git_oid *tree, const char *path,
    tk_git_diff_fn fn, void *arg, struct tk_err *err)
{
	struct walk w = { repo, fn, arg, err };
	struct tk_str at = TK_STR_INIT;
	enum tk_status st;

	tk_str_add(&at, path);
	st = walk_trees(&w, NULL, tree, &at);
	tk_str_clear(&at);
	return st;
}
