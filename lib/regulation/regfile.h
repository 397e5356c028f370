/*
 * regfile.h - the files of a regulation, with all that is in them.
 *
 * Purpose    The records of model/regulation.h are what the judge needs; the
 *            document, lint and diff need prose, unknown keys and lines too.
 *            From a commit of the desk, or from a folder on the disk: what
 *            somebody is writing just now.
 * Ownership  The set owns its files.
 * Errors     TK_ENOENT there is no regulation at that place; TK_EINPUT a
 *            file that is no YAML, where the caller does not collect them.
 */
#ifndef TK_REGFILE_H
#define TK_REGFILE_H

#include "model/regulation.h"
#include "store/store.h"

struct tk_regfile {
	char *path;           /* regulation/queues.yaml, wherever it lies */
	struct tk_str text;
	struct tk_yaml *root; /* NULL: no YAML */
};

struct tk_regfiles {
	struct tk_regfile *v;
	size_t n, cap;
	char *folder;         /* on the disk, or NULL: of a commit */
};

#define TK_REGFILES_INIT { NULL, 0, 0, NULL }

/* The text of what is wrong begins with path:line. */
typedef void (*tk_regfile_fn)(const char *text, void *arg);

/* commit is 40 hex digits. With bad, files that cannot be read are told to
 * it and have no root; without it they are the error. */
TK_MUST_CHECK enum tk_status tk_regfiles_commit(struct tk_regfiles *f,
    struct tk_store *s, const char *commit, tk_regfile_fn bad, void *arg,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_regfiles_folder(struct tk_regfiles *f,
    const char *folder, tk_regfile_fn bad, void *arg, struct tk_err *err);
/* where: a folder that holds a regulation, a git revision, or NULL for what
 * is in force. s may be NULL where it is a folder. */
TK_MUST_CHECK enum tk_status tk_regfiles_open(struct tk_regfiles *f,
    struct tk_store *s, const char *where, struct tk_err *err);
void tk_regfiles_clear(struct tk_regfiles *f);

/* A folder that holds a regulation. */
bool tk_regfiles_is_folder(const char *folder);

/* What is in regulation/NAME; NULL: it is not there. */
const struct tk_yaml *tk_regfiles_get(
    const struct tk_regfiles *f, const char *name);
/* The process's file. */
const struct tk_yaml *tk_regfiles_process(
    const struct tk_regfiles *f, const char *path);
/* The records of all files. Free with tk_regulation_free(). */
TK_MUST_CHECK enum tk_status tk_regfiles_model(struct tk_regulation **out,
    const struct tk_regfiles *f, struct tk_err *err);

#endif
