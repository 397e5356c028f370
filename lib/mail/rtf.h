/*
 * rtf.h - the text of the RTF that Outlook wraps letters in.
 *
 * Purpose    Compressed RTF unpacked, and text or the HTML inside it found.
 * Note       Every offset and size in it is hostile.
 * Source     [MS-OXRTFCP], [MS-OXRTFEX], RTF 1.9.1.
 */
#ifndef TK_RTF_H
#define TK_RTF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Appends the unpacked RTF, at most 4 MiB; false where it is damaged. */
bool tk_rtf_unpack(struct tk_str *out, const char *data, size_t len);

/* Appends what it says, in UTF-8; *html: and that is HTML. */
void tk_rtf_text(
    struct tk_str *out, bool *html, const char *rtf, size_t len);

#endif
