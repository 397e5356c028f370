/*
 * utf8.h - text in UTF-8: valid, measured, safe to show.
 *
 * Source     The Unicode work is libunistring's; control characters as in
 *            ECMA-48 (C0, C1), bidirectional controls as in UAX #9.
 */
#ifndef TK_UTF8_H
#define TK_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

bool tk_utf8_valid(const char *s, size_t len);

/* Appends text with each invalid byte run as U+FFFD and NUL dropped. */
void tk_utf8_repair(struct tk_str *out, const char *s, size_t len);

/* Columns that the text takes in a terminal. */
size_t tk_utf8_width(const char *s);

/* Appends s, cut to at most width columns with an ellipsis, and padded with
 * blanks to exactly width where pad is set. */
void tk_utf8_fit(struct tk_str *out, const char *s, size_t width, bool pad);

/* Appends s for a terminal: no C0/C1 controls, no ESC, no bidi controls.
 * Newline and tab stay where lines is set, else they become blanks. */
void tk_utf8_safe(struct tk_str *out, const char *s, bool lines);

/* Appends the lower-case form (NFC, locale-independent). */
void tk_utf8_lower(struct tk_str *out, const char *s);
/* Appends the NFC form. */
void tk_utf8_nfc(struct tk_str *out, const char *s, size_t len);

/* The character at byte at; *next is where the following one begins. What is
 * not UTF-8 is U+FFFD, byte for byte. */
uint32_t tk_utf8_char(const char *s, size_t len, size_t *next, size_t at);
/* A letter or digit in small letters and without its marks (but й and ї);
 * 0: it is neither. */
uint32_t tk_utf8_letter(uint32_t c);
/* It belongs to the character before it, or is not seen. */
bool tk_utf8_is_mark(uint32_t c);
/* ' and what people type for it. */
bool tk_utf8_is_apostrophe(uint32_t c);

/* The longest length <= max that does not cut a character. */
size_t tk_utf8_cut(const char *s, size_t len, size_t max);

#endif
