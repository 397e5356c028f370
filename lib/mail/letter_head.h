/*
 * letter_head.h - the part of a letter's record that comes from its header.
 *
 * Purpose    The inner side of letter.c; only it includes this.
 */
#ifndef TK_LETTER_HEAD_H
#define TK_LETTER_HEAD_H

#include "mail/charset.h"
#include "mail/header.h"
#include "mail/letter.h"

/* The charset of raw bytes in the header, "" where there are none: a body of
 * one word says less than sender and subject do. */
void tk_letter_head_charset(
    char out[TK_CHARSET_MAX], const struct tk_headers *h, const char *hint);

/* From and ids of a letter inside this one. */
void tk_letter_read_inner(struct tk_letter *l, const char *data, size_t len,
    const char *hint);

/* Subject, addresses, ids, date, hops. hint: the charset of the body, for raw
 * bytes; or NULL. */
void tk_letter_read_head(
    struct tk_letter *l, const struct tk_headers *h, const char *hint);

#endif
