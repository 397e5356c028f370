/*
 * loose-write.h - the loose objects of an act written together.
 *
 * Purpose    libgit2 makes each object durable before it starts the next:
 *            two waits for the disk apiece. Here all are written, then all
 *            synced, then all named, then their folders synced, so that the
 *            file system does it in two goes.
 * Ownership  tk_loose_writer_clear() removes what was not finished.
 * Errors     TK_ESYS; objects of a failed finish may be there, which is as
 *            harmless as any object that nothing refers to.
 * Source     gitrepository-layout(5); fsync(2), rename(2).
 */
#ifndef TK_LOOSE_WRITE_H
#define TK_LOOSE_WRITE_H

#include <git2.h>

#include "base/sync.h"

/* Bytes of an object that is better a file of its own than in a pack with
 * many: it would be deflated for longer than the others may wait. */
#define TK_LOOSE_LARGE ((size_t)1024 * 1024)

struct tk_deflater;
struct tk_loose_writer {
	const char *dir; /* .../objects, borrowed */
	struct tk_loose_file {
		int fd;
		char *tmp; /* NULL: it has its name */
		char hex[41];
	} *v;
	size_t n, cap;
	const struct tk_sync *with; /* other files, synced with them */
	size_t n_with;
	struct tk_deflater *deflater; /* of those that are not large */
};

TK_MUST_CHECK enum tk_status tk_loose_write(struct tk_loose_writer *w,
    const git_oid *id, git_object_t type, const void *data, size_t len,
    struct tk_err *err);
/* Durable and visible, all of them. */
TK_MUST_CHECK enum tk_status tk_loose_finish(
    struct tk_loose_writer *w, struct tk_err *err);
void tk_loose_writer_clear(struct tk_loose_writer *w);

#endif
