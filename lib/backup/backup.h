/*
 * backup.h - the whole desk put away, and brought back.
 *
 * Purpose    A backup is a .tar.zst with a git bundle, the files beside the
 *            tree that cannot be made again (config, hooks, reflogs, outbox,
 *            quarantine, letters held or large) and a MANIFEST with the
 *            checksum of each. In a folder they form a chain: each holds what
 *            is new since the one before. Stock tar, zstd, sha256sum and git
 *            read them.
 * Ownership  tk_backup_clear() and tk_restore_clear() free what was filled.
 * Errors     TK_EINPUT the backup is damaged: the text says which file of it;
 *            TK_EEXIST what is there is not overwritten; TK_EREFUSED a clone
 *            that has not all objects; TK_EBUSY another one is at work.
 */
#ifndef TK_BACKUP_H
#define TK_BACKUP_H

#include "store/store.h"

struct tk_backup {
	const char *to;   /* FILE.tar.zst, or the folder of a chain */
	bool over;        /* replace the file that is there */
	/* filled: */
	char *path;       /* the archive written; NULL: nothing was new */
	unsigned number;  /* in its chain, from 1; of the last one there is */
	size_t files, fresh; /* beside the tree: all, those in this archive */
	uint64_t size;    /* bytes of the archive */
};

TK_MUST_CHECK enum tk_status tk_backup_make(
    struct tk_backup *b, struct tk_store *store, struct tk_err *err);
void tk_backup_clear(struct tk_backup *b);

struct tk_restore {
	const char *from;    /* what tk_backup_make() wrote */
	const char *to;      /* a folder that is not there, or is empty */
	unsigned at;         /* archive of the chain; 0: the last one */
	bool check;          /* only try it all, in a place of its own */
	/* filled: */
	char *head, *made;   /* the last commit; when the backup was made */
	unsigned number;     /* archives read */
	size_t commits, files, waiting; /* waiting: letters in the outbox */
};

/* Everything is verified before anything is made at its place. At a gate
 * nothing is sent until somebody says so (TK_SEND_HELD). */
TK_MUST_CHECK enum tk_status tk_restore_run(
    struct tk_restore *r, struct tk_err *err);
void tk_restore_clear(struct tk_restore *r);

#endif
