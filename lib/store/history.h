/*
 * history.h - commits one after the other, with the files each one changes.
 *
 * Purpose    What judges a push or an index walks here. While a commit is
 *            looked at, the store's snapshot is its parent, so that what is
 *            read through the store is what the commit was made on.
 * Hostile    The commits may come from anybody: names, modes, the order of
 *            trees and their depth are looked at before anything is read.
 * Ownership  A history borrows its store, which must outlive it. A commit is
 *            lent until the next one.
 * Errors     TK_EREFUSED history that is not one line on top of the old tip,
 *            or a tree that git would not have made; TK_ENOENT no such
 *            revision; TK_ESYS a missing or damaged object.
 * Source     githooks(5), git-receive-pack(1) on the quarantine.
 */
#ifndef TK_HISTORY_H
#define TK_HISTORY_H

#include <stdint.h>

#include "store/store.h"

#define TK_MODE_FILE 0100644

struct tk_file_change {
	char *path;
	unsigned was_mode, mode;   /* as git writes them; 0: not there */
	char was[41], id[41];      /* "": not there */
};

struct tk_commit {
	char id[41];       /* of the tree where it is only staged */
	bool staged;
	char *name, *mail; /* the author's */
	char *committer;   /* address; "" where it is only staged */
	int64_t at;        /* the author's time; now where it is staged */
	int64_t committed; /* the committer's; now where it is staged */
	int offset, committed_offset; /* minutes east, as the times say */
	char *encoding;    /* of the text, or NULL: UTF-8 */
	size_t parents;
	char *text;        /* "" where it is only staged */
	struct tk_file_change *change;
	size_t n, cap;
};

struct tk_history;

/* The commits after from up to to, oldest first; both are 40 hex digits. */
TK_MUST_CHECK enum tk_status tk_history_range(struct tk_history **out,
    struct tk_store *s, const char *from, const char *to, struct tk_err *err);
/* What became history, judged or not: from "" is the very beginning, where
 * there is no snapshot yet; merges are followed along the first parent. */
TK_MUST_CHECK enum tk_status tk_history_past(struct tk_history **out,
    struct tk_store *s, const char *from, const char *to, struct tk_err *err);
/* One commit: what git's index would make of HEAD now. */
TK_MUST_CHECK enum tk_status tk_history_staged(
    struct tk_history **out, struct tk_store *s, struct tk_err *err);
void tk_history_free(struct tk_history *h);

/* When the commit that the first one stands on was made; 0: not known. */
int64_t tk_history_began(const struct tk_history *h);
/* How many are still to come. */
size_t tk_history_left(const struct tk_history *h);
/* Commit number n of those still to come, from 0, in hex. */
void tk_history_id(char out[41], const struct tk_history *h, size_t n);

/* The next commit, or NULL after the last. With TK_EREFUSED (a tree that git
 * would not have made) *out is set too, and one may go on. */
TK_MUST_CHECK enum tk_status tk_history_next(const struct tk_commit **out,
    struct tk_history *h, struct tk_err *err);
/* From here on the snapshot is the present commit, no more its parent. */
void tk_history_adopt(struct tk_history *h);

/* The size of a file of a change, without reading it. */
TK_MUST_CHECK enum tk_status tk_history_size(
    size_t *size, struct tk_history *h, const char *id, struct tk_err *err);
/* Its bytes, appended. */
TK_MUST_CHECK enum tk_status tk_history_read(struct tk_str *out,
    struct tk_history *h, const char *id, struct tk_err *err);

/* refs/heads/NAME of HEAD, "" where HEAD is detached; borrowed. */
const char *tk_store_branch(const struct tk_store *s);
/* A revision as people write it to 40 hex digits and a NUL. */
TK_MUST_CHECK enum tk_status tk_store_revision(char out[41],
    struct tk_store *s, const char *text, struct tk_err *err);

#endif
