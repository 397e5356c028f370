/*
 * quarantine.h - letters that could not be taken in.
 *
 * Purpose    $GIT_DIR/tk/quarantine/ is a maildir; NAME.why beside a letter
 *            says in a line what was wrong. Nothing is ever dropped: whoever
 *            mends the cause delivers it again.
 */
#ifndef TK_QUARANTINE_H
#define TK_QUARANTINE_H

#include "base/str.h"

/* Durable when it says TK_OK. A letter of these very bytes that is there
 * already is not stored again. *name is yours. */
TK_MUST_CHECK enum tk_status tk_quarantine_put(char **name, const char *dir,
    const void *data, size_t len, const char *why, struct tk_err *err);

#endif
