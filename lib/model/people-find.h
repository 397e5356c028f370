/*
 * people-find.h - which client is it? By what is seen on a telephone's
 * display, in a letter, or heard.
 */
#ifndef TK_PEOPLE_FIND_H
#define TK_PEOPLE_FIND_H

#include "model/people.h"

struct tk_client_hit {
	const struct tk_client *client;
	const struct tk_contact *contact; /* NULL: the client itself */
};

struct tk_client_hits {
	struct tk_client_hit *v; /* free(3) */
	size_t n, cap;
};

/* text is an address (a contact's, or one of a client's domain), the digits
 * of a telephone number with or without country, or a part of a domain, an
 * id or a name in any case. */
void tk_clients_search(struct tk_client_hits *out,
    const struct tk_clients *clients, const char *text);

#endif
