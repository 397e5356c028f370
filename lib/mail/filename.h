/*
 * filename.h - names and types of attached files.
 *
 * Purpose    A name out of a letter is hostile: it may be a path, hide its
 *            ending with bidirectional controls, or begin with a dash.
 * Source     mail-rules 7.
 */
#ifndef TK_FILENAME_H
#define TK_FILENAME_H

#include <stddef.h>

#include "base/str.h"

/* Appends the last component of name without what is dangerous, at most 200
 * bytes; nothing where nothing is left. */
void tk_filename_safe(struct tk_str *out, const char *name);

/* Appends "part-2.png" for attachment number n (from 1) of that type. */
void tk_filename_invent(struct tk_str *out, size_t n, const char *type);

/* The type by the name's ending, else by the content; static. */
const char *tk_filename_type(const char *name, const void *data, size_t len);

#endif
