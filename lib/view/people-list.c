/* people-list - staff and clients, a line for each. */
#include "view/people.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "view/table.h"

static void
add_joined(struct tk_table *t, const struct tk_strv *l, enum tk_style style)
{
	struct tk_str s = TK_STR_INIT;
	size_t i;

	for (i = 0; i < l->n; i++)
		tk_str_addf(&s, "%s%s", i > 0 ? "," : "", l->v[i]);
	tk_table_add(t, s.data, style);
	tk_str_clear(&s);
}

/* What is piped on to other commands is data only. */
static void
print_table(FILE *to, struct tk_table *t)
{
	struct tk_table_how how = tk_table_how();

	how.no_header = !tk_term_is_there();
	tk_table_print(to, t, &how);
	tk_table_free(t);
}

static void
staff_table(FILE *to, const struct tk_staff *staff, bool all)
{
	const struct tk_column columns[] = { { .title = _("ID") },
		{ .title = _("NAME"), .flexible = true },
		{ .title = _("MAIL") }, { .title = _("ROLES") },
		{ .title = _("QUEUES") }, { .title = _("LANGUAGE") } };
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	size_t i;

	for (i = 0; i < staff->n; i++) {
		const struct tk_person *p = &staff->v[i];
		enum tk_style style = p->active ? TK_PLAIN : TK_DIM;

		if (!p->active && !all)
			continue;
		tk_table_add(t, p->id, style);
		tk_table_add(t, p->name, style);
		tk_table_add(t, p->mail.n > 0 ? p->mail.v[0] : NULL, style);
		if (p->active)
			add_joined(t, &p->roles, style);
		else
			tk_table_add(t, _("(left)"), style);
		add_joined(t, &p->queues, style);
		tk_table_add(t, p->language, style);
	}
	print_table(to, t);
}

static void
clients_table(FILE *to, const struct tk_clients *clients, bool all)
{
	const struct tk_column columns[] = { { .title = _("ID") },
		{ .title = _("NAME"), .flexible = true },
		{ .title = _("DOMAINS") }, { .title = _("CONTACT") },
		{ .title = _("CONTRACT") }, { .title = _("LANGUAGE") } };
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_str contact = TK_STR_INIT;
	size_t i;

	for (i = 0; i < clients->n; i++) {
		const struct tk_client *c = &clients->v[i];
		enum tk_style style = c->active ? TK_PLAIN : TK_DIM;

		if (!c->active && !all)
			continue;
		tk_str_reset(&contact);
		if (c->n_contacts > 0)
			tk_contact_text(&contact, &c->contact[0]);
		tk_table_add(t, c->id, style);
		tk_table_add(t, c->name, style);
		add_joined(t, &c->domains, style);
		tk_table_add(t, contact.data, style);
		tk_table_add(t, c->active ? c->sla : _("(left)"), style);
		tk_table_add(t, c->language, style);
	}
	tk_str_clear(&contact);
	print_table(to, t);
}

void
tk_staff_list(FILE *to, const struct tk_staff *staff, bool all, bool json)
{
	size_t i;

	for (i = 0; json && i < staff->n; i++)
		if (staff->v[i].active || all)
			tk_people_print(to,
			    tk_people_json(staff->v[i].id, staff->v[i].file));
	if (!json)
		staff_table(to, staff, all);
}

void
tk_clients_list(FILE *to, const struct tk_clients *clients, bool all, bool json)
{
	size_t i;

	for (i = 0; json && i < clients->n; i++)
		if (clients->v[i].active || all)
			tk_people_print(to,
			    tk_people_json(
				clients->v[i].id, clients->v[i].file));
	if (!json)
		clients_table(to, clients, all);
}

static void
print_hit(FILE *to, const struct tk_client_hit *h)
{
	struct tk_json *j = tk_json_object();

	tk_json_set_str(j, "id", h->client->id);
	tk_json_set_str(j, "name", h->client->name);
	tk_json_set_bool(j, "active", h->client->active);
	if (h->contact != NULL)
		tk_json_set(j, "contact", tk_contact_json(h->contact));
	tk_people_print(to, j);
}

void
tk_clients_found(FILE *to, const struct tk_client_hits *hits, bool json)
{
	const struct tk_column columns[] = { { .title = _("ID") },
		{ .title = _("NAME"), .flexible = true },
		{ .title = _("CONTACT") } };
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_str contact = TK_STR_INIT;
	const struct tk_client_hit *h;
	size_t i;

	for (i = 0; i < hits->n; i++) {
		h = &hits->v[i];
		if (json) {
			print_hit(to, h);
			continue;
		}
		tk_str_reset(&contact);
		if (h->contact != NULL)
			tk_contact_text(&contact, h->contact);
		tk_table_add(t, h->client->id, TK_BOLD);
		tk_table_add(t, h->client->name, TK_PLAIN);
		tk_table_add(t, contact.data, TK_PLAIN);
	}
	print_table(to, t);
	tk_str_clear(&contact);
}
