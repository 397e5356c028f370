/* intake-ack - whom we tell that a letter is here, and whom not. */
#include <stdio.h>
#include <string.h>

#include "act/letter.h"
#include "base/ambient.h"
#include "base/mem.h"
#include "index/index-mark.h"
#include "intake/intake-parts.h"

/* Is one of our own addresses among those the letter names (RFC 5230
 * section 4.5)? A letter by Bcc or through somebody's list gets no answer. */
static bool
names_us(const struct tk_desk *desk, const struct tk_letter *l)
{
	bool is = false;
	size_t i;

	for (i = 0; i < l->rcpts.n; i++)
		is = is || tk_desk_is_ours(desk, l->rcpts.v[i]) ||
		    tk_desk_is_plus(desk, l->rcpts.v[i]);
	return is;
}

/* Signs in the letter itself. NULL: none of them forbids an answer. */
static const char *
why_silent(const struct tk_taking *t, const char *to, const char **rule)
{
	*rule = "6"; /* relations.yaml: position 6 of the regulation */
	if (!t->desk->reg->ack_send)
		return "off in regulation/relations.yaml";
	*rule = "10-17";
	if (t->letter->class_rule[0] != '\0')
		return t->letter->class_rule;
	*rule = "18";
	if (!t->is_human)
		return "our own letter came back";
	*rule = "41";
	if (t->match.monitor != NULL)
		return "monitoring";
	*rule = "50";
	if (t->letter->from.n == 0 || !tk_address_valid(to))
		return "no address to answer to";
	*rule = "18";
	if (tk_desk_is_ours(t->desk, to))
		return "from our own address";
	*rule = "20";
	if (!names_us(t->desk, t->letter))
		return "none of our addresses in To or Cc";
	return NULL;
}

static enum tk_status
check_limits(
    const char **why, struct tk_taking *t, const char *to, struct tk_err *err)
{
	const struct tk_mail_rules *r = &t->desk->reg->mail;
	struct tk_index *ix = tk_tx_index(t->tx);
	enum tk_status st = TK_OK;
	int64_t n = 0, now = tk_now();
	size_t i;

	for (i = 0; st == TK_OK && *why == NULL && i < r->ack.n; i++) {
		st = tk_index_count_acks(
		    ix, &n, to, now - r->ack.v[i].span, err);
		if (st == TK_OK && n >= r->ack.v[i].n)
			*why = "limit of acknowledgements to this sender";
	}
	for (i = 0; st == TK_OK && *why == NULL && i < r->ack_queue.n; i++) {
		st = tk_index_count_queue_acks(
		    ix, &n, t->out->queue, now - r->ack_queue.v[i].span,
		    r->ack_queue.v[i].n, err);
		if (st == TK_OK && n >= r->ack_queue.v[i].n) {
			*why = "limit of acknowledgements of this queue";
			t->out->over_queue = true;
		}
	}
	return st;
}

enum tk_status
tk_taking_ack_to(const char **to, struct tk_taking *t, struct tk_err *err)
{
	const struct tk_letter *l = t->letter;
	const char *who =
	    l->reply_to.n > 0 ? l->reply_to.v[0].addr : t->sender.addr;
	const char *rule, *why = why_silent(t, who, &rule);
	struct tk_index_dead dead;
	enum tk_status st = TK_OK;

	*to = NULL;
	if (why == NULL) {
		rule = "29";
		st = tk_index_find_dead(tk_tx_index(t->tx), &dead, who, err);
		if (st == TK_OK)
			why = "letters to this address come back";
		else if (st == TK_ENOENT)
			st = TK_OK;
	}
	if (st == TK_OK && why == NULL) {
		rule = "19";
		st = check_limits(&why, t, who, err);
	}
	if (st != TK_OK)
		return st;
	if (why == NULL) {
		*to = who;
		snprintf(t->out->ack, sizeof(t->out->ack), "to %.250s", who);
		tk_taking_tell(t, "23", "acknowledgement", "to %s", who);
	} else {
		snprintf(t->out->ack, sizeof(t->out->ack), "none: %.250s", why);
		tk_taking_tell(t, rule, "acknowledgement", "none: %s", why);
	}
	return TK_OK;
}

enum tk_status
tk_taking_ack(struct tk_taking *t, const char *to, struct tk_err *err)
{
	const char *template = t->desk->reg->ack_template;
	struct tk_done done;
	enum tk_status st;

	if (to == NULL)
		return TK_OK;
	st = tk_ack_act(t->tx, t->desk, t->out->ticket, to,
	    template != NULL ? template : "ack", NULL, &done, err);
	if (st == TK_EINPUT || st == TK_ENOENT || st == TK_EREFUSED ||
	    st == TK_EDENIED) {
		/* A broken template must not keep the letter out. */
		snprintf(t->out->ack, sizeof(t->out->ack), "none: %.250s",
		    err->text);
		st = TK_OK;
	}
	return st;
}
