/*
 * program.h - the git program, for what libgit2 has not: bundles, packing,
 * fetching.
 *
 * Purpose    "git --git-dir=DIR ARGS MORE", without a shell.
 * Errors     TK_ENOENT there is no git; TK_ESYS it failed, and its words are
 *            in the text.
 */
#ifndef TK_PROGRAM_GIT_H
#define TK_PROGRAM_GIT_H

#include "base/str.h"

/* gitdir NULL: none is named. in (or NULL) is its standard input; out (or
 * NULL: thrown away) gets its standard output. */
struct tk_git_program {
	const char *gitdir;
	const char *const *args;   /* NULL-terminated */
	const struct tk_strv *more; /* or NULL */
	const struct tk_str *in;
	struct tk_str *out;
	const char *disk; /* asked where git has failed; NULL: gitdir */
};
TK_MUST_CHECK enum tk_status tk_git_program(
    const struct tk_git_program *git, struct tk_err *err);

#endif
