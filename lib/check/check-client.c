/* check-client - a client's card as tk client would have it. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"
#include "people/client-parting.h"
#include "people/people-check.h"

/* Whom we parted with, when, and why, is said once, by who did it. */
static enum tk_status
check_retired(struct tk_law *l, const char *path, const struct tk_client *old,
    const struct tk_client *now, struct tk_err *err)
{
	const struct tk_yaml *why = tk_yaml_get(now->file, "retired");
	const char *text = tk_yaml_str(why, "why"), *at = tk_yaml_str(why, "at");
	struct tk_client_parting p = { .client = now->id,
		.actor = &l->actor,
		.comment = text != NULL && text[0] != '\0',
		.index = l->index,
		.more = &l->touched };
	struct tk_findings f = { 0 };
	int64_t when = 0;
	enum tk_status st;

	if (old->active == now->active) {
		if (why != NULL &&
		    !tk_yaml_equal(tk_yaml_get(old->file, "retired"), why))
			tk_law_find(l, path, "client", NULL,
			    _("\"retired\" is said once, when it is done"));
		return TK_OK;
	}
	if (now->active)
		return TK_OK;
	st = tk_client_parting_judge(&f, l->desk, &p, err);
	tk_law_find_all(l, path, &f);
	tk_findings_clear(&f);
	if (st == TK_OK && why != NULL &&
	    (!tk_streq(tk_yaml_str(why, "by"), l->actor.id) || at == NULL ||
		!tk_date_parse(&when, at) || when > l->now + TK_LAW_SLACK ||
		when < l->now - l->desk->reg->offline_window))
		tk_law_find(l, path, "client", "tk client retire",
		    _("\"retired\" is by who does it, and of these days"));
	return st;
}

/* What is new in the file is what tk client would have taken. */
static enum tk_status
check_client_set(struct tk_law *l, const struct tk_client *old,
    const struct tk_client *now, struct tk_err *bad)
{
	static const char *const keys[] = { "name", "domains", "language",
		"active" };
	struct tk_yaml *set = tk_yaml_map();
	struct tk_strv contacts = TK_STRV_INIT;
	struct tk_people_change change = { .kind = TK_PEOPLE_CLIENT,
		.verb = old != NULL ? "change" : "add",
		.id = now->id,
		.set = set,
		.contacts = &contacts };
	const struct tk_yaml *value, *was;
	enum tk_status st;
	size_t i;

	for (i = 0; i < TK_COUNT(keys); i++) {
		value = tk_yaml_get(now->file, keys[i]);
		was = old != NULL ? tk_yaml_get(old->file, keys[i]) : NULL;
		if (value != NULL &&
		    (was == NULL || !tk_yaml_equal(value, was)))
			tk_yaml_set(set, keys[i], tk_yaml_copy(value));
	}
	if (now->sla != NULL &&
	    (old == NULL || !tk_streq(now->sla, old->sla)))
		tk_yaml_set_str(set, "contract.sla", now->sla);
	value = tk_yaml_get(now->file, "contacts");
	was = old != NULL ? tk_yaml_get(old->file, "contacts") : NULL;
	if (value != NULL && (was == NULL || !tk_yaml_equal(value, was)))
		for (i = 0; i < now->n_contacts; i++)
			tk_strv_copy(&contacts, &now->contact[i].mail);
	st = tk_people_check_set(l->desk, &change, bad);
	tk_strv_clear(&contacts);
	tk_yaml_free(set);
	return st;
}

enum tk_status
tk_law_client(struct tk_law *l, const char *path, const char *id,
    const struct tk_str *text, struct tk_err *err)
{
	const struct tk_client *old;
	struct tk_clients one = { 0 };
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;

	if ((st = tk_desk_load_clients(l->desk, err)) != TK_OK)
		return st;
	st = tk_clients_add(&one, id, text->data, text->len, path, &bad);
	old = tk_clients_find(&l->desk->clients, id);
	/* A class that has gone since is no fault of the past. */
	if (st == TK_OK && !l->audit)
		st = check_client_set(l, old, &one.v[0], &bad);
	if (st == TK_OK)
		st = tk_people_check_client(l->desk, &one.v[0], &bad);
	if (st != TK_OK) {
		tk_law_find_err(l, path, "client", &bad);
		st = TK_OK;
	} else if (old != NULL) {
		st = check_retired(l, path, old, &one.v[0], err);
	}
	tk_clients_clear(&one);
	return st;
}
