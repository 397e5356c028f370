/*
 * command.h - the commands that are in one program.
 *
 * Purpose    Most of the time of a short command went to loading its
 *            libraries. Linked into it they cost nothing, but some 8 MB: so
 *            it is one program, and tk-reply is a name of it. The table is
 *            made by the Makefile, of all that is in cmd/.
 */
#ifndef TK_COMMAND_H
#define TK_COMMAND_H

struct tk_command {
	const char *name; /* reply */
	int (*main)(int argc, char **argv);
};

extern const struct tk_command tk_commands[]; /* the last has no name */

/* What tk-X, in any folder, does; NULL: none of these. */
const struct tk_command *tk_command_find(const char *path);

#endif
