/*
 * big.h - letters that are too large for the desk.
 *
 * Purpose    A letter over 64 MiB is written to $GIT_DIR/tk/big/SHA256.eml
 *            while it is read, and only its beginning becomes the letter of
 *            a message: memory does not grow with it, and clones stay small.
 * Errors     TK_ESYS: it cannot be read or kept; nothing is lost by that,
 *            whoever has the letter keeps it.
 */
#ifndef TK_BIG_H
#define TK_BIG_H

#include "desk/desk.h"

#define TK_BIG_MIN ((size_t)64 * 1024 * 1024) /* bytes */
#define TK_BIG_HEAD ((size_t)1024 * 1024)     /* bytes of it in the desk */

/* All of fd, or the beginning of a large one; *whole is then "SHA256 BYTES"
 * (free(3)), else NULL. keep false: the rest is only counted. desk may be
 * NULL then. */
TK_MUST_CHECK enum tk_status tk_big_read(struct tk_str *raw, char **whole,
    struct tk_desk *desk, int fd, bool keep, struct tk_err *err);

#endif
