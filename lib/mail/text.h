/*
 * text.h - body text as the desk keeps it.
 *
 * Purpose    Line ends, controls, format=flowed; and what is new in a text
 *            told apart from what is quoted.
 * Source     RFC 3676; mail-rules 64-67, 71.
 */
#ifndef TK_TEXT_H
#define TK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define TK_TEXT_MAX ((size_t)1024 * 1024) /* bytes of text in the view */

/* strstr(3) that takes ASCII letters of either case as the same. */
const char *tk_text_find(const char *text, const char *what);

/* LF line ends, no controls but tab, no blank lines at the ends. */
void tk_text_clean(struct tk_str *text);

/* RFC 3676: soft line breaks joined; text is clean. */
void tk_text_unflow(struct tk_str *text, bool delsp);

/* The other way round, for sending: lines over 78 columns are broken at blanks
 * so that tk_text_unflow() gives them back. */
void tk_text_flow(struct tk_str *out, const char *text);

/* Cuts at TK_TEXT_MAX between characters and says so in a line. */
void tk_text_cut(struct tk_str *text);

/* Moves quotes and signatures from text to quoted. Forwarded letters stay:
 * they are what the sender wants to be read. forward: the subject says so. */
void tk_text_fold(struct tk_str *text, struct tk_str *quoted, bool forward);

#endif
