/*
 * classify.h - was this letter written by a person?
 *
 * Source     RFC 3834, RFC 3464, RFC 2919, RFC 2369, RFC 8098, RFC 5965;
 *            mail-rules section 2.
 */
#ifndef TK_CLASSIFY_H
#define TK_CLASSIFY_H

#include "mail/header.h"
#include "mail/letter.h"
#include "mail/mime.h"

/* Sets class and class_rule from the header fields, the parts, and of the
 * letter: subject, from, return_path. text: the whole body text. */
void tk_letter_classify(struct tk_letter *letter, const struct tk_headers *h,
    const struct tk_mime *m, const char *text);

/* Fills the bounced_ fields of a letter that is a bounce. */
void tk_bounce_read(struct tk_letter *letter, const struct tk_headers *h,
    const struct tk_mime *m, const char *text);

#endif
