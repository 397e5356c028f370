/*
 * branch.h - the branch moved, and the locks of the dead.
 *
 * Purpose    git and libgit2 move a branch under a file refs/heads/main.lock.
 *            A process that is killed with it leaves it there, and nobody
 *            could write any more. So the lock of the desk (held by whoever
 *            moves the branch) says while that is done that it is being done:
 *            who finds these words when he takes the lock knows that the one
 *            before him died there, and a lock of that moment is his. One
 *            that git left is known by its age, as git holds it for
 *            milliseconds. Ages are counted by the clock of the file system.
 * Errors     TK_EBUSY somebody else moved it, or a lock that may be alive is
 *            there; nothing changed.
 */
#ifndef TK_BRANCH_H
#define TK_BRANCH_H

#include <time.h>

#include "store/git.h"
#include "store/ref-move.h"

/* The desk's lock, held. */
struct tk_lock {
	int fd;
	struct timespec died; /* the last holder, in the middle; 0: none did */
};

/* Waits its turn. TK_EBUSY: another has held it too long. */
TK_MUST_CHECK enum tk_status tk_branch_lock(
    struct tk_lock *lock, struct tk_store *s, struct tk_err *err);
void tk_branch_unlock(struct tk_lock *lock);

/* What the transaction has made becomes durable, then the branch moves from the
 * snapshot to that commit, and nowhere if it is not there any more. m is to be
 * settled when the lock is given back, and cleared. */
TK_MUST_CHECK enum tk_status tk_branch_move(struct tk_ref_move *m,
    struct tk_store *s, struct tk_lock *lock, const git_oid *to,
    struct tk_err *err);

/* Takes away git's locks on the branch and on HEAD that nobody holds; true
 * where there was one. */
bool tk_branch_free(struct tk_store *s, const struct tk_lock *lock);

/* Is this file a lock that the holder who died at that time left? */
bool tk_lock_is_left(const char *path, const struct timespec *died);

#endif
