/*
 * auth.h - what our own mail system found out about a sender.
 *
 * Purpose    Anybody may write an Authentication-Results field into a letter;
 *            only those with the name of our own mail system count, and only
 *            a result for the domain of From says anything about From.
 * Source     RFC 8601 sections 5 and 7; alignment as in RFC 7489 section 3.1
 *            in its relaxed form, without a list of public suffixes: one
 *            domain must be the other or lie below it, and no top-level
 *            domain counts.
 */
#ifndef TK_AUTH_H
#define TK_AUTH_H

#include <stdbool.h>

#include "base/str.h"

/* servers: the authserv-ids of our own mail system. ours gets the text of
 * its fields, "; " between them; proof "dkim romashka.example" where the
 * domain of the address from passed. Both are appended. */
void tk_auth_judge(struct tk_str *ours, struct tk_str *proof,
    const struct tk_strv *fields, const struct tk_strv *servers,
    const char *from);

#endif
