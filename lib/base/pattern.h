/*
 * pattern.h - texts with holes: "Resolved in *: {key}".
 *
 * Purpose    What a company can write down without learning regular
 *            expressions. "*" is anything, {name} is anything that is not
 *            empty and is kept; all else stands for itself, letters of either
 *            case (ASCII). The whole text must fit; each hole is as short as
 *            can be, and {name}* is one word of letters, digits, "-" and "_".
 * Note       The time is linear in pattern times text: both come from
 *            outside.
 */
#ifndef TK_PATTERN_H
#define TK_PATTERN_H

#include <stdbool.h>

#include "base/str.h"

/* Names and values of the holes are appended to the lists, pairwise. */
bool tk_pattern_match(struct tk_strv *names, struct tk_strv *values,
    const char *pattern, const char *text);
/* "{host}/{service}" filled in with them; an unknown name is nothing. */
void tk_pattern_fill(struct tk_str *out, const char *form,
    const struct tk_strv *names, const struct tk_strv *values);
/* Braces that close, with a name of letters in them, no two holes in a row. */
bool tk_pattern_valid(const char *pattern);

#endif
