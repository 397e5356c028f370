/*
 * sync.h - several files made durable together.
 *
 * Purpose    Each fsync(2) waits for the disk, and one behind the other they
 *            are what an act takes longest for, above all where others write,
 *            too. At the same time the file system does them together.
 * Errors     TK_ESYS with the name; every one has been tried by then.
 * Source     fsync(2)
 */
#ifndef TK_SYNC_H
#define TK_SYNC_H

#include "base/str.h"

struct tk_sync {
	int fd;           /* open */
	const char *path; /* for messages */
};

TK_MUST_CHECK enum tk_status tk_sync_files(
    const struct tk_sync *v, size_t n, struct tk_err *err);
/* What was created in, renamed into and taken out of these folders. One that
 * is gone has nothing to keep: git gc takes away what it has emptied. */
TK_MUST_CHECK enum tk_status tk_sync_folders(
    const struct tk_strv *paths, struct tk_err *err);

#endif
