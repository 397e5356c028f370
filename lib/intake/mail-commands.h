/*
 * mail-commands.h - "#take" and its like in the first lines of a letter.
 *
 * Purpose    What a colleague asks for by mail, as words; who may ask is
 *            not decided here.
 * Ownership  tk_mail_commands_clear() frees.
 */
#ifndef TK_MAIL_COMMANDS_H
#define TK_MAIL_COMMANDS_H

#include "base/str.h"

struct tk_mail_command {
	char *name; /* without "#", lower case */
	char *arg;  /* the rest of the line, trimmed; or "" */
};

struct tk_mail_commands {
	struct tk_mail_command *v;
	size_t n, cap;
	struct tk_str rest; /* the text below them */
};

/* Lines that begin with "#" and a word, from the first line on; empty lines
 * between them do not count. The first other line ends them. */
void tk_mail_commands_parse(struct tk_mail_commands *out, const char *text);
void tk_mail_commands_clear(struct tk_mail_commands *c);
/* The argument of the first command of that name; NULL: there is none. */
const char *tk_mail_commands_get(
    const struct tk_mail_commands *c, const char *name);

#endif
