/*
 * odb.h - objects of a transaction, kept in memory until it is certain.
 *
 * Purpose    While a transaction runs, what it writes goes here, where libgit2
 *            finds it too; at the end the objects become durable together, few
 *            as loose files, many as one pack. A dropped transaction leaves
 *            nothing behind.
 * Ownership  The backend is freed by the repository's odb; the handle points
 *            into it and lives as long.
 */
#ifndef TK_ODB_H
#define TK_ODB_H

#include <git2.h>

#include "base/sync.h"
#include "store/blob.h"

struct tk_odb;

/* Put a memory backend in front of the repository's own. */
TK_MUST_CHECK enum tk_status tk_odb_add(
    struct tk_odb **out, git_repository *repo, struct tk_err *err);
/* A new object; its id. */
void tk_odb_put(struct tk_odb *o, git_oid *id, git_object_t type,
    const void *data, size_t len);
/* A blob that was deflated already, the bytes of which must stay until the
 * transaction ends. */
void tk_odb_put_blob(struct tk_odb *o, git_oid *id, const struct tk_blob *b);
/* An object of this transaction takes the place of another. */
void tk_odb_follows(struct tk_odb *o, const git_oid *id, const git_oid *was);
/* An act is complete: where there are many objects, what was put until now is
 * deflated by a thread while the next acts are made. */
void tk_odb_act(struct tk_odb *o);
/* How many packs it has written. */
size_t tk_odb_packs(const struct tk_odb *o);
/* Forget all objects. */
void tk_odb_reset(struct tk_odb *o);
/* Make them durable (fsync of files and folders), then forget them. with: n
 * other files that become durable in the same go. */
TK_MUST_CHECK enum tk_status tk_odb_flush(struct tk_odb *o,
    git_repository *repo, const struct tk_sync *with, size_t n,
    struct tk_err *err);

#endif
