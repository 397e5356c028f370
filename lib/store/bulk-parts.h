/*
 * bulk-parts.h - the folders on their way into the index.
 *
 * Purpose    Shared by bulk.c, where threads read them, and bulk-write.c,
 *            where two others write them, one behind the other.
 * Ownership  A parcel is the reader's that has made it, when it is written: a
 *            thread frees what it has made, because memory that one allocates
 *            and another frees costs both of them more than what is in it.
 */
#ifndef TK_BULK_PARTS_H
#define TK_BULK_PARTS_H

#include <pthread.h>

#include "store/bulk.h"

#define TK_BULK_THREADS 16 /* readers, at most */

struct tk_bulk_job {
	git_oid tree;
	char *path; /* tickets/00/10/ */
	struct tk_parcel parcel;
	struct tk_bulk_reader *by;
	bool ready; /* it is read */
	bool put;   /* its rows are written */
};

struct tk_bulk_reader {
	struct tk_bulk *bulk;
	struct tk_parcel *done; /* written, to be freed */
	size_t n, cap;
};

struct tk_bulk {
	struct tk_store *store;
	struct tk_bulk_reader reader[TK_BULK_THREADS];
	struct tk_bulk_job *job;
	size_t n, cap;
	size_t next;    /* to be read */
	size_t written; /* their words too */
	size_t window;
	struct tk_err failed; /* of a reader */
	bool stop;
	pthread_mutex_t mutex;
	pthread_cond_t ready, put, room;
};

/* All jobs, as they become ready. */
TK_MUST_CHECK enum tk_status tk_bulk_write(struct tk_bulk *b,
    struct tk_index *ix, tk_progress_fn *progress, struct tk_err *err);

#endif
