/*
 * wrap.h - text in lines of a width.
 *
 * Units      Widths are columns of a terminal.
 */
#ifndef TK_VIEW_WRAP_H
#define TK_VIEW_WRAP_H

#include "base/str.h"

/* Around words that stand out. tk_utf8_safe() leaves none of them in foreign
 * text, and they take no column. */
#define TK_WRAP_ON '\x01'
#define TK_WRAP_OFF '\x02'

/* Adds text line by line. A newline is kept, a word that is wider than the
 * line is broken. There is at least one line. */
void tk_wrap_lines(struct tk_strv *lines, const char *text, size_t width);
/* The width of the widest word. */
size_t tk_wrap_word(const char *text);

/* Appends a line that was wrapped, its marks as bold where colour is set.
 * *on goes from line to line and starts false. */
void tk_wrap_paint(
    struct tk_str *out, const char *line, bool colour, bool *on);

#endif
