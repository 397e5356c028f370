/*
 * init.h - a new desk.
 *
 * Errors     TK_EEXIST there is a desk or another repository; nothing is
 *            changed then. TK_ENOENT no such regulation or language.
 */
#ifndef TK_INIT_H
#define TK_INIT_H

#include "base/str.h"

struct tk_init {
	const char *dir;
	bool bare;
	const char *prefix;     /* TK */
	const char *language;   /* ru, uk, en */
	const char *regulation; /* outsourcer */
	const char *company;    /* name of the desk */
	const char *address;    /* support@firma.example */
	const char *timezone;   /* IANA */
	const char *actor;      /* id of the first member of staff */
	const char *name;       /* and the name */
	const char *mail;       /* and the address */
};

TK_MUST_CHECK enum tk_status tk_desk_init(
    const struct tk_init *init, struct tk_err *err);

/* Could a desk be made so? What is NULL was not said yet and is not looked at;
 * dir is. TK_EINPUT names the option. */
TK_MUST_CHECK enum tk_status tk_desk_init_check(
    const struct tk_init *init, struct tk_err *err);

/* Install or renew the git hooks of a desk; the folder of a repository's
 * git directory, ending in "/". */
TK_MUST_CHECK enum tk_status tk_init_hooks(
    const char *gitdir, bool gate, struct tk_err *err);

#endif
