/*
 * gc.h - the objects of a desk tidied, day by day.
 *
 * Purpose    Loose objects go into packs, small packs into larger ones (git
 *            repack --geometric: each at least twice the size of the next),
 *            large ones stay as they are; the commit graph follows; what
 *            killed writers left behind is removed. Everything is git's own
 *            and safe beside commands that run.
 * Errors     TK_EBUSY another one is at it; TK_ESYS git failed, its words
 *            are in the text.
 * Source     git-repack(1), git-commit-graph(1), gitrepository-layout(5).
 */
#ifndef TK_GC_H
#define TK_GC_H

#include <stdbool.h>
#include <stddef.h>

#include "store/store.h"

struct tk_gc_count {
	size_t packs, loose;
};

struct tk_gc {
	bool dry_run; /* set before: only look */
	bool full;    /* all into one pack, old unreachable objects dropped */
	struct tk_gc_count before, after;
	struct tk_strv leftovers; /* paths, found (and removed) */
};

TK_MUST_CHECK enum tk_status tk_gc_run(
    struct tk_gc *gc, struct tk_store *store, struct tk_err *err);
void tk_gc_clear(struct tk_gc *gc);

/* Were objects left out when it was cloned? */
bool tk_gc_is_partial(const char *gitdir);

/* gc-left.c: what killed writers left, older than a day. */
void tk_gc_leftovers(struct tk_strv *paths, const char *gitdir);

#endif
