/*
 * fsck.h - is the desk whole?
 *
 * Purpose    What git fsck cannot know: that every file reads and lies in
 *            its place, heads are what their logs say, messages, letters and
 *            logs name each other, checksums are right, and the index says
 *            what HEAD says. Nothing is changed, but an index that is only
 *            behind is brought up to HEAD, as every command does.
 * Ownership  tk_fsck_clear() frees the lists.
 * Errors     What is wrong with the desk is a problem, not an error.
 */
#ifndef TK_FSCK_H
#define TK_FSCK_H

#include "store/store.h"

struct tk_fsck {
	bool hints_wanted;       /* set before the run */
	struct tk_strv problems; /* "path: what is wrong: what to do" */
	struct tk_strv hints;    /* good, but not as tk writes it */
	struct tk_strv notes;    /* leftovers and what waits */
	size_t tickets, messages, letters, entries;
};

TK_MUST_CHECK enum tk_status tk_fsck_run(
    struct tk_fsck *f, struct tk_store *store, struct tk_err *err);
void tk_fsck_clear(struct tk_fsck *f);

#endif
