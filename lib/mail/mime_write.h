/*
 * mime_write.h - the parts of a letter that is made.
 *
 * Purpose    The lower half of compose.c; only it includes this.
 * Ownership  What returns a GMimeObject gives a reference to be dropped.
 */
#ifndef TK_MIME_WRITE_H
#define TK_MIME_WRITE_H

#include <gmime/gmime.h>

#include "base/str.h"
#include "mail/compose.h"

/* Printable ASCII without blanks and brackets: an id, a token. */
bool tk_mime_token(const char *s);

/* A text/plain part in the shorter encoding; language may be NULL. */
GMimeObject *tk_mime_text(const char *text, const char *language);

/* Text and files become the body of letter. The boundary comes from seed, so
 * that the same draft gives the same bytes. */
void tk_mime_set_body(GMimeMessage *letter, GMimeObject *text,
    const struct tk_draft_file *files, size_t n_files, const char *seed);

/* Appends the letter with LF line ends. */
void tk_mime_write(struct tk_str *out, GMimeMessage *letter);

#endif
