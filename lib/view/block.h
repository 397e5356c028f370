/*
 * block.h - the text of a letter, as a block that cannot be taken for ours.
 *
 * Purpose    Every line of a foreign text stands behind a prefix, so that no
 *            letter can forge a header of the view around it.
 * Units      Widths are columns; 0: lines are not wrapped.
 */
#ifndef TK_BLOCK_H
#define TK_BLOCK_H

#include "base/str.h"

/* Appends text line by line, made safe, without empty lines at its end.
 * Where fold is set a long run of lines with ">" becomes one line that says
 * how many. Lines with a tab or two blanks in a row are not wrapped: they
 * are tables and traces. */
void tk_block_text(struct tk_str *out, const char *text, const char *prefix,
    size_t width, bool fold);

/* "[... 12 folded lines: tk show -v]" behind the prefix. */
void tk_block_folded(struct tk_str *out, const char *prefix, size_t lines);
size_t tk_block_lines(const char *text);

#endif
