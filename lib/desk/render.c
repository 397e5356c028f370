/* render - letters and ready answers with a ticket's values filled in. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/letter.h"
#include "mail/letter.h"
#include "view/template.h"

/* The language of the client, else of the queue, else of the desk. */
static const char *
language_of(const struct tk_desk *desk, const struct tk_client *c,
    const struct tk_queue *q)
{
	if (c != NULL && c->language != NULL)
		return c->language;
	if (q != NULL && q->language != NULL)
		return q->language;
	return desk->language;
}

static const char *
complaint_address(const struct tk_desk *desk)
{
	const char *own = desk->reg->complaint_address;

	return own != NULL && own[0] != '\0' ? own : desk->address;
}

/* The display name in "Имя <a@b>"; the address where there is none. */
static void
split_name(char **name, char **first, const char *text)
{
	struct tk_addresses a = { NULL, 0, 0 };

	tk_addresses_parse(&a, text != NULL ? text : "");
	*name = tk_strdup(a.n > 0 ? a.v[0].name : "");
	*first = tk_strndup(*name, strcspn(*name, " "));
	tk_addresses_clear(&a);
}

void
tk_render_signature(struct tk_str *out, const struct tk_desk *desk,
    const struct tk_queue *q, const struct tk_actor *actor)
{
	const struct tk_var vars[] = {
		{ "actor.name",
		    actor->kind == TK_ACTOR_TK ? "" : actor->name },
		{ "desk.name", desk->name },
		{ "desk.address", desk->address },
		{ "queue.name", q != NULL ? q->name : "" },
	};
	struct tk_err err = TK_ERR_INIT;

	/* A signature with a slip in it must not keep an answer back. */
	if (q != NULL && q->signature != NULL &&
	    tk_template_render(out, q->signature, "signature", vars,
		TK_COUNT(vars), &err) != TK_OK)
		err.text[0] = '\0';
}

enum tk_status
tk_render(struct tk_str *subject, struct tk_str *body, struct tk_desk *desk,
    const struct tk_ticket *t, const struct tk_actor *actor,
    const char *template_name, const char *text, struct tk_err *err)
{
	const struct tk_queue *q;
	const struct tk_client *c;
	struct tk_str source = TK_STR_INIT, signature = TK_STR_INIT;
	char *name = NULL, *first = NULL;
	enum tk_status st;

	if ((st = tk_desk_load_clients(desk, err)) != TK_OK)
		return st;
	q = tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	c = tk_ticket_get(t, "client") != NULL
	    ? tk_clients_find(&desk->clients, tk_ticket_get(t, "client"))
	    : NULL;
	tk_render_signature(&signature, desk, q, actor);
	split_name(&name, &first, tk_ticket_get(t, "requester"));
	const struct tk_var vars[] = {
		{ "ticket.id", tk_ticket_id(t) },
		{ "ticket.subject", tk_ticket_get(t, "subject") },
		{ "ticket.state", tk_ticket_get(t, "state") },
		{ "ticket.priority", tk_ticket_get(t, "priority") },
		{ "ticket.queue", tk_ticket_get(t, "queue") },
		{ "ticket.resolution", tk_ticket_get(t, "resolution") },
		{ "ticket.due", "" },
		{ "client.name", c != NULL ? c->name : "" },
		{ "requester.name", name },
		{ "requester.first", first },
		{ "desk.name", desk->name },
		{ "desk.address", desk->address },
		{ "queue.name", q != NULL ? q->name : "" },
		{ "queue.address", tk_desk_queue_address(desk, q) },
		{ "queue.signature", signature.data },
		{ "complaint.name", desk->reg->complaint_name },
		{ "complaint.address", complaint_address(desk) },
		{ "actor.name", actor->name },
		{ "link.mailto", tk_desk_queue_address(desk, q) },
		{ "text", text },
	};
	st = tk_desk_template(
	    desk, &source, language_of(desk, c, q), template_name, err);
	if (st == TK_OK)
		st = tk_template_letter(subject, body, source.data,
		    template_name, vars, TK_COUNT(vars), err);
	tk_str_clear(&signature);
	tk_str_clear(&source);
	free(name);
	free(first);
	return st;
}
