/*
 * strict.h - two trees compared, the newer one from a stranger.
 *
 * Purpose    tk_git_diff() trusts its trees. A pushed tree may have a name
 *            twice or out of order, and shows one file to one reader and
 *            another to the next: here that is refused. A file whose mode
 *            alone has changed counts as changed.
 * Errors     TK_EREFUSED a tree that git itself would not have made, with
 *            its path; TK_ESYS a missing or damaged one.
 * Source     git-fsck(1): treeNotSorted, duplicateEntries, fullPathname.
 */
#ifndef TK_STRICT_H
#define TK_STRICT_H

#include <git2.h>

#include "base/err.h"

/* One file that differs; was or is NULL: not there on that side. */
typedef void (*tk_strict_fn)(const char *path, const git_tree_entry *was,
    const git_tree_entry *is, void *arg);

/* from may be NULL. */
TK_MUST_CHECK enum tk_status tk_strict_diff(git_repository *repo,
    const git_tree *from, const git_tree *to, tk_strict_fn fn, void *arg,
    struct tk_err *err);

#endif
