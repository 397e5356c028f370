/*
 * regdiff-parts.h - what the files of the difference share; nobody else
 * includes it.
 */
#ifndef TK_REGDIFF_PARTS_H
#define TK_REGDIFF_PARTS_H

#include "regulation/regdiff.h"

struct tk_regdiff {
	struct tk_strv *lines;
	int position; /* of the file */
};

/* "LABEL: text", or the text where the label is empty. */
TK_PRINTF(3, 4)
void tk_regdiff_say(
    struct tk_regdiff *d, const char *label, const char *fmt, ...);
/* Two maps, either may be NULL; skip: NULL-terminated keys to leave out. */
void tk_regdiff_map(struct tk_regdiff *d, const char *label,
    const struct tk_yaml *a, const struct tk_yaml *b, const char *const *skip);
/* "transitions" of a process. */
void tk_regdiff_steps(struct tk_regdiff *d, const char *label,
    const struct tk_yaml *a, const struct tk_yaml *b);
/* How many lines of the longer side are not on the other one. */
size_t tk_regdiff_lines(const char *a, const char *b);

#endif
