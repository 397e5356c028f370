/* at - files as they were at some commit. */
#include "store/at.h"

#include "base/i18n.h"
#include "store/git.h"

static enum tk_status
tree_of(
    git_tree **out, struct tk_store *s, const char *commit, struct tk_err *err)
{
	git_commit *c = NULL;
	git_oid id;
	int rc;

	*out = NULL;
	if ((rc = git_oid_fromstr(&id, commit)) == 0 &&
	    (rc = git_commit_lookup(&c, s->repo, &id)) == 0)
		rc = git_commit_tree(out, c);
	git_commit_free(c);
	if (rc < 0) {
		(void)tk_fail_git(err, rc, _("commit %s"), commit);
		return TK_ESYS;
	}
	return TK_OK;
}

enum tk_status
tk_store_read_at(struct tk_store *s, struct tk_str *out, const char *commit,
    const char *path, struct tk_err *err)
{
	git_tree *tree;
	enum tk_status st = tree_of(&tree, s, commit, err);

	if (st == TK_OK)
		st = tk_git_read(s->repo, tree, out, path, err);
	git_tree_free(tree);
	return st;
}

static enum tk_status
add_path(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	(void)id;
	(void)err;
	tk_strv_add(arg, path);
	return TK_OK;
}

enum tk_status
tk_store_files_at(struct tk_store *s, struct tk_strv *paths, const char *commit,
    const char *folder, struct tk_err *err)
{
	git_tree *tree;
	enum tk_status st = tree_of(&tree, s, commit, err);

	if (st == TK_OK)
		st = tk_git_diff(
		    s->repo, NULL, tree, folder, add_path, paths, err);
	git_tree_free(tree);
	tk_strv_sort(paths);
	return st;
}

int64_t
tk_store_head_at(const struct tk_store *s)
{
	git_commit *c = NULL;
	int64_t at = 0;

	if (s->has_tip && git_commit_lookup(&c, s->repo, &s->tip) == 0)
		at = (int64_t)git_commit_time(c);
	git_commit_free(c);
	return at;
}
