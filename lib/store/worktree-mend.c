/*
 * worktree-mend - what a power cut has emptied.
 *
 * Neither git nor tk syncs git's index and the files of the work tree: they are
 * made of what is committed. A file system that keeps the names of the last
 * moment and not the bytes leaves them empty, and git would not go on.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/branch.h"
#include "store/program.h"
#include "store/sparse.h"

static bool
is_empty(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_size == 0;
}

bool
tk_worktree_is_emptied(
    struct tk_store *s, const char *path, const git_oid *id)
{
	char *full = tk_strf("%s%s", git_repository_workdir(s->repo), path);
	git_odb *odb = NULL;
	git_object_t type;
	size_t len = 0;
	bool is = id != NULL && is_empty(full) &&
	    git_repository_odb(&odb, s->repo) == 0 &&
	    git_odb_read_header(&len, &type, odb, id) == 0 && len > 0;

	git_odb_free(odb);
	free(full);
	return is;
}

static enum tk_status
write_again(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct tk_store *s = arg;
	struct tk_str data = TK_STR_INIT;
	enum tk_status st;
	char *full;

	if (!tk_worktree_is_emptied(s, path, id))
		return TK_OK;
	full = tk_strf("%s%s", git_repository_workdir(s->repo), path);
	if ((st = tk_git_read(s->repo, s->tree, &data, path, err)) == TK_OK)
		st = tk_file_write(full, data.data, data.len, 0644, err);
	tk_str_clear(&data);
	free(full);
	return st;
}

enum tk_status
tk_worktree_mend(struct tk_store *s, struct tk_err *err)
{
	static const char *const read_tree[] = { "read-tree", "HEAD", NULL };
	const char *reapply[] = { "-C", git_repository_workdir(s->repo),
		"sparse-checkout", "reapply", NULL };
	char *path = tk_strf("%sindex", tk_store_gitdir(s));
	struct tk_git_program git = { tk_store_gitdir(s), read_tree, NULL, NULL,
		NULL, NULL };
	enum tk_status st = TK_OK;

	if (s->tree != NULL && is_empty(path) &&
	    (st = tk_git_walk(s->repo, git_tree_id(s->tree), "", write_again,
		 s, err)) == TK_OK &&
	    (st = tk_git_program(&git, err)) == TK_OK && tk_sparse_is_on(s)) {
		/* What is left out of the work tree on purpose. */
		git.gitdir = NULL;
		git.args = reapply;
		st = tk_git_program(&git, err);
	}
	free(path);
	return st;
}
