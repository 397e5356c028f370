/* sent - what became of letters, written into their tickets. */
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/i18n.h"
#include "send/parcel.h"
#include "store/outbox.h"

/* One commit holds at most one entry of a ticket; the rest go round again. */
static enum tk_status
record_round(struct tk_send_run *r, struct tk_tx *tx, const struct tk_actor *self,
    struct tk_err *err)
{
	struct tk_strv seen = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	struct tk_done done;
	enum tk_status st = TK_OK;
	const char *act = "sent";
	struct tk_parcel *p;
	size_t i, n = 0;

	for (i = 0; st == TK_OK && i < r->n; i++) {
		p = &r->v[i];
		if (p->fate == TK_FATE_WAITS || p->done || p->recorded ||
		    tk_strv_has(&seen, p->ticket))
			continue;
		if (n > 0 && tk_tx_is_long(tx))
			break;
		struct tk_request req = { .id = p->ticket,
			.act = p->fate == TK_FATE_SENT ? "sent" : "failed",
			.actor = self,
			.about = p->message,
			.rule = p->reason,
			.no_commit = true,
			.at = r->now };

		st = tk_act(tx, r->desk, &req, &done, err);
		p->recorded = true;
		p->refused = st == TK_EREFUSED || st == TK_EDENIED ||
		    st == TK_EINPUT || st == TK_ENOENT;
		/* One broken ticket must not keep the others' records out. */
		if (p->refused) {
			st = TK_OK;
			continue;
		}
		act = req.act;
		tk_strv_add(&seen, p->ticket);
		tk_str_addf(&text, "Ticket: %s\nAct: %s\nMessage: %s\n",
		    p->ticket, req.act, p->message);
		n++;
	}
	if (st == TK_OK && n > 0) {
		char *all = n == 1
		    ? tk_strf("%s: %s\n\n%sActor: tk\n", seen.v[0], act, text.data)
		    : tk_strf("sent: %zu letters\n\n%sActor: tk\n", n,
			  text.data);

		st = tk_act_commit(tx, self, r->now, all, err);
		free(all);
	}
	tk_str_clear(&text);
	tk_strv_clear(&seen);
	return st;
}

static enum tk_status
record(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct tk_send_run *r = arg;
	struct tk_actor self;
	enum tk_status st = TK_OK;
	size_t i, left;

	for (i = 0; i < r->n; i++)
		r->v[i].recorded = false;
	tk_desk_self(r->desk, &self);
	do {
		st = record_round(r, tx, &self, err);
		for (i = left = 0; i < r->n; i++)
			left += r->v[i].fate != TK_FATE_WAITS &&
			    !r->v[i].done && !r->v[i].recorded;
	} while (st == TK_OK && left > 0 && !tk_tx_is_long(tx));
	tk_actor_clear(&self);
	return st;
}

/* What is certain needs no place in the outbox any more; how many are not. */
static size_t
forget_recorded(struct tk_send_run *r)
{
	struct tk_parcel *p;
	size_t i, left = 0;

	for (i = 0; i < r->n; i++) {
		p = &r->v[i];
		if (p->fate == TK_FATE_WAITS || p->done)
			continue;
		p->done = p->recorded;
		left += !p->done;
		if (p->done && !p->refused)
			tk_outbox_forget(r->dir, p->name);
	}
	return left;
}

enum tk_status
tk_sent_record(struct tk_send_run *r, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i, left = 0;

	for (i = 0; i < r->n; i++) {
		r->v[i].recorded = false;
		left += r->v[i].fate != TK_FATE_WAITS;
	}
	while ((st == TK_OK || st == TK_EOUTPUT) && left > 0) {
		st = tk_store_change(r->desk->store, record, r, err);
		if (st == TK_OK || st == TK_EOUTPUT)
			left = forget_recorded(r);
	}
	return st;
}
