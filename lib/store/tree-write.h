/*
 * tree-write.h - the folders of the desk while a transaction changes them.
 *
 * Purpose    One folder of git's is some hundred entries of bytes. Those that
 *            an act touches are read once a transaction and kept as bytes; an
 *            entry is put by moving those behind it. So an act costs its path
 *            and nothing else, whatever the desk's size.
 * Ownership  The tree borrows the repository and the memory of objects.
 * Errors     TK_ENOENT: no such file; TK_EINPUT: a file where a folder is to
 *            be, or the other way round; TK_ESYS: damage.
 * Source     "Tree Objects" in the Pro Git book; base_name_compare() in git's
 *            read-cache.c for the order.
 */
#ifndef TK_TREE_WRITE_H
#define TK_TREE_WRITE_H

#include "store/odb.h"

struct tk_tree;

/* root NULL: an empty one. */
TK_MUST_CHECK enum tk_status tk_tree_new(struct tk_tree **out,
    git_repository *repo, struct tk_odb *mem, const git_oid *root,
    struct tk_err *err);
void tk_tree_free(struct tk_tree *t);

/* The id of a file. */
TK_MUST_CHECK enum tk_status tk_tree_find(
    struct tk_tree *t, git_oid *id, const char *path, struct tk_err *err);
/* A file, or a folder? */
bool tk_tree_has(struct tk_tree *t, const char *path);
TK_MUST_CHECK enum tk_status tk_tree_put(struct tk_tree *t, const char *path,
    const git_oid *id, struct tk_err *err);
/* Folders that get empty go with it. */
TK_MUST_CHECK enum tk_status tk_tree_remove(
    struct tk_tree *t, const char *path, struct tk_err *err);

/* What was changed becomes objects; the id of the whole. */
TK_MUST_CHECK enum tk_status tk_tree_write(
    struct tk_tree *t, git_oid *root, struct tk_err *err);

#endif
