/*
 * size.h - how much, for people.
 *
 * Units      1 KB is 1024 bytes.
 */
#ifndef TK_SIZE_H
#define TK_SIZE_H

#include <stdint.h>

#include "base/str.h"

/* Appends "512 B", "1.4 KB", "240 KB" in the reader's language. */
void tk_size_text(struct tk_str *out, uint64_t bytes);

#endif
