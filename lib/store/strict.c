/* strict - two trees compared, the newer one from a stranger. */
#include "store/strict.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "store/git.h"

#define DEPTH 16 /* folders in folders */

struct walk {
	git_repository *repo;
	tk_strict_fn fn;
	void *arg;
	struct tk_str path;
	size_t depth;
	struct tk_err *err;
};

static enum tk_status
bad_tree(struct walk *w, const char *why)
{
	return tk_fail(w->err, TK_EREFUSED,
	    _("%s: [tree] %s; git itself makes no such commit"),
	    w->path.len > 0 ? w->path.data : "/", why);
}

static enum tk_status
check_tree(struct walk *w, const git_tree *t)
{
	const git_tree_entry *e, *last = NULL;
	const char *name;
	size_t i;

	if (w->depth > DEPTH)
		return bad_tree(w, _("folders too deep"));
	for (i = 0; i < git_tree_entrycount(t); i++, last = e) {
		e = git_tree_entry_byindex(t, i);
		name = git_tree_entry_name(e);
		if (strchr(name, '/') != NULL || strcmp(name, ".") == 0 ||
		    strcmp(name, "..") == 0 || name[0] == '\0')
			return bad_tree(w, _("a name that is a path"));
		if (last != NULL &&
		    (git_tree_entry_cmp(last, e) >= 0 ||
			strcmp(git_tree_entry_name(last), name) == 0))
			return bad_tree(w, _("a name twice or out of order"));
	}
	return TK_OK;
}

static enum tk_status
walk_trees(struct walk *w, const git_tree *a, const git_tree *b);

static enum tk_status
walk_below(struct walk *w, const git_tree_entry *a, const git_tree_entry *b)
{
	git_tree *x = NULL, *y = NULL;
	enum tk_status st;
	int rc;

	if ((a != NULL &&
		(rc = git_tree_lookup(&x, w->repo, git_tree_entry_id(a))) <
		    0) ||
	    (b != NULL &&
		(rc = git_tree_lookup(&y, w->repo, git_tree_entry_id(b))) <
		    0)) {
		(void)tk_fail_git(w->err, rc, "%s", w->path.data);
		st = TK_ESYS;
	} else {
		tk_str_add_char(&w->path, '/');
		w->depth++;
		st = walk_trees(w, x, y);
		w->depth--;
	}
	git_tree_free(x);
	git_tree_free(y);
	return st;
}

static bool
is_tree(const git_tree_entry *e)
{
	return e != NULL && git_tree_entry_type(e) == GIT_OBJECT_TREE;
}

static enum tk_status
walk_pair(struct walk *w, const git_tree_entry *a, const git_tree_entry *b)
{
	const git_tree_entry *x = is_tree(a) ? a : NULL;
	const git_tree_entry *y = is_tree(b) ? b : NULL;
	size_t len = w->path.len;
	enum tk_status st = TK_OK;

	if (a != NULL && b != NULL &&
	    git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)) &&
	    git_tree_entry_filemode_raw(a) == git_tree_entry_filemode_raw(b))
		return TK_OK;
	tk_str_add(&w->path, git_tree_entry_name(a != NULL ? a : b));
	if (a != x || b != y)
		w->fn(w->path.data, x == NULL ? a : NULL, y == NULL ? b : NULL,
		    w->arg);
	if (x != NULL || y != NULL)
		st = walk_below(w, x, y);
	tk_str_cut(&w->path, len);
	return st;
}

/* Both are sorted as git sorts them and are walked together. */
static enum tk_status
walk_trees(struct walk *w, const git_tree *a, const git_tree *b)
{
	size_t i = 0, k = 0, n = a != NULL ? git_tree_entrycount(a) : 0;
	size_t m = b != NULL ? git_tree_entrycount(b) : 0;
	const git_tree_entry *x, *y;
	enum tk_status st = TK_OK;
	int cmp;

	if (b != NULL)
		st = check_tree(w, b);
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
		st = walk_pair(w, x, y);
	}
	return st;
}

enum tk_status
tk_strict_diff(git_repository *repo, const git_tree *from, const git_tree *to,
    tk_strict_fn fn, void *arg, struct tk_err *err)
{
	struct walk w = { .repo = repo, .fn = fn, .arg = arg, .err = err };
	enum tk_status st;

	tk_str_init(&w.path);
	st = walk_trees(&w, from, to);
	tk_str_clear(&w.path);
	return st;
}
