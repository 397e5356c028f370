/* intake-who - may this sender open a ticket? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/blocked.h"
#include "desk/intake-parts.h"
#include "store/index-mark.h"

static void
put_aside(
    struct tk_taking *t, enum tk_aside aside, const char *rule, const char *why)
{
	static const char *const words[] = { "", "held", "rejected",
		"blocked" };

	t->out->aside = aside;
	snprintf(t->out->act, sizeof(t->out->act), "%s", words[aside]);
	snprintf(t->out->rule, sizeof(t->out->rule), "%s", why);
	t->out->ticket[0] = '\0';
	tk_taking_tell(t, rule, "sender", "%s: %s", words[aside], why);
}

/* Whom to tell of a rejection: only where a person wrote, to us, from an
 * address that is one. */
static void
set_reject_to(struct tk_taking *t)
{
	const char *to;

	if (tk_taking_ack_to(&to, t, &(struct tk_err)TK_ERR_INIT) == TK_OK &&
	    to != NULL)
		snprintf(
		    t->out->reject_to, sizeof(t->out->reject_to), "%s", to);
	t->out->ack[0] = '\0';
}

enum tk_status
tk_taking_admit(struct tk_taking *t, struct tk_err *err)
{
	const struct tk_queue *q = tk_queue_find(t->desk->reg, t->out->queue);
	enum tk_unknown policy = t->desk->reg->mail.unknown;
	bool known = t->is_welcome || t->sender.staff != NULL ||
	    t->sender.client != NULL || t->match.monitor != NULL ||
	    t->match.partner[0] != '\0';
	enum tk_status st = TK_OK;
	bool blocked = false;

	if (!t->is_welcome)
		st = tk_blocked_has(&blocked, t->tx, t->sender.addr, err);
	if (st == TK_OK && blocked) {
		put_aside(t, TK_ASIDE_BLOCKED, "51", "in blocked.yaml");
		return TK_OK;
	}
	if (q != NULL && q->unknown != TK_UNKNOWN_UNSET)
		policy = q->unknown;
	if (st == TK_OK && !known && policy != TK_UNKNOWN_ACCEPT)
		st = tk_index_is_known(
		    tk_tx_index(t->tx), &known, t->sender.addr, err);
	if (st != TK_OK)
		return st;
	if (known || policy == TK_UNKNOWN_ACCEPT) {
		tk_taking_tell(t, "49", "sender", "%s",
		    known ? "known"
			  : "unknown; letters of strangers are accepted");
	} else if (policy == TK_UNKNOWN_HOLD) {
		put_aside(t, TK_ASIDE_HELD, "49", "unknown sender");
	} else {
		set_reject_to(t);
		put_aside(t, TK_ASIDE_REJECTED, "49", "unknown sender");
	}
	return TK_OK;
}
