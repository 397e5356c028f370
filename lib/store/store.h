/*
 * store.h - the desk's git repository: found, read, changed.
 *
 * Purpose    Reading is from one commit, the snapshot, taken when the store
 *            is opened or refreshed. Changing is a transaction of many acts:
 *            lock, newest tip, acts (one commit each), durable objects,
 *            compare-and-swap of the branch, work tree of a clone brought up
 *            to date, index moved along.
 * Ownership  tk_store_free() takes NULL; strings of accessors are borrowed.
 * Errors     TK_ENOENT no desk, no such path; TK_EBUSY lost the lock or the
 *            race too often, nothing changed; TK_EREFUSED an uncommitted
 *            edit of the same file is in the way, nothing changed.
 * Source     git-update-ref(1), gitrepository-layout(5).
 */
#ifndef TK_STORE_H
#define TK_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "index/index.h"

struct tk_blob;
struct tk_store;
struct tk_tx;

/* dir as -C gave it, or NULL: $TK_DESK, the repository around the working
 * folder, git config tk.desk. */
TK_MUST_CHECK enum tk_status tk_store_open(
    struct tk_store **out, const char *dir, struct tk_err *err);
/* Which archive of the desk is opened in its place, "2024"; NULL or "": none. */
#define TK_STORE_ARCHIVE "TK_ARCHIVE"
/* Where it lies: $GIT_DIR/tk/archive/2024.git; free(3). */
char *tk_store_archive_path(const struct tk_store *s, const char *year);
/* From here on every change is refused with this text. */
void tk_store_freeze(struct tk_store *s, const char *why);
/* A new repository with main as its branch. TK_EEXIST: there is one. */
TK_MUST_CHECK enum tk_status tk_store_init(struct tk_store **out,
    const char *dir, bool bare, struct tk_err *err);
void tk_store_free(struct tk_store *s);

const char *tk_store_gitdir(const struct tk_store *s); /* ends in / */
const char *tk_store_workdir(const struct tk_store *s); /* NULL: bare */
/* $GIT_DIR/tk/NAME; free(3). */
char *tk_store_path(const struct tk_store *s, const char *name);
/* The snapshot's commit in hex; "" where there is no commit yet. */
const char *tk_store_head(const struct tk_store *s);
/* What tk init has git sync. */
#define TK_GIT_FSYNC "committed,derived-metadata"
/* git config, all levels, read once a transaction; NULL: not set. free(3). */
char *tk_store_config(struct tk_store *s, const char *key);
void tk_store_forget_config(struct tk_store *s);
/* In the desk's own file; value NULL: no more. */
TK_MUST_CHECK enum tk_status tk_store_set_config(
    struct tk_store *s, const char *key, const char *value, struct tk_err *err);

/* Take the newest commit for the snapshot. */
TK_MUST_CHECK enum tk_status tk_store_refresh(
    struct tk_store *s, struct tk_err *err);
/* A file of the snapshot, appended to out. */
TK_MUST_CHECK enum tk_status tk_store_read(struct tk_store *s,
    struct tk_str *out, const char *path, struct tk_err *err);
/* Names in a folder of the snapshot ("" is the top), sorted; folders end in
 * "/". A missing folder is an empty one. */
TK_MUST_CHECK enum tk_status tk_store_list(struct tk_store *s,
    struct tk_strv *names, const char *path, struct tk_err *err);

/* A file that a partial clone has left at the gate: reading fetches it. */
bool tk_store_is_left_out(struct tk_store *s, const char *path);

/* The object id of a file or folder of the snapshot in hex; "" if none. */
void tk_store_object(struct tk_store *s, char hex[41], const char *path);
/* Is this file or folder the same in the snapshot as in that commit? */
bool tk_store_same(struct tk_store *s, const char *commit, const char *path);

/* The index, caught up with the snapshot; rebuilt where missing or damaged.
 * Borrowed. */
TK_MUST_CHECK enum tk_status tk_store_index(
    struct tk_store *s, struct tk_index **out, struct tk_err *err);
/* Files of clients/ ("romashka.yaml") that have the address or its domain,
 * sorted, by the index. An error: all must be read to know. */
TK_MUST_CHECK enum tk_status tk_store_client_files(struct tk_store *s,
    struct tk_strv *files, const char *mail, struct tk_err *err);
/* Make it anew. progress may be NULL: tickets of about how many. */
TK_MUST_CHECK enum tk_status tk_store_reindex(struct tk_store *s,
    void (*progress)(size_t done, size_t total), struct tk_err *err);

/*
 * Run fn in a transaction. fn reads and puts through tx and ends each act
 * with tk_tx_commit(). When the branch was moved by somebody else meanwhile,
 * all is dropped and fn runs again on the new tip: it must not keep anything
 * from an earlier run. An error from fn drops all and is returned.
 */
typedef enum tk_status (*tk_tx_fn)(
    struct tk_tx *tx, void *arg, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_store_change(
    struct tk_store *s, tk_tx_fn fn, void *arg, struct tk_err *err);

/* What the acts so far have made of the tree. */
TK_MUST_CHECK enum tk_status tk_tx_read(struct tk_tx *tx, struct tk_str *out,
    const char *path, struct tk_err *err);
bool tk_tx_exists(struct tk_tx *tx, const char *path);
TK_MUST_CHECK enum tk_status tk_tx_put(struct tk_tx *tx, const char *path,
    const void *data, size_t len, struct tk_err *err);
/* The same by who has read it already: the index is fed with what it says,
 * and with the stems of a message's text where they are known. All must stay
 * until tk_tx_commit(). */
TK_MUST_CHECK enum tk_status tk_tx_put_ticket(struct tk_tx *tx,
    const char *path, const struct tk_str *text, const struct tk_ticket *said,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_tx_put_message(struct tk_tx *tx,
    const char *path, const struct tk_str *text, const struct tk_message *said,
    const char *stems, struct tk_err *err);
/* The ticket that was just committed, taken; what follows an act reads it
 * often. tk_tx_kept(): NULL where it is not this one. Borrowed. */
void tk_tx_keep(struct tk_tx *tx, struct tk_ticket *t);
const struct tk_ticket *tk_tx_kept(const struct tk_tx *tx, const char *id);
/* A letter (.eml) that was made ready before; it must stay until the
 * transaction ends. */
void tk_tx_put_blob(
    struct tk_tx *tx, const char *path, const struct tk_blob *blob);
TK_MUST_CHECK enum tk_status tk_tx_remove(
    struct tk_tx *tx, const char *path, struct tk_err *err);
/* The index as the acts so far have made it; borrowed. */
struct tk_index *tk_tx_index(struct tk_tx *tx);

/* Others have waited behind this transaction for long enough: whoever has more
 * to do ends it, and does the rest in another. */
bool tk_tx_is_long(const struct tk_tx *tx);

/* One act: all that was put since the last one becomes a commit. */
TK_MUST_CHECK enum tk_status tk_tx_commit(struct tk_tx *tx, const char *name,
    const char *mail, int64_t at, const char *text, struct tk_err *err);
/* The next tk_tx_commit() is ssh-signed where git has a key to sign with. */
void tk_tx_sign(struct tk_tx *tx);
/* The id of the last commit of this transaction, 40 hex digits. */
const char *tk_tx_last(const struct tk_tx *tx);

/* Take away what a git or a tk that was killed holds locked, unless somebody
 * is writing: writers do so themselves, a push would fail. */
void tk_store_unlock(struct tk_store *s);
/* What git has written here becomes durable, names too. */
void tk_store_settle(struct tk_store *s);
/* Many are read that are not looked at again: little is kept in memory. */
void tk_store_pass_by(void);

/* The committer of each commit: the desk. */
void tk_store_set_committer(
    struct tk_store *s, const char *name, const char *mail);

/* Is every object of HEAD there and whole? Adds one line a problem. */
TK_MUST_CHECK enum tk_status tk_store_verify(
    struct tk_store *s, struct tk_strv *problems, struct tk_err *err);

#endif
