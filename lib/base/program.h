/*
 * program.h - the programs tk-X that make up tk.
 *
 * Purpose    "tk X" is tk-X beside tk itself, in ../libexec/tk, or in PATH:
 *            what somebody adds as tk-foo becomes tk foo.
 * Ownership  Results are the caller's.
 */
#ifndef TK_PROGRAM_H
#define TK_PROGRAM_H

#include "base/str.h"

/* X: letters, digits, "-" and "_". */
bool tk_program_is_name(const char *x);
/* Where tk-X is; NULL: nowhere. free(3). */
char *tk_program_path(const char *x);
/* Every X there is, sorted, each once. */
void tk_program_list(struct tk_strv *names);
/* Those of names that somebody may have meant by x, the nearest first. */
void tk_program_near(
    struct tk_strv *near, const struct tk_strv *names, const char *x);
/* The summary that tk-X -h prints in its second line; NULL: it says none.
 * free(3). Only for programs of tk itself: it is run. */
char *tk_program_summary(const char *x);

#endif
