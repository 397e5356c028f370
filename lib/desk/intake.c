/* intake - a letter becomes a ticket or joins one. */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include "desk/intake.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "desk/act.h"
#include "desk/letter.h"
#include "desk/match.h"
#include "desk/open.h"

#define HOPS_MAX 50 /* mail-loop guard, RFC 5321 section 6.3 */

enum tk_status
tk_intake_read(
    struct tk_letter *letter, const struct tk_str *raw, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_letter_read(letter, raw->data, raw->len, err)) != TK_OK)
		return st;
	if (letter->received > HOPS_MAX)
		st = tk_fail(err, TK_EINPUT,
		    _("%d Received: headers: a mail loop"), letter->received);
	if (st != TK_OK)
		tk_letter_clear(letter);
	return st;
}

static char *
address_text(const struct tk_address *a)
{
	return a->name[0] != '\0' ? tk_strf("%s <%s>", a->name, a->addr)
				  : tk_strdup(a->addr);
}

static void
address_list(struct tk_strv *out, const struct tk_addresses *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		tk_strv_add_own(out, address_text(&a->v[i]));
}

/* The sender, or what stands for one in a report from nobody. */
static const struct tk_address *
sender(const struct tk_letter *l)
{
	static char none[] = "", unknown[] = "unknown@localhost";
	static const struct tk_address nobody = { none, unknown };

	return l->from.n > 0 ? &l->from.v[0] : &nobody;
}

/* Our own letter that came back is automatic, whatever it says. */
static bool
is_human(const struct tk_desk *desk, const struct tk_letter *l)
{
	return l->class == TK_LETTER_NORMAL && !tk_streq(l->loop, desk->loop);
}

static char *
dup_text(const char *text)
{
	return text != NULL && text[0] != '\0' ? tk_strdup(text) : NULL;
}

static void
add_files(struct tk_message *m, const struct tk_letter *l)
{
	struct tk_file_info *f;
	size_t i;

	for (i = 0; i < l->n_parts; i++) {
		f = tk_message_add_file(m);
		f->part = (int)i + 1;
		f->name = tk_strdup(l->parts[i].name);
		f->type = tk_strdup(l->parts[i].type);
		f->size = l->parts[i].size;
		f->sha256 = tk_strdup(l->parts[i].sha256);
	}
}

static void
fill_message(struct tk_message *m, const struct tk_desk *desk,
    const struct tk_letter *l, const char *rule)
{
	static const char *const kinds[] = { "request", "bounce", "auto",
		"auto" };

	memset(m, 0, sizeof(*m));
	m->kind = tk_strdup(l->class == TK_LETTER_NORMAL && !is_human(desk, l)
		? "auto"
		: kinds[l->class]);
	m->channel = tk_strdup("mail");
	m->from = address_text(sender(l));
	address_list(&m->to, &l->to);
	address_list(&m->cc, &l->cc);
	m->subject = tk_strdup(l->subject);
	/* A letter without an id is known by its content. */
	m->message_id = l->message_id[0] != '\0'
	    ? tk_strdup(l->message_id)
	    : tk_strf("%.32s@sha256.invalid", l->sha256);
	tk_strv_copy(&m->references, &l->references);
	m->rule = tk_strdup(rule);
	m->class_rule = dup_text(l->class_rule);
	if (l->charset_used[0] != '\0')
		m->charset = tk_strcaseeq(l->charset_declared, l->charset_used)
		    ? tk_strdup(l->charset_used)
		    : tk_strf("%s, read as %s",
			  l->charset_declared[0] != '\0' ? l->charset_declared
							 : "none",
			  l->charset_used);
	m->auth = dup_text(l->auth_results);
	if (l->bounced_rcpt[0] != '\0')
		m->bounced = tk_strf("%s %s %s", l->bounced_rcpt,
		    l->bounced_status, l->bounced_action);
	m->text = tk_strdup(l->text.data);
	m->quoted = dup_text(l->quoted.data);
	m->body_sha256 = tk_strdup(l->body_sha256);
	add_files(m, l);
}

static bool
word_in(const char *text, const char *word)
{
	struct tk_str a = TK_STR_INIT, b = TK_STR_INIT;
	bool in;

	tk_utf8_lower(&a, text);
	tk_utf8_lower(&b, word);
	in = strstr(a.data, b.data) != NULL;
	tk_str_clear(&a);
	tk_str_clear(&b);
	return in;
}

static bool
route_fits(const struct tk_route *r, const struct tk_letter *l,
    const struct tk_client *c)
{
	bool fits = r->to == NULL;
	size_t i;

	for (i = 0; r->to != NULL && i < l->rcpts.n; i++)
		fits = fits ||
		    fnmatch(r->to, l->rcpts.v[i], FNM_CASEFOLD) == 0;
	if (r->from != NULL &&
	    fnmatch(r->from, sender(l)->addr, FNM_CASEFOLD) != 0)
		return false;
	if (r->subject != NULL && !word_in(l->subject, r->subject))
		return false;
	if (r->client != NULL && (c == NULL || strcmp(r->client, c->id) != 0))
		return false;
	return fits;
}

/* A queue's own address wins, then the first route that fits. */
static enum tk_status
route(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_client *c, struct tk_err *err)
{
	const struct tk_regulation *reg = desk->reg;
	static const struct tk_route none;
	const struct tk_route *r = &none;
	const char *queue = NULL;
	size_t i, k;

	for (i = 0; i < reg->n_queues; i++)
		for (k = 0; reg->queue[i].address != NULL && k < l->rcpts.n;
		     k++)
			if (tk_strcaseeq(
				reg->queue[i].address, l->rcpts.v[k]))
				queue = reg->queue[i].id;
	for (i = 0; i < reg->n_routes && r == &none; i++)
		if (route_fits(&reg->route[i], l, c))
			r = &reg->route[i];
	return tk_open_fields(set, reg, r->type,
	    r->queue != NULL ? r->queue : queue, r->priority, r->category, err);
}

/* Everybody else who got the letter and is not us. */
static void
set_cc(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l)
{
	const struct tk_addresses *lists[] = { &l->to, &l->cc };
	struct tk_strv cc = TK_STRV_INIT;
	size_t i, k;

	for (i = 0; i < 2; i++)
		for (k = 0; k < lists[i]->n && cc.n < 20; k++)
			if (tk_address_valid(lists[i]->v[k].addr) &&
			    !tk_desk_is_ours(desk, lists[i]->v[k].addr) &&
			    !tk_strcaseeq(
				lists[i]->v[k].addr, sender(l)->addr) &&
			    !tk_starts(lists[i]->v[k].addr, desk->address))
				tk_strv_add_own(
				    &cc, address_text(&lists[i]->v[k]));
	tk_yaml_set_strv(set, "cc", &cc);
	tk_strv_clear(&cc);
}

static enum tk_status
open_fields(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_match *match,
    struct tk_err *err)
{
	const struct tk_client *c =
	    tk_clients_by_mail(&desk->clients, sender(l)->addr);
	const struct tk_address *who =
	    l->reply_to.n > 0 && tk_address_valid(l->reply_to.v[0].addr)
	    ? &l->reply_to.v[0]
	    : sender(l);
	struct tk_yaml *links, *link;
	char *requester = address_text(who);
	enum tk_status st = route(set, desk, l, c, err);

	tk_yaml_set_str(set, "subject", l->subject);
	tk_yaml_set_str(set, "channel", "mail");
	if (c != NULL && c->active) {
		tk_yaml_set_str(set, "client", c->id);
		tk_yaml_set_str(set, "sla", c->sla);
	}
	tk_yaml_set_str(set, "requester", requester);
	if (is_human(desk, l))
		set_cc(set, desk, l);
	if (match->follows[0] != '\0') {
		links = tk_yaml_list();
		link = tk_yaml_map();
		tk_yaml_set_str(link, "follows", match->follows);
		tk_yaml_add(links, link);
		tk_yaml_set(set, "links", links);
	}
	free(requester);
	return st;
}

/* Is one of our own addresses among those the letter names (RFC 5230
 * section 4.5)? A letter by Bcc or through somebody's list gets no answer. */
static bool
names_us(const struct tk_desk *desk, const struct tk_letter *l)
{
	const char *at = strrchr(desk->address, '@');
	char *plus;
	bool is = false;
	size_t i;

	plus = tk_strf("%.*s+*%s", (int)(at != NULL ? at - desk->address : 0),
	    desk->address, at != NULL ? at : "");
	for (i = 0; i < l->rcpts.n; i++)
		is = is || tk_desk_is_ours(desk, l->rcpts.v[i]) ||
		    fnmatch(plus, l->rcpts.v[i], FNM_CASEFOLD) == 0;
	free(plus);
	return is;
}

/* Who gets the acknowledgement; NULL: nobody, and out->ack says why. */
static const char *
ack_address(struct tk_intake *out, struct tk_tx *tx,
    const struct tk_desk *desk, const struct tk_letter *l)
{
	const struct tk_regulation *reg = desk->reg;
	const char *to = l->reply_to.n > 0 ? l->reply_to.v[0].addr
					   : sender(l)->addr;
	struct tk_err ignored = TK_ERR_INIT;
	const char *why = NULL;
	int64_t n = 0;

	if (!reg->ack_send)
		why = "off in regulation/relations.yaml";
	else if (!is_human(desk, l))
		why = l->class_rule[0] != '\0' ? l->class_rule
					       : "our own letter came back";
	else if (!tk_address_valid(to))
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
	else if (st == TK_EINPUT || st == TK_ENOENT) {
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
	return is_human(desk, l) ? "answer" : "auto";
}

enum tk_status
tk_intake_letter(struct tk_intake *out, struct tk_tx *tx,
    struct tk_desk *desk, const struct tk_letter *l, const struct tk_str *raw,
    struct tk_err *err)
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
	tk_desk_contact(&actor, sender(l)->name, sender(l)->addr);
	fill_message(&m, desk, l, match.rule);
	req.actor = &actor;
	req.rule = match.rule;
	if (match.ticket[0] != '\0') {
		req.id = match.ticket;
		req.act = act_of(desk, l);
	} else {
		req.act = "open";
		set = tk_yaml_map();
		req.set = set;
		st = open_fields(set, desk, l, &match, err);
	}
	snprintf(out->act, sizeof(out->act), "%s", req.act);
	if (st == TK_OK && (st = tk_act(tx, desk, &req, &done, err)) == TK_OK) {
		snprintf(out->ticket, sizeof(out->ticket), "%s", done.id);
		snprintf(out->message, sizeof(out->message), "%s",
		    done.message);
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
