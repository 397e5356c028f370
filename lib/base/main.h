/*
 * main.h - what every command does alike: options, help, one error line,
 * checked standard output, exit status.
 *
 * Exit       0 done; 1 refused or nothing found; 64 usage; 65 bad input;
 *            74 done but the output failed; 75 nothing changed, try again;
 *            77 not allowed.
 */
#ifndef TK_MAIN_H
#define TK_MAIN_H

#include <stdbool.h>

#include "base/str.h"

/* One row; exactly one of set, value, values is given. */
struct tk_opt {
	char flag;             /* the letter, or 0 */
	const char *name;      /* the long name */
	const char *arg;       /* name of its argument; NULL: a switch */
	const char *help;      /* N_() */
	bool *set;
	const char **value;    /* last one wins; points into argv */
	struct tk_strv *values; /* each occurrence is added */
};

struct tk_cmd {
	const char *name;      /* "tk-reply" */
	const char *operands;  /* "ID..." for the synopsis */
	const char *summary;   /* N_(), one line, as in the manual's NAME */
	const struct tk_opt *opts; /* ends with an all-zero row */
	int min;               /* operands at least */
	int max;               /* at most; -1: any number */
	/* argv[0] is the first operand, argv[argc] is NULL. */
	enum tk_status (*run)(int argc, char **argv, struct tk_err *err);
};

/* Every command also has -C/--desk DIR, -h/--help, --emergency REASON
 * (recorded with the act) and the hidden --list-options. Returns the exit status. */
int tk_main(const struct tk_cmd *cmd, int argc, char **argv);

/* What -C gave, or NULL; borrowed. */
const char *tk_main_desk(void);

/* What --emergency gave, or NULL; borrowed. */
const char *tk_main_emergency(void);

/* What --query gave, or NULL; borrowed. Commands whose operands have "ID..."
 * in them have that option; tk_input_ids() obeys it. */
const char *tk_main_query(void);

/* Is this run by tk-shell for somebody on the other side of ssh? What he
 * names must not be files of the gate, or another desk: tk_main() refuses
 * options whose argument is FILE or DIR then, unless it is "-". */
#define TK_MAIN_REMOTE "TK_REMOTE"
bool tk_main_is_remote(void);

/* The exit status of tk_main() for st. */
int tk_exit_status(enum tk_status st);

/* One line of data on standard output, foreign controls stripped. */
TK_PRINTF(1, 2) void tk_say(const char *fmt, ...);

/* A question on standard error, one line of answer from standard input; def
 * where the answer is empty. TK_EUSAGE: no answer. */
TK_MUST_CHECK enum tk_status tk_ask(struct tk_str *out, const char *question,
    const char *def, struct tk_err *err);

/* One line "NAME: text" on standard error, foreign controls stripped. */
TK_PRINTF(1, 2) void tk_warn(const char *fmt, ...);

#endif
