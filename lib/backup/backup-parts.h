/*
 * backup-parts.h - what the files of backup and restore share; nobody else
 * includes it.
 */
#ifndef TK_BACKUP_PARTS_H
#define TK_BACKUP_PARTS_H

#include "backup/backup.h"
#include "store/archive.h"

#define TK_BACKUP_END ".tar.zst"
#define TK_BACKUP_SUMS "SHA256SUMS"
#define TK_BACKUP_LIST "MANIFEST"
#define TK_BACKUP_BUNDLE "desk.bundle"
#define TK_BACKUP_FILES "files/" /* in front of the names below */

struct tk_kept {
	char *path; /* below $GIT_DIR */
	char sha256[65];
	uint64_t size;
	unsigned mode;
	int64_t at;      /* its mtime */
	unsigned number; /* the archive it is in */
};

struct tk_manifest {
	unsigned number;
	char *made;         /* RFC 3339 */
	char *desk;         /* where it was */
	bool bare;
	char *head;         /* refs/heads/main, or a commit */
	struct tk_strv refs; /* "ID NAME" */
	char previous[65];  /* SHA-256 of the archive before; "": the first */
	char bundle[65];    /* "": no new commits */
	uint64_t bundle_size;
	struct tk_kept *file;
	size_t n, cap;
};

/* manifest.c: lines of text, the last one is the checksum of the others. */
void tk_manifest_write(struct tk_str *out, const struct tk_manifest *m);
TK_MUST_CHECK enum tk_status tk_manifest_read(struct tk_manifest *m,
    const struct tk_str *text, const char *name, struct tk_err *err);
const struct tk_kept *tk_manifest_find(
    const struct tk_manifest *m, const char *path);
void tk_manifest_clear(struct tk_manifest *m);

/* backup-take.c: files beside the tree as they are at one moment, below dir
 * (made by it, the caller removes it), and refs and HEAD of that moment. */
TK_MUST_CHECK enum tk_status tk_backup_take(struct tk_manifest *m,
    struct tk_store *store, const char *dir, struct tk_err *err);

/* backup-bundle.c: what is reachable now and was not last time becomes a file,
 * verified by git; now->bundle is "" where there is nothing. dir is that of
 * tk_backup_take(). */
TK_MUST_CHECK enum tk_status tk_backup_bundle(struct tk_manifest *now,
    const struct tk_manifest *last, struct tk_store *store, const char *dir,
    const char *bundle, struct tk_err *err);
/* TK_EREFUSED: not all of the objects are here. */
TK_MUST_CHECK enum tk_status tk_backup_is_whole(
    struct tk_store *store, struct tk_err *err);

/* backup-left.c: removes what a killed one has left at this place, named as an
 * archive and a time. One is at work at a desk, a folder is of one desk. */
void tk_backup_sweep(const char *to);

/* backup-read.c. A chain: paths of its archives, the first one first. */
bool tk_backup_is_file(const char *name);
TK_MUST_CHECK enum tk_status tk_backup_chain(
    struct tk_strv *paths, const char *from, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_backup_sum(
    char sum[65], const char *path, struct tk_err *err);
/* Reads an archive to its end and compares; where into is given, the bundle
 * goes to into/BUNDLE and files of want that lie here to into/files/. */
TK_MUST_CHECK enum tk_status tk_backup_read(struct tk_manifest *m,
    const char *path, const char *into, const struct tk_manifest *want,
    struct tk_err *err);
/* Only what it says of itself. */
TK_MUST_CHECK enum tk_status tk_backup_manifest(
    struct tk_manifest *m, const char *path, struct tk_err *err);

#endif
