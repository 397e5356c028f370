/* sender - who wrote a letter, as far as that can be known. */
#include "intake/sender.h"

#include <stdlib.h>
#include <string.h>

#include "base/proc.h"
#include "desk/letter-message.h"
#include "mail/auth.h"

enum tk_status
tk_sender_read(struct tk_sender *s, struct tk_desk *desk,
    const struct tk_letter *l, struct tk_err *err)
{
	const struct tk_address *a = tk_letter_sender(l);
	struct tk_strv servers = TK_STRV_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	enum tk_status st;
	char *value;

	memset(s, 0, sizeof(*s));
	tk_str_init(&s->auth);
	tk_str_init(&s->proof);
	s->addr = a->addr;
	s->name = a->name;
	s->staff = tk_staff_by_mail(&desk->staff, a->addr);
	if (s->staff != NULL && !s->staff->active)
		s->staff = NULL;
	if ((st = tk_desk_client_of(&s->client, desk, a->addr, err)) != TK_OK)
		return st;
	if (s->client != NULL && !s->client->active)
		s->client = NULL;
	value = tk_store_config(desk->store, "tk.authserv");
	if (value != NULL && tk_proc_words(&servers, value, &ignored) != TK_OK)
		tk_strv_clear(&servers);
	s->has_judge = servers.n > 0;
	/* With two senders (RFC 6854) a proof would be for one of them. */
	if (l->from.n == 1)
		tk_auth_judge(&s->auth, &s->proof, &l->auth, &servers, a->addr);
	s->is_verified = s->proof.len > 0;
	tk_strv_clear(&servers);
	free(value);
	return TK_OK;
}

void
tk_sender_clear(struct tk_sender *s)
{
	tk_str_clear(&s->auth);
	tk_str_clear(&s->proof);
}
