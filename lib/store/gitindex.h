/*
 * gitindex.h - some entries of git's index, without reading it all into
 * memory.
 *
 * Purpose    The index of a clone of a hundred thousand tickets has 70 MB;
 *            libgit2 takes over a second to make objects of its entries and
 *            to write them again. Here it is walked through where it lies,
 *            and what does not change is copied as it is, or lies in another
 *            file (gitindex-split.h). Versions 2, 3 and 4; skip-worktree;
 *            folders that a sparse index has as one entry.
 * Errors     TK_EBUSY another git is at work (index.lock); TK_EINPUT an index
 *            that is damaged.
 * Source     gitformat-index(5).
 */
#ifndef TK_GITINDEX_H
#define TK_GITINDEX_H

#include <sys/stat.h>

#include "store/git.h"

/* One path. Those given together are sorted by bytes, each once. */
struct tk_gi_entry {
	const char *path;
	/* What there is: */
	bool there;
	bool skip;     /* skip-worktree: it is not in the work tree */
	bool conflict; /* a merge that was not ended */
	bool sparse;   /* a folder above it is one entry: skip is set, too */
	git_oid id;    /* where there is one: of the entry, or the folder */
	size_t folder; /* length of that folder's name, with its "/" */
	bool shared;   /* it has a place in the shared file */
	uint32_t place;
	/* What is to be: */
	bool remove;
	bool leave_out; /* skip-worktree for a new one */
	git_oid to;
	struct stat sb; /* of the file in the work tree; unless left out */
};

TK_MUST_CHECK enum tk_status tk_gi_find(struct tk_store *s,
    struct tk_gi_entry *v, size_t n, struct tk_err *err);
struct tk_gi_seen; /* what it keeps for the next time, in the store */
void tk_gi_seen_free(struct tk_gi_seen *k);
/* Folders of a sparse index become what they are in now. */
TK_MUST_CHECK enum tk_status tk_gi_write(struct tk_store *s,
    const git_tree *now, struct tk_gi_entry *v, size_t n, struct tk_err *err);

/* gitindex-read.c: one entry after the other. */
struct tk_gi_cursor {
	const unsigned char *data; /* of the whole file; NULL: there is none */
	size_t len, end;           /* end: where the checksum begins */
	unsigned version;
	size_t left;               /* entries still to come */
	size_t at, next;           /* the present entry's bytes */
	const char *name;          /* NUL-terminated */
	size_t name_len;
	struct tk_str own;         /* the name, where it is put together */
	const unsigned char *fix;  /* its stat data, id and flags */
	unsigned flags, more;
	struct timespec written;   /* when the file was */
	ino_t inode;
	char *path;
};
/* Takes path. A file that is not there has no entries. */
TK_MUST_CHECK enum tk_status tk_gi_open(
    struct tk_gi_cursor *c, char *path, struct tk_err *err);
/* false: no more, c->at is where the extensions begin; or *st is set. */
bool tk_gi_next(
    struct tk_gi_cursor *c, enum tk_status *st, struct tk_err *err);
/* The extension at *at, where the next one begins then; NULL: no more. */
const unsigned char *tk_gi_extension(
    const struct tk_gi_cursor *c, size_t *at, size_t *len, char name[5]);
enum tk_status tk_gi_damaged(const struct tk_gi_cursor *c, struct tk_err *err);
void tk_gi_close(struct tk_gi_cursor *c);
/* Of an entry's bytes. */
unsigned tk_gi_flags(const unsigned char *fix, unsigned *more);
uint32_t tk_gi_be32(const unsigned char *p);

/* gitindex-tree.c: the extension TREE without what those paths make untrue;
 * false: it is not to be understood. */
bool tk_gi_tree(struct tk_str *out, const unsigned char *data, size_t len,
    const struct tk_gi_entry *v, size_t n);

#define TK_GI_HEAD 12 /* bytes of the file before the entries */
#define TK_GI_FIX 62 /* bytes of an entry before its extended flags or name */
#define TK_GI_ID 40  /* where the id is in them */
#define TK_GI_MTIME 8
#define TK_GI_MODE 24
#define TK_GI_SIZE 36
#define TK_GI_VALID 0x8000 /* of the flags: git is not to look at it */
#define TK_GI_EXTENDED 0x4000
#define TK_GI_STAGE 0x3000
#define TK_GI_NAME 0x0fff
#define TK_GI_SKIP 0x4000 /* of the extended flags */

#endif
