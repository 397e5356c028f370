/*
 * at.h - files as they were at some commit.
 *
 * Purpose    Reading beside the snapshot, which stays where it is.
 * Errors     TK_ENOENT no such file at that commit; TK_ESYS a missing or
 *            damaged object.
 */
#ifndef TK_AT_H
#define TK_AT_H

#include "store/store.h"

/* commit is 40 hex digits; the file's bytes are appended to out. */
TK_MUST_CHECK enum tk_status tk_store_read_at(struct tk_store *s,
    struct tk_str *out, const char *commit, const char *path,
    struct tk_err *err);
/* Paths of all files below a folder of the top of the tree, sorted. A
 * missing folder is an empty one. */
TK_MUST_CHECK enum tk_status tk_store_files_at(struct tk_store *s,
    struct tk_strv *paths, const char *commit, const char *folder,
    struct tk_err *err);

/* When the snapshot's commit was made (its committer's time); 0: there is
 * no commit yet. */
int64_t tk_store_head_at(const struct tk_store *s);

#endif
