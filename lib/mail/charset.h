/*
 * charset.h - bytes of a declared, wrongly declared or unknown charset.
 *
 * Purpose    Everything that comes out is UTF-8. What the letter declares is
 *            a hint; bytes that are valid UTF-8 with multibyte characters
 *            are UTF-8; the old Cyrillic charsets are told apart by their
 *            letters; what cannot be read becomes U+FFFD, never nothing.
 * Ownership  Names that are returned are static or copied into the caller's
 *            buffer.
 * Source     mail-rules section 6.
 */
#ifndef TK_CHARSET_H
#define TK_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define TK_CHARSET_MAX 40 /* bytes of a normal name, with its NUL */

/* The normal name of a charset as letters spell it: lower case, "cp-1251" is
 * "windows-1251"; "" where it says nothing or iconv does not know it. */
void tk_charset_normal(char out[TK_CHARSET_MAX], const char *name);

/* The name by which iconv(3) reads it. */
const char *tk_charset_code(const char *normal);

/* Undoes UTF-8 that was taken for windows-1251 or windows-1252 and encoded
 * once more, in what stands in text from that offset on. */
void tk_charset_untwist(struct tk_str *text, size_t from);

/* Appends the text in UTF-8. declared: as in the letter, or NULL. hint: what
 * another part of the letter was found to be in, for short texts without
 * many letters; or NULL. used, where not NULL: what it was read as. */
void tk_charset_decode(struct tk_str *out, const char *data, size_t len,
    const char *declared, const char *hint, char used[TK_CHARSET_MAX]);

#endif
