/*
 * archive.h - files put together in one: tar.zst and zip.
 *
 * Purpose    The only file pair that knows libarchive. The same files give
 *            the same bytes: names, times and modes are what the caller says.
 * Ownership  tk_archive_free() takes NULL, and throws away what was not
 *            finished.
 * Units      Sizes are bytes, times seconds since the epoch.
 * Errors     TK_ESYS; TK_EEXIST the file is there; TK_EINPUT a name that
 *            would leave the folder it is unpacked in.
 */
#ifndef TK_ARCHIVE_H
#define TK_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum tk_archive_kind {
	TK_ARCHIVE_TAR_ZST,
	TK_ARCHIVE_TAR_GZ,
	TK_ARCHIVE_ZIP,
};

struct tk_archive;

/* By the ending of a name: .tar.zst .tar.gz .tgz .zip. */
bool tk_archive_kind_of(enum tk_archive_kind *kind, const char *name);

/* path "-" is standard output. Nothing is at path until it is finished; over:
 * what is there then is replaced. */
TK_MUST_CHECK enum tk_status tk_archive_new(struct tk_archive **out,
    const char *path, enum tk_archive_kind kind, bool over,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_archive_add(struct tk_archive *a,
    const char *name, int64_t at, const void *data, size_t len,
    struct tk_err *err);
/* Durable under its name. */
TK_MUST_CHECK enum tk_status tk_archive_finish(
    struct tk_archive *a, struct tk_err *err);
void tk_archive_free(struct tk_archive *a);

#endif
