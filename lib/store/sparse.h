/*
 * sparse.h - which part of the desk a clone has in its work tree.
 *
 * Purpose    The cone of git sparse-checkout, for files that are new: what is
 *            in git's index says it of itself (skip-worktree).
 * Source     git-sparse-checkout(1), "internals - cone mode".
 */
#ifndef TK_SPARSE_H
#define TK_SPARSE_H

#include "store/git.h"

struct tk_sparse {
	bool is;               /* else all of it is there */
	struct tk_strv all;    /* folders with all that is below, "a/b/" */
	struct tk_strv parent; /* folders of which only the files are there */
};

void tk_sparse_read(struct tk_sparse *sp, struct tk_store *s);
/* In either form of its patterns. */
bool tk_sparse_is_on(struct tk_store *s);
bool tk_sparse_has(const struct tk_sparse *sp, const char *path);
/* Is git's index to have folders as one entry? */
bool tk_sparse_index(struct tk_store *s);
void tk_sparse_clear(struct tk_sparse *sp);

#endif
