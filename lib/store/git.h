/*
 * git.h - what the store's own files share of libgit2.
 *
 * Purpose    Included only below store/, which are the only files that know
 *            libgit2.
 * Errors     tk_fail_git() turns GIT_EMODIFIED and GIT_ELOCKED into
 *            TK_EBUSY, GIT_ENOTFOUND into TK_ENOENT, the rest into TK_ESYS.
 */
#ifndef TK_GIT_H
#define TK_GIT_H

#include <git2.h>

#include "store/store.h"

struct tk_store {
	git_repository *repo;
	char *branch;         /* refs/heads/main */
	git_oid tip;          /* the snapshot */
	bool has_tip;
	git_oid settled;      /* a commit known to be durable */
	bool has_settled;
	git_tree *tree;       /* of the tip; NULL without a tip */
	struct tk_index *index;
	struct tk_gi_seen *seen; /* of git's index */
	struct tk_odb *mem;   /* objects of a transaction; the odb's own */
	bool lacks_loose;     /* the odb was opened anew: tk_loose_add() */
	char *committer_name, *committer_mail;
	char *frozen; /* why nothing is changed here; or NULL */
	git_config *config;   /* as it was when first asked; or NULL */
};

/* Before anything of libgit2. */
void tk_git_start(void);

TK_PRINTF(3, 4)
enum tk_status tk_fail_git(struct tk_err *err, int rc, const char *fmt, ...);

/* Has libgit2 failed for want of files or memory, so that what it did not find
 * may be there in another moment? */
bool tk_git_is_short(void);

/* Bytes of a path in a tree, appended. */
TK_MUST_CHECK enum tk_status tk_git_read(git_repository *repo,
    const git_tree *tree, struct tk_str *out, const char *path,
    struct tk_err *err);

/* What a backend of tk's own hands libgit2: a copy, and a NUL behind it, as
 * libgit2 takes commits for strings. NULL: no memory, libgit2 has the error. */
void *tk_git_data(git_odb_backend *b, const void *data, size_t len);

/* Called for each file that differs between two trees (either may be NULL);
 * id is NULL for a removed file. */
typedef enum tk_status (*tk_git_diff_fn)(
    const char *path, const git_oid *id, void *arg, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_git_diff(git_repository *repo,
    const git_tree *from, const git_tree *to, const char *below,
    tk_git_diff_fn fn, void *arg, struct tk_err *err);

/* The same for all files of one tree, which lies at path ("a/b/"). */
TK_MUST_CHECK enum tk_status tk_git_walk(git_repository *repo,
    const git_oid *tree, const char *path, tk_git_diff_fn fn, void *arg,
    struct tk_err *err);

/* Feed a file of the tree into the index; data NULL: it was removed. */
TK_MUST_CHECK enum tk_status tk_feed_file(struct tk_index *ix,
    const char *path, const char *data, size_t len, struct tk_err *err);
/* Take a damaged index away; the next use makes it anew. */
void tk_feed_drop(struct tk_store *s);
/* All pages of the knowledge base in the snapshot, and all archives/. */
TK_MUST_CHECK enum tk_status tk_feed_pages(
    struct tk_store *s, struct tk_index *ix, struct tk_err *err);
/* Before the desk's lock is taken, what may take longer than others should wait
 * behind it: what somebody else has made the tip becomes durable, and the
 * addresses of clients that have changed are read. */
void tk_feed_ready(struct tk_store *s);
/* The addresses, as of the snapshot. */
void tk_clients_follow(struct tk_store *s);
/* The tip, durable. */
void tk_settle_tip(struct tk_store *s);
/* Begin the index's transaction, with the snapshot refreshed inside it and the
 * index brought up to it. Ended by tk_index_finish() or tk_index_abort(). */
TK_MUST_CHECK enum tk_status tk_feed_begin(
    struct tk_store *s, struct tk_err *err);

/*
 * The work tree of a clone. prepare refuses where a path differs from the
 * tip in the work tree or in git's index; finish writes the new files. A
 * crash between the two is mended by the next prepare or recover.
 */
/* worktree-mend.c: git's index and files that a power cut has emptied. */
TK_MUST_CHECK enum tk_status tk_worktree_mend(
    struct tk_store *s, struct tk_err *err);
bool tk_worktree_is_emptied(
    struct tk_store *s, const char *path, const git_oid *id);
TK_MUST_CHECK enum tk_status tk_worktree_prepare(
    struct tk_store *s, const struct tk_strv *paths, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_worktree_finish(struct tk_store *s,
    const struct tk_strv *paths, git_tree *now, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_worktree_recover(
    struct tk_store *s, struct tk_err *err);

#endif
