/*
 * fsck-parts.h - what the files of fsck share; nobody else includes it.
 *
 * Ownership  A fsck borrows its store.
 */
#ifndef TK_FSCK_PARTS_H
#define TK_FSCK_PARTS_H

#include "check/fsck.h"

/* remedy says where to begin. */
void tk_fsck_problem(struct tk_fsck *f, const char *path, const char *what,
    const char *remedy);
/* The error's text begins with the path. */
void tk_fsck_problem_err(
    struct tk_fsck *f, const struct tk_err *problem, const char *remedy);
/* Mend it by hand. */
const char *tk_fsck_mend(void);
/* It could not be looked at now. */
const char *tk_fsck_again(void);

/* A file of the snapshot; false where it cannot be read, which is a problem
 * told here unless it was told before. */
bool tk_fsck_read(struct tk_fsck *f, struct tk_store *store,
    struct tk_str *out, const char *path);
/* Hint where the canonical form is not what is there. */
void tk_fsck_canonical(struct tk_fsck *f, const char *path,
    const struct tk_str *have, const struct tk_str *want);

/* The folder of one ticket, without "/" at its end; names as in it. */
void tk_fsck_ticket(struct tk_fsck *f, struct tk_store *store,
    const char *dir, const struct tk_strv *names);

/* What the index has of the snapshot, which may be a newer one afterwards;
 * false where that cannot be said. */
bool tk_fsck_index(
    struct tk_fsck *f, struct tk_store *store, struct tk_index_counts *c);
/* Against what was counted in the snapshot. */
void tk_fsck_index_compare(struct tk_fsck *f, struct tk_store *store,
    const struct tk_index_counts *c);
/* At the gate: is in each archive what the desk says of it? */
void tk_fsck_archives(struct tk_fsck *f, struct tk_store *store);
/* Is each letter in the outbox one of the desk, as it is there? */
void tk_fsck_outbox(struct tk_fsck *f, struct tk_store *store);
/* outbox, quarantine, locks. */
void tk_fsck_leftovers(struct tk_fsck *f, struct tk_store *store);

#endif
