/*
 * sender.h - who wrote a letter, as far as that can be known.
 *
 * Purpose    What the letter says, what our own mail system found out about
 *            it (git config tk.authserv), and whom the desk knows by that
 *            address.
 * Ownership  tk_sender_clear() frees; people are borrowed from the desk.
 * Note       Without tk.authserv nobody is verified and nobody is asked to
 *            be: has_judge is false.
 */
#ifndef TK_SENDER_H
#define TK_SENDER_H

#include "desk/desk.h"
#include "mail/letter.h"

struct tk_sender {
	const char *addr, *name;      /* borrowed from the letter */
	const struct tk_person *staff; /* active, or NULL */
	const struct tk_client *client; /* active, or NULL */
	struct tk_str auth;           /* what our mail system wrote; or "" */
	struct tk_str proof;          /* "dkim romashka.example", or "" */
	bool has_judge;               /* tk.authserv is set */
	bool is_verified;
};

TK_MUST_CHECK enum tk_status tk_sender_read(struct tk_sender *s,
    struct tk_desk *desk, const struct tk_letter *l, struct tk_err *err);
void tk_sender_clear(struct tk_sender *s);

#endif
