/*
 * object.h - git's objects as bytes.
 *
 * Purpose    The name of an object, and the text of a commit.
 * Source     gitformat-signature(5), git-commit-tree(1); "Git Internals" in
 *            the Pro Git book.
 */
#ifndef TK_OBJECT_H
#define TK_OBJECT_H

#include <git2.h>

#include "base/str.h"

void tk_object_id(
    git_oid *id, git_object_t type, const void *data, size_t len);

/* parent: NULL for the first. */
void tk_object_commit(struct tk_str *out, const git_oid *tree,
    const git_oid *parent, const git_signature *author,
    const git_signature *committer, const char *text);
/* Put a signature into the head of a commit. */
void tk_object_sign(struct tk_str *commit, const char *signature);

#endif
