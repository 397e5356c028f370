/*
 * regdiff.h - what has changed between two regulations, in words.
 *
 * Purpose    By meaning and not by lines: a class's term, a step of a
 *            process, a role's act; of prose only how much of it.
 * Errors     TK_ENOENT no such revision; TK_EINPUT a broken file.
 */
#ifndef TK_REGDIFF_H
#define TK_REGDIFF_H

#include "regulation/regfile.h"

/* One line for each change, in the order of the nine positions. */
void tk_regdiff(struct tk_strv *lines, const struct tk_regfiles *a,
    const struct tk_regfiles *b);
/* The same of two git revisions of the desk; to may be NULL: HEAD. */
TK_MUST_CHECK enum tk_status tk_regdiff_revisions(struct tk_strv *lines,
    struct tk_store *s, const char *from, const char *to, struct tk_err *err);

#endif
