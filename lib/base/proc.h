/*
 * proc.h - run another program, without a shell.
 *
 * Purpose    The one place that forks. GIT_* is taken out of the child's
 *            environment unless asked for: git exports GIT_DIR to hooks and
 *            it must not leak into what we start.
 * Errors     TK_ENOENT program not found; TK_ESYS it could not be run.
 */
#ifndef TK_PROC_H
#define TK_PROC_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

struct tk_proc {
	const char *const *argv;  /* NULL-terminated, argv[0] looked up in PATH */
	const char *dir;          /* working folder or NULL */
	const void *in;           /* its standard input, a file of these bytes
	                           * that outlives us; NULL: ours */
	size_t in_len;
	struct tk_str *out;       /* its standard output; NULL: ours */
	struct tk_str *errors;    /* its standard error; NULL: ours */
	bool keep_git_env;
	int timeout;              /* seconds, then it is killed; 0: none */
};

/* Runs it to the end; *code is the exit status, 128 + n for signal n. */
TK_MUST_CHECK enum tk_status tk_proc_run(
    int *code, const struct tk_proc *proc, struct tk_err *err);

/* Start it and let it run; what is written to *to is its standard input
 * (close it before waiting). in, out and errors of proc are not looked at. */
TK_MUST_CHECK enum tk_status tk_proc_start(
    pid_t *pid, int *to, const struct tk_proc *proc, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_proc_wait(
    int *code, pid_t pid, struct tk_err *err);

/* fn in a process of its own that nobody waits for, without our standard
 * files; it ends with fn. False: there is none. */
bool tk_proc_apart(void (*fn)(void *arg), void *arg);

/* Split a command line as the shell would words, quotes and backslashes, but
 * no expansion: for tk.sendmail and $EDITOR. TK_EINPUT: open quote. */
TK_MUST_CHECK enum tk_status tk_proc_words(
    struct tk_strv *words, const char *line, struct tk_err *err);

#endif
