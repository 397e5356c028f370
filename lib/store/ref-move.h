/*
 * ref-move.h - a branch moved as git moves it, durable in few waits.
 *
 * Purpose    libgit2 waits for the disk six times to move a branch, one behind
 *            the other, while all who want to write wait for the desk's lock.
 *            Here git's lock with the new commit in it is made first, and
 *            whoever writes the objects makes both durable in one go; then the
 *            log is told and the branch gets its name. Log and folder are
 *            synced when the desk's lock has been given back: until then the
 *            branch is the old commit or the new one, and both are whole.
 * Ownership  A move borrows its store; tk_ref_move_clear() takes away what was
 *            not finished.
 * Errors     TK_EBUSY the branch is not where it was, or git holds it.
 * Source     gitrepository-layout(5), git-update-ref(1), git-reflog(1).
 */
#ifndef TK_REF_MOVE_H
#define TK_REF_MOVE_H

#include "base/sync.h"
#include "store/git.h"

#define TK_REF_FILES 3 /* the branch, its log, that of HEAD */

struct tk_ref_move {
	struct tk_store *store;
	struct tk_sync file[TK_REF_FILES]; /* [0] is REF.lock */
	size_t n;
	off_t before[TK_REF_FILES]; /* bytes of a log; -1: it was made */
	char *path[TK_REF_FILES];
	char *ref;
	git_oid to;
	bool moved;
};

/* From the snapshot to a commit: git's lock on the branch is taken, file[0] is
 * to be synced, nothing has changed. */
TK_MUST_CHECK enum tk_status tk_ref_move_begin(struct tk_ref_move *m,
    struct tk_store *s, const git_oid *to, struct tk_err *err);
/* That file is durable, and what it speaks of: now it is done. */
TK_MUST_CHECK enum tk_status tk_ref_move_end(
    struct tk_ref_move *m, struct tk_err *err);
/* It stays done after a power cut. Nothing to do where it has not moved. */
void tk_ref_move_settle(struct tk_ref_move *m);
void tk_ref_move_clear(struct tk_ref_move *m);

#endif
