/* people - staff and clients, as their files say. */
#include "model/people.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"

static char *
dup_or(const struct tk_yaml *y, const char *key, const char *def)
{
	const char *text = tk_yaml_str(y, key);

	return tk_strdup(text != NULL ? text : def);
}

enum tk_status
tk_staff_add(struct tk_staff *s, const char *id, const char *data, size_t len,
    const char *path, struct tk_err *err)
{
	struct tk_person *p;
	struct tk_yaml *y;
	enum tk_status st;

	if ((st = tk_yaml_read(&y, data, len, path, err)) != TK_OK)
		return st;
	TK_GROW(s->v, s->n, s->cap);
	p = &s->v[s->n++];
	memset(p, 0, sizeof(*p));
	p->id = tk_strdup(id);
	p->name = dup_or(y, "name", id);
	p->language = dup_or(y, "language", NULL);
	p->login = dup_or(y, "login", NULL);
	p->active = tk_yaml_bool(y, "active", true);
	if (tk_yaml_str(y, "since") != NULL &&
	    !tk_date_parse(&p->since, tk_yaml_str(y, "since")))
		p->since = 0;
	tk_yaml_strv(y, "mail", &p->mail);
	tk_yaml_strv(y, "roles", &p->roles);
	tk_yaml_strv(y, "queues", &p->queues);
	p->file = y;
	return TK_OK;
}

enum tk_status
tk_staff_add_acks(struct tk_staff *s, const char *id, const char *data,
    size_t len, const char *path, struct tk_err *err)
{
	const struct tk_yaml *list, *e;
	struct tk_person *p = NULL;
	struct tk_yaml *y;
	enum tk_status st;
	int64_t at;
	size_t i;
	int version;

	if ((st = tk_yaml_read(&y, data, len, path, err)) != TK_OK)
		return st;
	for (i = 0; i < s->n; i++)
		if (strcmp(s->v[i].id, id) == 0)
			p = &s->v[i];
	list = tk_yaml_get(y, "acks");
	for (i = 0; p != NULL && list != NULL && i < list->n; i++) {
		e = list->item[i];
		version = (int)tk_yaml_int(e, "version", 0);
		if (version > p->acked && tk_yaml_str(e, "at") != NULL &&
		    tk_date_parse(&at, tk_yaml_str(e, "at"))) {
			p->acked = version;
			p->acked_at = at;
		}
	}
	tk_yaml_free(y);
	return TK_OK;
}

const struct tk_person *
tk_staff_find(const struct tk_staff *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (strcmp(s->v[i].id, id) == 0)
			return &s->v[i];
	return NULL;
}

const struct tk_person *
tk_staff_by_login(const struct tk_staff *s, const char *login)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->v[i].login != NULL && strcmp(s->v[i].login, login) == 0)
			return &s->v[i];
	return NULL;
}

static bool
has_mail(const struct tk_strv *l, const char *mail)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (tk_strcaseeq(l->v[i], mail))
			return true;
	return false;
}

const struct tk_person *
tk_staff_by_mail(const struct tk_staff *s, const char *mail)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (has_mail(&s->v[i].mail, mail))
			return &s->v[i];
	return NULL;
}

void
tk_staff_clear(struct tk_staff *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		free(s->v[i].id);
		free(s->v[i].name);
		free(s->v[i].language);
		free(s->v[i].login);
		tk_strv_clear(&s->v[i].mail);
		tk_strv_clear(&s->v[i].roles);
		tk_strv_clear(&s->v[i].queues);
		tk_yaml_free(s->v[i].file);
	}
	free(s->v);
	memset(s, 0, sizeof(*s));
}

static void
read_contacts(struct tk_client *c, const struct tk_yaml *list)
{
	struct tk_contact *k;
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++) {
		TK_GROW(c->contact, c->n_contacts, c->contacts_cap);
		k = &c->contact[c->n_contacts++];
		memset(k, 0, sizeof(*k));
		k->name = dup_or(list->item[i], "name", "");
		tk_yaml_strv(list->item[i], "mail", &k->mail);
		tk_yaml_strv(list->item[i], "phone", &k->phone);
	}
}

static void
forget_keys(struct tk_clients *cs)
{
	free(cs->mail);
	free(cs->domain);
	cs->mail = cs->domain = NULL;
	cs->n_mails = cs->n_domains = 0;
}

enum tk_status
tk_clients_add(struct tk_clients *cs, const char *id, const char *data,
    size_t len, const char *path, struct tk_err *err)
{
	struct tk_client *c;
	struct tk_yaml *y;
	enum tk_status st;

	if ((st = tk_yaml_read(&y, data, len, path, err)) != TK_OK)
		return st;
	forget_keys(cs);
	TK_GROW(cs->v, cs->n, cs->cap);
	c = &cs->v[cs->n++];
	memset(c, 0, sizeof(*c));
	c->id = tk_strdup(id);
	c->name = dup_or(y, "name", id);
	c->language = dup_or(y, "language", NULL);
	c->sla = dup_or(tk_yaml_get(y, "contract"), "sla", NULL);
	c->active = tk_yaml_bool(y, "active", true);
	tk_yaml_strv(y, "domains", &c->domains);
	read_contacts(c, tk_yaml_get(y, "contacts"));
	c->file = y;
	return TK_OK;
}

const struct tk_client *
tk_clients_find(const struct tk_clients *cs, const char *id)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		if (strcmp(cs->v[i].id, id) == 0)
			return &cs->v[i];
	return NULL;
}

/* In any case of letters; of equal ones the first client comes first. */
static int
by_key(const void *a, const void *b)
{
	const struct tk_client_key *x = a, *y = b;
	int cmp = strcasecmp(x->text, y->text);

	return cmp != 0 ? cmp
			: (x->client > y->client) - (x->client < y->client);
}

static void
add_keys(struct tk_client_key **v, size_t *n, size_t *cap,
    const struct tk_strv *texts, size_t client)
{
	size_t i;

	for (i = 0; i < texts->n; i++) {
		*v = tk_more(*v, *n, cap, sizeof(**v));
		(*v)[*n].text = texts->v[i];
		(*v)[(*n)++].client = client;
	}
}

void
tk_clients_sort(struct tk_clients *cs)
{
	size_t mails = 0, domains = 0, i, k;

	forget_keys(cs);
	for (i = 0; i < cs->n; i++) {
		for (k = 0; k < cs->v[i].n_contacts; k++)
			add_keys(&cs->mail, &cs->n_mails, &mails,
			    &cs->v[i].contact[k].mail, i);
		add_keys(&cs->domain, &cs->n_domains, &domains,
		    &cs->v[i].domains, i);
	}
	if (cs->n_mails > 0)
		qsort(cs->mail, cs->n_mails, sizeof(*cs->mail), by_key);
	if (cs->n_domains > 0)
		qsort(cs->domain, cs->n_domains, sizeof(*cs->domain), by_key);
}

static const struct tk_client *
find_key(const struct tk_clients *cs, const struct tk_client_key *v, size_t n,
    const char *text)
{
	size_t from = 0, to = v != NULL ? n : 0, at;

	while (from < to) {
		at = from + (to - from) / 2;
		if (strcasecmp(v[at].text, text) < 0)
			from = at + 1;
		else
			to = at;
	}
	return v != NULL && from < n && tk_strcaseeq(v[from].text, text)
	    ? &cs->v[v[from].client]
	    : NULL;
}

const struct tk_client *
tk_clients_by_mail(const struct tk_clients *cs, const char *mail)
{
	const char *at = strrchr(mail, '@');
	const struct tk_client *c;
	size_t i, k;

	if (cs->mail != NULL || cs->domain != NULL) {
		c = find_key(cs, cs->mail, cs->n_mails, mail);
		return c != NULL || at == NULL
		    ? c
		    : find_key(cs, cs->domain, cs->n_domains, at + 1);
	}
	for (i = 0; i < cs->n; i++)
		for (k = 0; k < cs->v[i].n_contacts; k++)
			if (has_mail(&cs->v[i].contact[k].mail, mail))
				return &cs->v[i];
	for (i = 0; at != NULL && i < cs->n; i++)
		if (has_mail(&cs->v[i].domains, at + 1))
			return &cs->v[i];
	return NULL;
}

void
tk_clients_clear(struct tk_clients *cs)
{
	struct tk_client *c;
	size_t i, k;

	for (i = 0; i < cs->n; i++) {
		c = &cs->v[i];
		for (k = 0; k < c->n_contacts; k++) {
			free(c->contact[k].name);
			tk_strv_clear(&c->contact[k].mail);
			tk_strv_clear(&c->contact[k].phone);
		}
		free(c->contact);
		free(c->id);
		free(c->name);
		free(c->language);
		free(c->sla);
		tk_strv_clear(&c->domains);
		tk_yaml_free(c->file);
	}
	forget_keys(cs);
	free(cs->v);
	memset(cs, 0, sizeof(*cs));
}

void
tk_person_write(struct tk_str *out, struct tk_yaml *file)
{
	static const char *const order[] = { "name", "mail", "phone", "roles",
		"queues", "lines", "skills", "language", "keys", "active",
		"login", "since", "notify", NULL };

	tk_yaml_order(file, order);
	tk_yaml_write(out, file);
}

void
tk_client_write(struct tk_str *out, struct tk_yaml *file)
{
	static const char *const order[] = { "name", "domains", "language",
		"contacts", "contract", "sites", "active", "retired",
		NULL };

	tk_yaml_order(file, order);
	tk_yaml_write(out, file);
}
