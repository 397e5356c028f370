/* render - letters and ready answers with a ticket's values filled in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/letter.h"
#include "act/rating.h"
#include "act/told.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/zone.h"
#include "mail/letter.h"
#include "view/template.h"

static const struct tk_client *
client_of(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const char *id = tk_ticket_get(t, "client");

	return id != NULL ? tk_clients_find(&desk->clients, id) : NULL;
}

const char *
tk_letter_language(const struct tk_desk *desk, const struct tk_ticket *t)
{
	const struct tk_client *c = client_of(desk, t);
	const struct tk_queue *q =
	    tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	const char *own = tk_ticket_get(t, "language");

	if (c != NULL && c->language != NULL)
		return c->language;
	if (own != NULL && tk_name_valid(own))
		return own;
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
    const struct tk_ticket *t, const struct tk_actor *actor)
{
	const struct tk_queue *q =
	    tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	const char *signature = q != NULL
	    ? tk_by_language_pick(
		  &q->signature, tk_letter_language(desk, t), desk->language)
	    : NULL;
	const struct tk_var vars[] = {
		{ "actor.name", actor->kind == TK_ACTOR_TK ? "" : actor->name },
		{ "desk.name", desk->name },
		{ "desk.address", desk->address },
		{ "queue.name", q != NULL ? q->name : "" },
	};
	struct tk_err err = TK_ERR_INIT;

	/* A signature with a slip in it must not keep an answer back. */
	if (signature != NULL &&
	    tk_template_render(out, signature, "signature", vars,
		TK_COUNT(vars), &err) != TK_OK)
		err.text[0] = '\0';
}

/* The clock on the client's wall, where his file says which it is. */
static const char *
client_zone(const struct tk_desk *desk, const struct tk_client *c)
{
	const char *zone = c != NULL ? tk_yaml_str(c->file, "timezone") : NULL;

	return zone != NULL && tk_zone_exists(zone) ? zone : desk->timezone;
}

#define TIMES 5 /* due.* and promised, and which of the former is next */

/* A time in the field, or in a map that it is. */
static int64_t
time_of(const struct tk_yaml *map, const char *key)
{
	const char *text = tk_yaml_str(map, key);
	int64_t at;

	return text != NULL && tk_date_parse(&at, text) ? at : 0;
}

static void
fill_times(struct tk_str *out, const struct tk_desk *desk,
    const struct tk_ticket *t, const struct tk_client *c, const char *language)
{
	const struct tk_yaml *due = tk_ticket_node(t, "due");
	const int64_t at[] = { time_of(due, "response"), time_of(due, "update"),
		time_of(due, "resolution"),
		time_of(tk_ticket_head(t), "promised") };
	int64_t next = 0;
	size_t i;

	for (i = 0; i < TIMES; i++)
		tk_str_init(&out[i]);
	for (i = 0; i < TK_COUNT(at); i++) {
		if (at[i] > 0)
			tk_told_time(
			    &out[i], at[i], language, client_zone(desk, c));
		if (i < 3 && at[i] > 0 && (next == 0 || at[i] < next))
			next = at[i];
	}
	if (next > 0)
		tk_told_time(&out[4], next, language, client_zone(desk, c));
}

static bool
is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

enum tk_status
tk_render(struct tk_str *subject, struct tk_str *body, struct tk_desk *desk,
    const struct tk_ticket *t, const struct tk_actor *actor,
    const char *template_name, const char *text, struct tk_err *err)
{
	const struct tk_queue *q;
	const struct tk_client *c;
	const char *language;
	struct tk_str source = TK_STR_INIT, signature = TK_STR_INIT;
	struct tk_str links = TK_STR_INIT;
	char scale[12];
	struct tk_str times[TIMES];
	char *name = NULL, *first = NULL;
	enum tk_status st;
	size_t i;

	if ((st = tk_desk_load_client(desk, tk_ticket_get(t, "client"), err)) !=
	    TK_OK)
		return st;
	q = tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	c = client_of(desk, t);
	language = tk_letter_language(desk, t);
	/* People's answers are signed anyway, and once is enough. */
	if (actor->kind == TK_ACTOR_TK)
		tk_render_signature(&signature, desk, t, actor);
	split_name(&name, &first, tk_ticket_get(t, "requester"));
	fill_times(times, desk, t, c, language);
	tk_rating_links(&links, desk, t);
	snprintf(scale, sizeof(scale), "%d", desk->reg->rating_scale);
	const struct tk_var vars[] = {
		{ "ticket.id", tk_ticket_id(t) },
		{ "ticket.subject", tk_ticket_get(t, "subject") },
		{ "ticket.state", tk_ticket_get(t, "state") },
		{ "ticket.priority", tk_ticket_get(t, "priority") },
		{ "ticket.queue", tk_ticket_get(t, "queue") },
		{ "ticket.resolution", tk_ticket_get(t, "resolution") },
		{ "ticket.due", times[4].data },
		{ "due.response", times[0].data },
		{ "due.update", times[1].data },
		{ "due.resolution", times[2].data },
		{ "promised", times[3].data },
		{ "client.name", c != NULL ? c->name : "" },
		{ "requester.name", name },
		{ "requester.first", first },
		{ "desk.name", desk->name },
		{ "desk.address", desk->address },
		{ "queue.name", q != NULL ? q->name : "" },
		{ "queue.address", tk_desk_queue_address(desk, q) },
		{ "queue.signature", signature.data },
		{ "complaint.name",
		    tk_by_language_pick(
			&desk->reg->complaint_name, language, desk->language) },
		{ "complaint.address", complaint_address(desk) },
		{ "actor.name", actor->name },
		{ "link.mailto", tk_desk_queue_address(desk, q) },
		{ "rating.links", links.data },
		{ "rating.scale", scale },
		{ "text", is_blank(text) ? NULL : text },
	};
	st = tk_desk_template(desk, &source, language, template_name, err);
	if (st == TK_OK && text != NULL && is_blank(text) &&
	    tk_template_needs(source.data, "text"))
		st = tk_fail(err, TK_EINPUT,
		    _("the template %s needs a text: -m"), template_name);
	if (st == TK_OK)
		st = tk_template_letter(subject, body, source.data,
		    template_name, vars, TK_COUNT(vars), err);
	for (i = 0; i < TIMES; i++)
		tk_str_clear(&times[i]);
	tk_str_clear(&links);
	tk_str_clear(&signature);
	tk_str_clear(&source);
	free(name);
	free(first);
	return st;
}
