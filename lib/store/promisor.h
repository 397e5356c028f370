/*
 * promisor.h - what a partial clone has left at the gate.
 *
 * Purpose    git clone --filter leaves large objects out, and git fetches one
 *            when it is asked for. libgit2 knows nothing of that, so the git
 *            program is asked.
 * Errors     TK_ESYS the object is not here and the gate cannot be reached.
 * Source     gitformat-pack(5) and git's technical/partial-clone.
 */
#ifndef TK_PROMISOR_H
#define TK_PROMISOR_H

#include "store/git.h"

/* Is there a remote that promised what is missing? */
bool tk_promisor_is(git_repository *repo);
/* git_blob_lookup() that fetches; it is here from then on. GIT_ENOTFOUND: it
 * is nowhere; err has git's words where it could not be fetched. */
int tk_promisor_blob(git_blob **out, git_repository *repo, const git_oid *id,
    struct tk_err *err);

#endif
