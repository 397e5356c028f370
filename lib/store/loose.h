/*
 * loose.h - loose objects read with a limit to patience.
 *
 * Purpose    libgit2 (1.5) never returns from a loose object that is cut off:
 *            one damaged file would stop every command, the lock held. This
 *            backend stands before libgit2's and reads the repository's own
 *            loose objects itself; a damaged one is an error. All else is
 *            left to libgit2.
 * Ownership  The backend is freed by the repository's odb.
 * Source     gitrepository-layout(5); RFC 1950.
 */
#ifndef TK_LOOSE_H
#define TK_LOOSE_H

#include <git2.h>

#include "base/err.h"

TK_MUST_CHECK enum tk_status tk_loose_add(
    git_repository *repo, struct tk_err *err);

#endif
