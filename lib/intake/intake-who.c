/* intake-who - may this sender open a ticket? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "act/blocked.h"
#include "desk/ticket.h"
#include "index/index-mark.h"
#include "intake/intake-parts.h"

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

/* Does a program say "I am away", and not "the disk is full"? Such a letter
 * has no matter of its own. */
static bool
is_auto_answer(const struct tk_letter *l)
{
	static const char *const signs[] = { "Auto-Submitted: auto-replied",
		"X-Autoreply:", "X-Autorespond:", "X-Autoresponse:",
		"X-AutoReply-From:", "X-Mail-Autoreply:", "Precedence: auto",
		"X-Precedence: auto", "Subject:", NULL };
	size_t i;

	for (i = 0; l->class == TK_LETTER_AUTO && signs[i] != NULL; i++)
		if (strncasecmp(l->class_rule, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
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
	bool blocked = false, answer = t->match.ticket[0] == '\0' &&
	    is_auto_answer(t->letter);

	if (!t->is_welcome)
		st = tk_blocked_has(&blocked, t->tx, t->sender.addr, err);
	if (st == TK_OK && blocked) {
		put_aside(t, TK_ASIDE_BLOCKED, "51", "in blocked.yaml");
		return TK_OK;
	}
	if (q != NULL && q->unknown != TK_UNKNOWN_UNSET)
		policy = q->unknown;
	if (st == TK_OK && !known && (answer || policy != TK_UNKNOWN_ACCEPT))
		st = tk_index_is_known(
		    tk_tx_index(t->tx), &known, t->sender.addr, err);
	if (st != TK_OK)
		return st;
	if (!known && answer && policy == TK_UNKNOWN_ACCEPT) {
		put_aside(t, TK_ASIDE_HELD, "49",
		    "an automatic answer to nothing of ours");
	} else if (known || policy == TK_UNKNOWN_ACCEPT) {
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

/* Whoever a letter is forwarded to has its token as well. */
enum tk_status
tk_taking_admit_token(struct tk_taking *t, struct tk_err *err)
{
	struct tk_ticket *now = NULL;
	const char *queue;
	enum tk_status st;

	if (!t->is_human || !tk_starts(t->match.rule, "address "))
		return TK_OK;
	if ((st = tk_tx_ticket(&now, t->tx, t->match.ticket, err)) != TK_OK)
		return st;
	queue = tk_ticket_get(now, "queue");
	snprintf(t->out->queue, sizeof(t->out->queue), "%s",
	    queue != NULL ? queue : "");
	tk_ticket_free(now);
	return tk_taking_admit(t, err);
}
