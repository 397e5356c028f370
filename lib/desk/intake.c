/* intake - a letter becomes a ticket or joins one. */
#include "desk/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "desk/act.h"
#include "desk/letter-fields.h"
#include "desk/letter.h"
#include "desk/match.h"

#define SUBJECT_MAX 1000 /* bytes, as all of these but people and ids */
#define NAME_MAX_LEN 200
#define ADDRESS_MAX 254 /* RFC 5321 section 4.5.3.1 */
#define AUTH_MAX 4096
#define PEOPLE_MAX 200
#define REFS_MAX 100
#define HOPS_MAX 50 /* mail-loop guard, RFC 5321 section 6.3 */

static void
cut(char *text, size_t max)
{
	text[tk_utf8_cut(text, strlen(text), max)] = '\0';
}

static void
limit_addresses(struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		cut(a->v[i].name, NAME_MAX_LEN);
		/* A cut address would be another one. */
		if (strlen(a->v[i].addr) > ADDRESS_MAX)
			a->v[i].addr[0] = '\0';
	}
	for (; a->n > PEOPLE_MAX; a->n--) {
		free(a->v[a->n - 1].name);
		free(a->v[a->n - 1].addr);
	}
}

/* What comes from the head of a letter is kept within what people write;
 * the raw letter has it all. */
static void
limit(struct tk_letter *l)
{
	cut(l->subject, SUBJECT_MAX);
	cut(l->auth_results, AUTH_MAX);
	cut(l->class_rule, SUBJECT_MAX);
	cut(l->bounced_rcpt, ADDRESS_MAX);
	cut(l->bounced_status, 40);
	cut(l->bounced_action, 40);
	if (strlen(l->message_id) > SUBJECT_MAX)
		l->message_id[0] = '\0';
	limit_addresses(&l->from);
	limit_addresses(&l->reply_to);
	limit_addresses(&l->to);
	limit_addresses(&l->cc);
	for (; l->references.n > REFS_MAX; l->references.n--) {
		free(l->references.v[0]);
		memmove(l->references.v, l->references.v + 1,
		    l->references.n * sizeof(*l->references.v));
	}
}

enum tk_status
tk_intake_read_as(struct tk_letter *letter, const struct tk_str *raw,
    const struct tk_reading *known, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_letter_read_as(letter, raw->data, raw->len, known, err)) !=
	    TK_OK)
		return st;
	if (letter->received > HOPS_MAX)
		st = tk_fail(err, TK_EINPUT,
		    _("%d Received: headers: a mail loop"), letter->received);
	if (st != TK_OK)
		tk_letter_clear(letter);
	else
		limit(letter);
	return st;
}

enum tk_status
tk_intake_read(
    struct tk_letter *letter, const struct tk_str *raw, struct tk_err *err)
{
	static const struct tk_reading nothing;

	return tk_intake_read_as(letter, raw, &nothing, err);
}

/* May letters to these people be read by the desk? */
static bool
may_decrypt(const struct tk_desk *desk, const struct tk_letter *l)
{
	const struct tk_queue *q =
	    tk_queue_find(desk->reg, desk->reg->default_queue);
	size_t i, k;

	for (i = 0; i < desk->reg->n_queues; i++)
		for (k = 0;
		     desk->reg->queue[i].address != NULL && k < l->rcpts.n; k++)
			if (tk_strcaseeq(
				desk->reg->queue[i].address, l->rcpts.v[k]))
				q = &desk->reg->queue[i];
	if (q == NULL && desk->reg->n_queues > 0)
		q = &desk->reg->queue[0];
	return q != NULL && q->decrypt;
}

enum tk_status
tk_intake_again(struct tk_letter *letter, struct tk_tx *tx,
    const struct tk_desk *desk, const struct tk_str *raw, struct tk_err *err)
{
	struct tk_str charset = TK_STR_INIT;
	struct tk_reading known = { .charset = NULL };
	char *gnupg = NULL;
	struct tk_letter again;
	enum tk_status st = TK_OK;

	if (!letter->charset_unsure && !letter->is_signed && !letter->sealed)
		return TK_OK;
	if (letter->charset_unsure)
		st = tk_index_charset_of(tk_tx_index(tx), &charset,
		    tk_letter_sender(letter)->addr, err);
	if (letter->is_signed || letter->sealed) {
		known.gnupg = gnupg =
		    tk_store_config(desk->store, "tk.gnupghome");
		known.verify = true;
		known.decrypt = letter->sealed && may_decrypt(desk, letter);
	}
	if (charset.len > 0)
		known.charset = charset.data;
	if (st == TK_OK && (known.verify || known.charset != NULL) &&
	    (st = tk_intake_read_as(&again, raw, &known, err)) == TK_OK) {
		tk_letter_clear(letter);
		*letter = again;
	}
	free(gnupg);
	tk_str_clear(&charset);
	return st;
}

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

/* Who gets the acknowledgement; NULL: nobody, and out->ack says why. */
static const char *
ack_address(struct tk_intake *out, struct tk_tx *tx, const struct tk_desk *desk,
    const struct tk_letter *l)
{
	const struct tk_regulation *reg = desk->reg;
	const char *to = l->reply_to.n > 0 ? l->reply_to.v[0].addr
					   : tk_letter_sender(l)->addr;
	struct tk_err ignored = TK_ERR_INIT;
	const char *why = NULL;
	int64_t n = 0;

	if (!reg->ack_send)
		why = "off in regulation/relations.yaml";
	else if (!tk_letter_is_human(desk, l))
		why = l->class_rule[0] != '\0' ? l->class_rule
					       : "our own letter came back";
	else if (l->from.n == 0 || !tk_address_valid(to))
		why = "no address to answer to";
	else if (tk_desk_is_ours(desk, to))
		why = "from our own address";
	else if (!names_us(desk, l))
		why = "none of our addresses in To or Cc";
	else if (tk_index_count_acks(tk_tx_index(tx), &n, to,
		     tk_now() - reg->ack_span, &ignored) == TK_OK &&
	    n >= reg->ack_limit)
		why = "limit of acknowledgements to this sender";
	if (why != NULL)
		snprintf(out->ack, sizeof(out->ack), "none: %.250s", why);
	return why == NULL ? to : NULL;
}

static enum tk_status
acknowledge(struct tk_intake *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, struct tk_err *err)
{
	const char *to = ack_address(out, tx, desk, l);
	struct tk_done done;
	enum tk_status st;

	if (to == NULL)
		return TK_OK;
	st = tk_ack_act(tx, desk, out->ticket, to,
	    desk->reg->ack_template != NULL ? desk->reg->ack_template : "ack",
	    &done, err);
	if (st == TK_OK)
		snprintf(out->ack, sizeof(out->ack), "to %.250s", to);
	else if (st == TK_EINPUT || st == TK_ENOENT || st == TK_EREFUSED ||
	    st == TK_EDENIED) {
		/* A broken template must not keep the letter out. */
		snprintf(out->ack, sizeof(out->ack), "none: %.250s", err->text);
		st = TK_OK;
	}
	return st;
}

static const char *
act_of(const struct tk_desk *desk, const struct tk_letter *l)
{
	if (l->class == TK_LETTER_BOUNCE)
		return "bounce";
	if (!tk_letter_is_human(desk, l))
		return "auto";
	/* A colleague's letter is not the client's word; and nobody has
	 * proved that it is a colleague's, so it moves nothing. */
	return tk_staff_by_mail(&desk->staff, tk_letter_sender(l)->addr) != NULL
	    ? "note"
	    : "answer";
}

enum tk_status
tk_intake_letter(struct tk_intake *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_str *raw, struct tk_err *err)
{
	struct tk_message m = { .kind = NULL };
	struct tk_request req = { .msg = &m, .raw = raw };
	struct tk_yaml *set = NULL;
	struct tk_actor actor;
	struct tk_match match;
	struct tk_done done;
	enum tk_status st;

	memset(out, 0, sizeof(*out));
	if ((st = tk_desk_load_clients(desk, err)) != TK_OK ||
	    (st = tk_match_letter(&match, tx, desk, l, err)) != TK_OK)
		return st;
	snprintf(out->ticket, sizeof(out->ticket), "%s", match.ticket);
	snprintf(out->rule, sizeof(out->rule), "%s", match.rule);
	if (match.duplicate) {
		snprintf(out->act, sizeof(out->act), "duplicate");
		return TK_OK;
	}
	tk_desk_contact(
	    &actor, tk_letter_sender(l)->name, tk_letter_sender(l)->addr);
	tk_letter_message(&m, desk, l, match.rule);
	req.actor = &actor;
	req.rule = match.rule;
	set = tk_yaml_map();
	req.set = set;
	if (match.ticket[0] != '\0') {
		req.id = match.ticket;
		req.act = act_of(desk, l);
		if (strcmp(req.act, "note") == 0) {
			free(m.kind);
			m.kind = tk_strf("note");
		}
		if (strcmp(req.act, "answer") == 0)
			st = tk_letter_answer_fields(
			    set, tx, desk, l, match.ticket, err);
	} else {
		req.act = "open";
		st = tk_letter_open_fields(set, desk, l, &match, err);
	}
	snprintf(out->act, sizeof(out->act), "%s", req.act);
	if (st == TK_OK && (st = tk_act(tx, desk, &req, &done, err)) == TK_OK) {
		snprintf(out->ticket, sizeof(out->ticket), "%s", done.id);
		snprintf(
		    out->message, sizeof(out->message), "%s", done.message);
		snprintf(out->from, sizeof(out->from), "%s", done.from);
		snprintf(out->to, sizeof(out->to), "%s", done.to);
		if (match.ticket[0] == '\0')
			st = acknowledge(out, tx, desk, l, err);
	}
	tk_yaml_free(set);
	tk_message_clear(&m);
	tk_actor_clear(&actor);
	return st;
}
