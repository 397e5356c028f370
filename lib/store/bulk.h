/*
 * bulk.h - the whole index at once.
 *
 * Purpose    A desk of many tickets is read by a thread for each processor:
 *            each has its own handle of the repository, reads folders of some
 *            hundred tickets, parses and stems them. One writer puts their
 *            rows in the order of the tree into a file of its own, without a
 *            journal and with indexes made at the end, and another behind it
 *            their words into a second file. Both are joined, and that is
 *            copied over the index, in one transaction as all others see it.
 * Ownership  What is in a parcel is the parcel's.
 * Errors     Damage of one file stops nothing: the index does without it.
 */
#ifndef TK_BULK_H
#define TK_BULK_H

#include "base/pool.h"
#include "index/words.h"
#include "store/git.h"

typedef void tk_progress_fn(size_t done, size_t total);

/* Are there so many tickets that threads pay? */
bool tk_bulk_pays(const struct tk_store *s);

/* The snapshot into the index. progress may be NULL; tickets of about how
 * many. */
TK_MUST_CHECK enum tk_status tk_bulk_fill(
    struct tk_store *s, tk_progress_fn *progress, struct tk_err *err);

/* What the files of bulk share: a folder of tickets, read. */
struct tk_item {
	struct tk_ticket *ticket; /* or a message of the ticket named */
	char id[64];
	struct tk_message message;
	struct tk_words words;
};
struct tk_parcel {
	struct tk_item *v; /* in the order of the tree */
	size_t n, cap;
	size_t tickets;
	struct tk_pool pool; /* most of what its items are made of */
	struct tk_words_list due; /* words of what was put, to be put */
};
/* Before the first look into the packs, and while they are read: they are
 * read once, so not all that was read need stay in memory. */
void tk_bulk_spare(bool spare);
void tk_bulk_forget(void);
/* What a thread reads with. */
struct tk_parcel_reader {
	git_repository *repo;
	struct tk_stemmer *stemmer;
	struct tk_words words;
	struct tk_err failed; /* files or memory ran out */
};
void tk_parcel_read(struct tk_parcel *out, struct tk_parcel_reader *with,
    const git_oid *tree, const char *path);
void tk_parcel_clear(struct tk_parcel *p);

#endif
