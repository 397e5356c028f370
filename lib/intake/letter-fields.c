/* letter-fields - what a letter says, as fields of a ticket. */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include "desk/letter-message.h"
#include "intake/letter-fields.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "act/open.h"
#include "base/utf8.h"
#include "desk/ticket.h"
#include "intake/mail-commands.h"
#include "mail/language.h"

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
	    fnmatch(r->from, tk_letter_sender(l)->addr, FNM_CASEFOLD) != 0)
		return false;
	if (r->subject != NULL && !word_in(l->subject, r->subject))
		return false;
	if (r->client != NULL && (c == NULL || strcmp(r->client, c->id) != 0))
		return false;
	return fits;
}

/* A monitoring rule, then a queue's own address, then the first route that
 * fits. */
static enum tk_status
route(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_client *c,
    const struct tk_sender_rule *monitor, struct tk_err *err)
{
	const struct tk_regulation *reg = desk->reg;
	static const struct tk_route none;
	const struct tk_route *r = &none;
	const struct tk_queue *q = tk_match_queue(desk, l);
	const char *queue = q != NULL ? q->id : NULL;
	size_t i;

	for (i = 0; i < reg->n_routes && r == &none; i++)
		if (route_fits(&reg->route[i], l, c))
			r = &reg->route[i];
	if (r->queue != NULL)
		queue = r->queue;
	if (monitor == NULL)
		return tk_open_fields(set, reg, r->type, queue, r->priority,
		    r->category, err);
	return tk_open_fields(set, reg,
	    monitor->type != NULL ? monitor->type : r->type,
	    monitor->queue != NULL ? monitor->queue : queue,
	    monitor->priority != NULL ? monitor->priority : r->priority,
	    monitor->category != NULL ? monitor->category : r->category, err);
}

/* support+TK-1.token@firma.example is us, too (RFC 5233). */
bool
tk_desk_is_plus(const struct tk_desk *desk, const char *addr)
{
	const char *at = strrchr(desk->address, '@');
	char *glob = tk_strf("%.*s+*%s",
	    (int)(at != NULL ? at - desk->address : 0), desk->address,
	    at != NULL ? at : "");
	bool is = fnmatch(glob, addr, FNM_CASEFOLD) == 0;

	free(glob);
	return is;
}

#define CC_MAX 20 /* people; a letter to a whole list does not make them all
		   * participants */

static bool
knows(const struct tk_strv *l, const char *addr)
{
	struct tk_addresses a = { NULL, 0, 0 };
	bool is = false;
	size_t i;

	for (i = 0; i < l->n; i++)
		tk_addresses_parse(&a, l->v[i]);
	for (i = 0; i < a.n; i++)
		is = is || tk_strcaseeq(a.v[i].addr, addr);
	tk_addresses_clear(&a);
	return is;
}

static void
add_cc(struct tk_strv *cc, const struct tk_strv *known,
    const struct tk_desk *desk, const struct tk_address *a)
{
	/* Colleagues read the ticket itself. */
	if (tk_staff_by_mail(&desk->staff, a->addr) != NULL)
		return;
	if (cc->n < CC_MAX && tk_address_valid(a->addr) &&
	    !tk_desk_is_ours(desk, a->addr) && !tk_desk_is_plus(desk, a->addr) &&
	    !knows(known, a->addr) && !knows(cc, a->addr))
		tk_strv_add_own(cc, tk_address_text(a));
}

/* Everybody who wrote or got the letter and is neither us nor the requester
 * takes part from now on; people once there stay. */
static void
set_cc(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l, const char *requester,
    const struct tk_strv *before)
{
	const struct tk_addresses *lists[] = { &l->from, &l->to, &l->cc };
	struct tk_strv known = TK_STRV_INIT, cc = TK_STRV_INIT;
	size_t i, k;

	tk_strv_add(&known, requester != NULL ? requester : "");
	tk_strv_copy(&cc, before);
	for (i = 0; i < 3; i++)
		for (k = 0; k < lists[i]->n; k++)
			add_cc(&cc, &known, desk, &lists[i]->v[k]);
	if (cc.n > before->n)
		tk_yaml_set_strv(set, "cc", &cc);
	tk_strv_clear(&known);
	tk_strv_clear(&cc);
}

/* A colleague of the requester joins the conversation by answering. */
enum tk_status
tk_letter_answer_fields(struct tk_yaml *set, struct tk_tx *tx,
    struct tk_desk *desk, const struct tk_letter *l, const char *id,
    struct tk_err *err)
{
	struct tk_strv before = TK_STRV_INIT;
	struct tk_ticket *t = NULL;
	enum tk_status st;
	bool may;

	/* A Message-ID is no secret. A stranger who quotes one is heard, but
	 * gets no copies of what is written next, nor does anybody else. */
	st = tk_match_belongs(
	    &may, tx, desk, tk_letter_sender(l)->addr, id, err);
	if (st != TK_OK || !may)
		return st;
	if ((st = tk_tx_ticket(&t, tx, id, err)) != TK_OK)
		return st;
	tk_yaml_strv(tk_ticket_head(t), "cc", &before);
	if (tk_staff_by_mail(&desk->staff, tk_letter_sender(l)->addr) == NULL)
		set_cc(set, desk, l, tk_ticket_get(t, "requester"), &before);
	tk_strv_clear(&before);
	tk_ticket_free(t);
	return TK_OK;
}

/* Whose matter it is: a colleague who hands on a letter, as a file or with
 * "#from" above it, does not become the client. */
static struct tk_address
requester_of(const struct tk_letter *l, const struct tk_sender *sender,
    struct tk_addresses *from)
{
	struct tk_mail_commands c;
	const char *arg;

	if (sender->staff != NULL &&
	    (sender->is_verified || !sender->has_judge)) {
		tk_mail_commands_parse(&c, l->text.data);
		if ((arg = tk_mail_commands_get(&c, "from")) != NULL)
			tk_addresses_parse(from, arg);
		tk_mail_commands_clear(&c);
		if (from->n > 0 && tk_address_valid(from->v[0].addr))
			return from->v[0];
		if (l->inner_from.n > 0 &&
		    tk_address_valid(l->inner_from.v[0].addr))
			return l->inner_from.v[0];
	}
	if (l->reply_to.n > 0 && tk_address_valid(l->reply_to.v[0].addr))
		return l->reply_to.v[0];
	return *tk_letter_sender(l);
}

static void
set_follows(struct tk_yaml *set, const char *id)
{
	struct tk_yaml *links = tk_yaml_list(), *link = tk_yaml_map();

	tk_yaml_set_str(link, "follows", id);
	tk_yaml_add(links, link);
	tk_yaml_set(set, "links", links);
}

/* Who has no language set is written to as he writes, where that is certain
 * and another one than he would get anyway. */
static void
set_language(struct tk_yaml *set, const struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_client *c)
{
	const struct tk_queue *q = tk_queue_find(
	    desk->reg, tk_yaml_str(set, "queue"));
	const char *usual = q != NULL && q->language != NULL ? q->language
							     : desk->language;
	char *text = tk_strf("%s\n%s", l->subject, l->text.data);
	const char *is = tk_language_of(text);

	if (is != NULL && strcmp(is, usual) != 0 &&
	    (c == NULL || c->language == NULL))
		tk_yaml_set_str(set, "language", is);
	free(text);
}

enum tk_status
tk_letter_open_fields(struct tk_yaml *set, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_match *match,
    const struct tk_sender *sender, struct tk_err *err)
{
	struct tk_addresses from = { NULL, 0, 0 };
	struct tk_address who = requester_of(l, sender, &from);
	static const struct tk_strv none;
	char *requester = tk_address_text(&who), *title = tk_letter_title(l);
	const struct tk_client *c;
	enum tk_status st;

	if ((st = tk_desk_client_of(&c, desk,
		 sender->staff != NULL ? who.addr : sender->addr, err)) ==
	    TK_OK)
		st = route(set, desk, l, c, match->monitor, err);

	tk_yaml_set_str(set, "subject", title);
	tk_yaml_set_str(set, "channel", "mail");
	if (c != NULL && c->active) {
		tk_yaml_set_str(set, "client", c->id);
		tk_yaml_set_str(set, "sla", c->sla);
	}
	tk_yaml_set_str(set, "requester", requester);
	if (match->key[0] != '\0')
		tk_yaml_set_str(set, "monitor", match->key);
	if (sender->staff == NULL && match->monitor == NULL)
		set_language(set, desk, l, c);
	if (tk_letter_is_human(desk, l))
		set_cc(set, desk, l, requester, &none);
	if (match->follows[0] != '\0')
		set_follows(set, match->follows);
	tk_addresses_clear(&from);
	free(requester);
	free(title);
	return st;
}
