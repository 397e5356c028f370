/*
 * archive.h - files put together in one: tar.zst and zip.
 *
 * Purpose    With archive-read.c the only files that know libarchive. The same files give
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
/* The first size bytes of fd, with these permissions. */
TK_MUST_CHECK enum tk_status tk_archive_add_fd(struct tk_archive *a,
    const char *name, int64_t at, unsigned mode, int fd, uint64_t size,
    struct tk_err *err);
/* Durable under its name. */
TK_MUST_CHECK enum tk_status tk_archive_finish(
    struct tk_archive *a, struct tk_err *err);
void tk_archive_free(struct tk_archive *a);

/* archive-read.c: what lies in a .tar.zst, from its first file to the last.
 * TK_EINPUT: it is damaged, or no such archive. */
struct tk_archive_in;
TK_MUST_CHECK enum tk_status tk_archive_open(
    struct tk_archive_in **out, const char *path, struct tk_err *err);
/* name is lent until the next one, NULL after the last. */
TK_MUST_CHECK enum tk_status tk_archive_next(struct tk_archive_in *in,
    const char **name, uint64_t *size, struct tk_err *err);
/* The next bytes of that file; *n 0 at its end. */
TK_MUST_CHECK enum tk_status tk_archive_data(struct tk_archive_in *in,
    void *data, size_t len, size_t *n, struct tk_err *err);
void tk_archive_close(struct tk_archive_in *in);

#endif
