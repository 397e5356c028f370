/* open - a ticket opened by hand. */
#include "act/open.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "mail/letter.h"
#include "model/people-find.h"

#define PHONE_MIN 7 /* digits; fewer are an extension, or a slip */

static struct tk_yaml *
new_checklist(const struct tk_strv *texts)
{
	struct tk_yaml *list = tk_yaml_list(), *item;
	size_t i;

	for (i = 0; i < texts->n; i++) {
		item = tk_yaml_map();
		tk_yaml_set_str(item, "text", texts->v[i]);
		tk_yaml_set_bool(item, "done", false);
		tk_yaml_add(list, item);
	}
	return list;
}

enum tk_status
tk_open_fields(struct tk_yaml *set, const struct tk_regulation *reg,
    const char *type, const char *queue, const char *priority,
    const char *category, struct tk_err *err)
{
	const struct tk_process *p;
	const struct tk_queue *q;
	struct tk_str names = TK_STR_INIT;

	type = type != NULL ? type : reg->default_type;
	queue = queue != NULL ? queue : reg->default_queue;
	p = tk_process_find(reg, type);
	if (p == NULL) {
		tk_regulation_names(&names, reg, "type");
		(void)tk_fail(err, TK_EINPUT,
		    _("no process \"%s\"; there are: %s"), type, names.data);
		tk_str_clear(&names);
		return TK_EINPUT;
	}
	q = tk_queue_find(reg, queue);
	tk_yaml_set_str(set, "type", type);
	tk_yaml_set_str(set, "state", p->initial);
	tk_yaml_set_str(set, "queue", queue);
	if (q != NULL && q->line > 0)
		tk_yaml_set_int(set, "line", q->line);
	tk_yaml_set_str(set, "priority",
	    priority != NULL ? priority : reg->default_priority);
	tk_yaml_set_str(set, "category", category);
	if (p->checklist.n > 0)
		tk_yaml_set(set, "checklist", new_checklist(&p->checklist));
	return TK_OK;
}

/* The address of "Имя <a@b>", or NULL: a name or a phone number. */
static char *
address_of(const char *text)
{
	struct tk_addresses a = { NULL, 0, 0 };
	char *addr = NULL;

	tk_addresses_parse(&a, text);
	if (a.n > 0 && tk_address_valid(a.v[0].addr))
		addr = tk_strf("%s", a.v[0].addr);
	tk_addresses_clear(&a);
	return addr;
}

/* The number that the telephone showed, at the end of what was typed: "044
 * 123-45-67", "Ivan, 0441234567"; or NULL. */
static const char *
number_in(const char *text)
{
	const char *p = text + strlen(text), *q;
	size_t digits = 0;

	while (p > text && strchr("0123456789+-() ./", p[-1]) != NULL)
		p--;
	for (q = p; *q != '\0'; q++)
		digits += *q >= '0' && *q <= '9';
	return digits < PHONE_MIN ? NULL : p;
}

static const struct tk_client *
client_by_phone(const struct tk_clients *clients, const char *number)
{
	const struct tk_client *c = NULL;
	struct tk_client_hits hits;
	size_t i;

	tk_clients_search(&hits, clients, number);
	for (i = 0; i < hits.n; i++) {
		if (!hits.v[i].client->active)
			continue;
		if (c != NULL && c != hits.v[i].client)
			break; /* two have it: somebody must say which */
		c = hits.v[i].client;
	}
	if (i < hits.n)
		c = NULL;
	free(hits.v);
	return c;
}

static void
take_client(struct tk_yaml *set, const struct tk_client *c)
{
	if (c == NULL)
		return;
	tk_yaml_set_str(set, "client", c->id);
	tk_yaml_set_str(set, "sla", c->sla);
}

static enum tk_status
set_caller(struct tk_yaml *set, struct tk_desk *desk, const char *number,
    struct tk_err *err)
{
	struct tk_clients few;
	enum tk_status st;

	st = tk_desk_clients_by_phone(&few, desk, number, err);
	if (st == TK_OK)
		take_client(set, client_by_phone(&few, number));
	else if (st == TK_ENOENT &&
	    (st = tk_desk_load_clients(desk, err)) == TK_OK)
		take_client(set, client_by_phone(&desk->clients, number));
	tk_clients_clear(&few);
	return st;
}

static enum tk_status
set_client(struct tk_yaml *set, struct tk_desk *desk,
    const struct tk_open *open, const char *addr, struct tk_err *err)
{
	const struct tk_client *c = NULL;
	enum tk_status st;

	if (open->client != NULL) {
		st = tk_desk_load_client(desk, open->client, err);
		if (st != TK_OK)
			return st;
		c = tk_clients_find(&desk->clients, open->client);
		if (c == NULL || !c->active)
			return tk_fail(err, TK_EINPUT,
			    c == NULL ? _("no client \"%s\"; see tk client")
				      : _("%s is not a client any more; see tk "
					  "client"),
			    open->client);
	} else if (addr != NULL) {
		if ((st = tk_desk_client_of(&c, desk, addr, err)) != TK_OK)
			return st;
	} else if (open->requester != NULL &&
	    number_in(open->requester) != NULL) {
		return set_caller(set, desk, number_in(open->requester), err);
	}
	take_client(set, c);
	return TK_OK;
}

static const char *
kind_of(const char *channel)
{
	static const char *const kinds[][2] = { { "phone", "call" },
		{ "chat", "chat" }, { "visit", "visit" } };
	size_t i;

	for (i = 0; i < 3; i++)
		if (strcmp(channel, kinds[i][0]) == 0)
			return kinds[i][1];
	return "request";
}

static enum tk_status
put(struct tk_tx *tx, struct tk_desk *desk, const struct tk_open *open,
    struct tk_yaml *set, struct tk_done *done, struct tk_err *err)
{
	const char *channel = tk_yaml_str(set, "channel");
	struct tk_message m = { .kind = NULL };
	struct tk_str raw = TK_STR_INIT;
	struct tk_request req = { .act = "open",
		.actor = open->actor,
		.set = set,
		.msg = &m,
		.at = tk_now() };
	enum tk_status st = TK_OK;

	m.kind = tk_strf("%s", kind_of(channel));
	m.channel = tk_strf("%s", channel);
	if (open->requester != NULL)
		m.from = tk_strf("%s", open->requester);
	m.subject = tk_strf("%s", open->subject);
	m.text = tk_strf("%s", open->text);
	if (open->files != NULL && open->files->n > 0) {
		st = tk_note_letter(&raw, &m, open->files, req.at, err);
		req.raw = &raw;
	}
	if (st == TK_OK)
		st = tk_act(tx, desk, &req, done, err);
	tk_str_clear(&raw);
	tk_message_clear(&m);
	return st;
}

enum tk_status
tk_open_act(struct tk_tx *tx, struct tk_desk *desk, const struct tk_open *open,
    struct tk_done *done, struct tk_err *err)
{
	struct tk_yaml *set = tk_yaml_map();
	char *addr =
	    open->requester != NULL ? address_of(open->requester) : NULL;
	struct tk_done acked;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_open_fields(set, desk->reg, open->type, open->queue,
		 open->priority, open->category, err)) != TK_OK ||
	    (st = set_client(set, desk, open, addr, err)) != TK_OK)
		goto out;
	tk_yaml_set_str(set, "subject", open->subject);
	tk_yaml_set_str(
	    set, "channel", open->channel != NULL ? open->channel : "phone");
	tk_yaml_set_str(set, "requester", open->requester);
	tk_yaml_set_str(set, "assignee", open->assignee);
	/* What the program does by itself is the gate's to do: a clone's would
	 * not be taken when it is pushed. */
	if (open->ack && !desk->is_gate) {
		st = tk_fail(err, TK_EREFUSED,
		    _("--ack: only the gate acknowledges; tk reply writes "
		      "from a clone"));
		goto out;
	}
	if (open->ack && addr == NULL) {
		st = tk_fail(
		    err, TK_EINPUT, _("--ack: the requester has no address"));
		goto out;
	}
	st = put(tx, desk, open, set, done, err);
	if (st == TK_OK && open->ack)
		st = tk_ack_act(tx, desk, done->id, addr,
		    desk->reg->ack_template != NULL ? desk->reg->ack_template
						    : "ack",
		    NULL, &acked, err);
out:
	tk_yaml_free(set);
	free(addr);
	return st;
}
