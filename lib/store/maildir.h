/*
 * maildir.h - folders of letters, one file each.
 *
 * Source     maildir(5): write in tmp/, link into new/, move to cur/ when
 *            taken, with the info suffix ":2,S".
 * Errors     TK_ENOENT no such maildir; TK_ESYS otherwise.
 */
#ifndef TK_MAILDIR_H
#define TK_MAILDIR_H

#include "base/str.h"

/* tmp, new and cur, where they are missing. */
TK_MUST_CHECK enum tk_status tk_maildir_init(
    const char *dir, struct tk_err *err);

#define TK_MAILDIR_LARGE (64 * 1024 * 1024) /* bytes */

/* Names in new/, in the order of arrival; large ones after all others. */
TK_MUST_CHECK enum tk_status tk_maildir_list(
    struct tk_strv *names, const char *dir, struct tk_err *err);

/* A letter made durable in new/; *name is yours. */
TK_MUST_CHECK enum tk_status tk_maildir_put(char **name, const char *dir,
    const void *data, size_t len, struct tk_err *err);

/* From new/ to cur/, seen. Missing in new/ is no error: it was moved. */
TK_MUST_CHECK enum tk_status tk_maildir_seen(
    const char *dir, const char *name, struct tk_err *err);

#endif
