/* send-sign - letters of some queues leave signed. */
#include "send/parcel.h"

#include <stdlib.h>

#include "desk/ticket.h"
#include "mail/crypto.h"

static bool
any_signs(const struct tk_regulation *reg)
{
	size_t i;

	for (i = 0; i < reg->n_queues; i++)
		if (reg->queue[i].sign != NULL)
			return true;
	return false;
}

/* Not tk_desk_ticket(): whoever's act sends what waits may see less. */
static enum tk_status
queue_of(const struct tk_queue **q, struct tk_send_run *r,
    const struct tk_parcel *p, struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_ticket *t = NULL;
	enum tk_status st;

	tk_id_path(&path, p->ticket);
	tk_str_add(&path, "/ticket.yaml");
	st = tk_store_read(r->desk->store, &text, path.data, err);
	if (st == TK_OK)
		st = tk_ticket_read(&t, text.data, text.len, path.data, err);
	if (st == TK_OK)
		*q = tk_queue_find(r->desk->reg, tk_ticket_get(t, "queue"));
	tk_ticket_free(t);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_parcel_sign(struct tk_send_run *r, const struct tk_parcel *p,
    const struct tk_message *m, struct tk_str *raw, struct tk_err *err)
{
	struct tk_addresses from = { NULL, 0, 0 };
	struct tk_str out = TK_STR_INIT;
	const struct tk_queue *q = NULL;
	const char *key;
	enum tk_status st;
	char *gnupg;

	if ((st = tk_desk_load(r->desk, err)) != TK_OK ||
	    !any_signs(r->desk->reg) ||
	    (st = queue_of(&q, r, p, err)) != TK_OK || q == NULL ||
	    q->sign == NULL)
		return st;
	tk_addresses_parse(&from, m->from != NULL ? m->from : "");
	key = q->sign_key != NULL ? q->sign_key
	    : from.n > 0          ? from.v[0].addr
				  : r->desk->address;
	gnupg = tk_store_config(r->desk->store, "tk.gnupghome");
	st = tk_crypto_sign(&out, raw, q->sign, key, gnupg, err);
	if (st == TK_OK) {
		tk_str_clear(raw);
		*raw = out;
	}
	free(gnupg);
	tk_addresses_clear(&from);
	return st;
}
