/*
 * letter_parts.h - the attachments of a letter, out of its parts.
 *
 * Purpose    The inner side of letter.c and letter_file.c; only they include
 *            this.
 */
#ifndef TK_LETTER_PARTS_H
#define TK_LETTER_PARTS_H

#include "mail/letter.h"
#include "mail/mime.h"

/* Roles have been set. below gets what is said of files that came empty. */
void tk_letter_read_parts(struct tk_letter *l, const struct tk_mime *m,
    const char *hint, struct tk_str *below);
/* The bytes of attachment n (from 0), appended. */
TK_MUST_CHECK enum tk_status tk_letter_take_part(struct tk_str *out,
    const struct tk_mime *m, size_t n, struct tk_err *err);

#endif
