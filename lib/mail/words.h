/*
 * words.h - header text as people should read it.
 *
 * Purpose    RFC 2047 with what mailers make of it: encoded words inside of
 *            quotes, cut in the middle of a character, of a wrong charset,
 *            without their end, beside raw 8-bit bytes.
 * Source     RFC 2047, RFC 7103, RFC 2231; mail-rules 57, 59-61.
 */
#ifndef TK_WORDS_H
#define TK_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Appends raw in UTF-8 on one line. hint: the charset the body was found to
 * be in, for raw bytes; or NULL. */
void tk_words_decode(
    struct tk_str *out, const char *raw, size_t len, const char *hint);

/* Appends text (UTF-8, one line) as it may stand in a header: plain ASCII as
 * it is, from the first word that is not on as encoded words of at most 75
 * characters that are joined by fold ("\n " or " "). GMime's own words grow
 * longer than RFC 2047 allows where the text has no blanks. */
void tk_words_encode(struct tk_str *out, const char *text, const char *fold);
/* The same, with nothing left plain. */
void tk_words_encode_all(
    struct tk_str *out, const char *text, const char *fold);

/* If an encoded word begins at s, the number of bytes it takes, else 0. */
size_t tk_words_match(const char *s, size_t len);

/* Appends "text/plain" of "Text/Plain; charset=x": the value before the
 * parameters, in lower case. */
void tk_params_first(struct tk_str *out, const char *raw);

/* Appends the parameter in UTF-8, quotes, continuations and encoded words
 * resolved; false where it is not there. */
bool tk_params_get(struct tk_str *out, const char *raw, const char *name,
    const char *hint);

#endif
