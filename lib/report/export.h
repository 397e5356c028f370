/*
 * export.h - tickets handed over: an archive, or a mailbox.
 *
 * Purpose    What a client, or the next who serves him, can read without tk:
 *            the YAML, the letters byte for byte, attachments under safe
 *            names; where notes go along, the history as text and as a git
 *            bundle that has nothing but these tickets.
 * Ownership  An export borrows all it names.
 * Errors     TK_EINPUT, TK_EEXIST as in archive.h; TK_ENOENT no such ticket,
 *            or one that is not for these eyes; TK_ESYS.
 */
#ifndef TK_EXPORT_H
#define TK_EXPORT_H

#include "desk/desk.h"
#include "store/archive.h"

struct tk_export {
	struct tk_desk *desk;
	const struct tk_strv *ids;
	const char *client; /* his own files too; or NULL */
	const char *path;   /* "-": standard output */
	bool over;          /* what is at path is replaced */
	bool notes;         /* internal notes too, and the history */
};

/* Without notes their number is in *left, and the history, which has them in
 * all its commits, is not there either. */
TK_MUST_CHECK enum tk_status tk_export_archive(const struct tk_export *e,
    enum tk_archive_kind kind, size_t *left, struct tk_err *err);
/* Letters that came and letters that went, for a mail program; no notes. */
TK_MUST_CHECK enum tk_status tk_export_mbox(
    const struct tk_export *e, size_t *letters, struct tk_err *err);

/* Ids, a query, or what comes on standard input; with a client, his tickets
 * of which the query speaks. Each once; added to ids. */
TK_MUST_CHECK enum tk_status tk_export_ids(struct tk_strv *ids,
    struct tk_desk *desk, const char *client, int argc, char **argv,
    struct tk_err *err);

/*
 * The commits that touched these paths, as a repository of their own, packed
 * by git: bundle is the file. Each of history is what git log says of the
 * ticket of that number in ids. Other tickets' names are taken out.
 */
TK_MUST_CHECK enum tk_status tk_export_bundle(struct tk_str *bundle,
    const struct tk_export *e, const struct tk_strv *paths,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_export_history(struct tk_str *history,
    const struct tk_export *e, const struct tk_strv *paths,
    struct tk_err *err);

#endif
