/*
 * due.h - how far a term is away, in words.
 *
 * Units      Seconds since the epoch.
 */
#ifndef TK_DUE_H
#define TK_DUE_H

#include <stdint.h>

#include "base/str.h"

/* "in 2 h", "3 d late"; appended. */
void tk_due_words(struct tk_str *out, int64_t due, int64_t now);

#endif
