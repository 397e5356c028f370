/*
 * odb.h - objects of a transaction, kept in memory until it is certain.
 *
 * Purpose    While a transaction runs, what libgit2 writes goes here; at the
 *            end the objects become durable together, few as loose files,
 *            many as one pack. A dropped transaction leaves nothing behind.
 * Ownership  The backend is freed by the repository's odb; the handle points
 *            into it and lives as long.
 */
#ifndef TK_ODB_H
#define TK_ODB_H

#include <git2.h>

#include "base/err.h"

struct tk_odb;

/* Put a memory backend in front of the repository's own. */
TK_MUST_CHECK enum tk_status tk_odb_add(
    struct tk_odb **out, git_repository *repo, struct tk_err *err);
/* Forget all objects. */
void tk_odb_reset(struct tk_odb *odb);
/* Make them durable (fsync of files and folders), then forget them. */
TK_MUST_CHECK enum tk_status tk_odb_flush(
    struct tk_odb *odb, git_repository *repo, struct tk_err *err);

#endif
