/* people - staff and clients changed. */
#include "people/people.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/id.h"
#include "people/client-parting.h"
#include "people/people-check.h"

struct change {
	struct tk_desk *desk;
	const struct tk_people_change *c;
	const struct tk_actor *actor;
	bool changed;
};

static const char *
act_of(const struct change *ch)
{
	return ch->c->kind == TK_PEOPLE_STAFF ? "staff" : "client";
}

static char *
path_of(const struct change *ch)
{
	return tk_strf("%s/%s.yaml",
	    ch->c->kind == TK_PEOPLE_STAFF ? "staff" : "clients", ch->c->id);
}

/* All findings, one line each; they are given back. */
static enum tk_status
refuse(struct tk_findings *f, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	err->text[0] = '\0';
	for (i = 0; i < f->n; i++) {
		tk_err_add_line(err, "%s: %s%s%s", f->v[i].rule, f->v[i].text,
		    f->v[i].remedy != NULL ? "; " : "",
		    f->v[i].remedy != NULL ? f->v[i].remedy : "");
		if (st != TK_EDENIED)
			st = f->v[i].denied ? TK_EDENIED : TK_EREFUSED;
	}
	err->status = st;
	tk_findings_clear(f);
	return st;
}

static enum tk_status
judge(const struct change *ch, struct tk_err *err)
{
	struct tk_findings f = { 0 };

	if (tk_people_is_own_choice(ch->c, ch->actor))
		return TK_OK;
	tk_rules_may(&f, ch->actor, act_of(ch), ch->desk->reg, &ch->desk->staff,
	    tk_now());
	return refuse(&f, err);
}

/* Parting with a client is judged by how it ended, and leaves its reason. */
static enum tk_status
part(const struct change *ch, struct tk_tx *tx, bool was_active,
    struct tk_yaml *file, struct tk_err *err)
{
	bool is_active = tk_yaml_bool(file, "active", true);
	struct tk_findings f = { 0 };
	struct tk_client_parting p = { .client = ch->c->id,
		.actor = ch->actor,
		.comment = ch->c->comment != NULL &&
		    ch->c->comment[0] != '\0',
		.index = tk_tx_index(tx) };
	struct tk_yaml *why;
	enum tk_status st;

	if (ch->c->kind != TK_PEOPLE_CLIENT || was_active == is_active)
		return TK_OK;
	tk_yaml_set(file, "retired", NULL);
	if (is_active)
		return TK_OK;
	st = tk_client_parting_judge(&f, ch->desk, &p, err);
	if (st != TK_OK || (st = refuse(&f, err)) != TK_OK) {
		tk_findings_clear(&f);
		return st;
	}
	why = tk_yaml_map();
	tk_yaml_set_time(why, "at", tk_now());
	tk_yaml_set_str(why, "by", ch->actor->id);
	if (p.comment)
		tk_yaml_set_str(why, "why", ch->c->comment);
	tk_yaml_set(file, "retired", why);
	return TK_OK;
}

/* Dotted keys are of a map within: contract.sla. */
static enum tk_status
set_key(struct tk_yaml *file, const char *key, const struct tk_yaml *value,
    const char *path, struct tk_err *err)
{
	const char *dot = strchr(key, '.');
	struct tk_yaml *map = file;
	char *outer;

	if (dot != NULL) {
		outer = tk_strndup(key, (size_t)(dot - key));
		map = tk_yaml_get(file, outer);
		if (map == NULL && !tk_yaml_is_null(value)) {
			map = tk_yaml_map();
			tk_yaml_set(file, outer, map);
		}
		free(outer);
		key = dot + 1;
	}
	if (map == NULL)
		return TK_OK;
	if (map->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: this must be a map to hold \"%s\""), path,
		    map->line, key);
	tk_yaml_set(
	    map, key, tk_yaml_is_null(value) ? NULL : tk_yaml_copy(value));
	return TK_OK;
}

static bool
has_mail(const struct tk_yaml *contact, const char *mail)
{
	struct tk_strv l = TK_STRV_INIT;
	bool has = false;
	size_t i;

	tk_yaml_strv(contact, "mail", &l);
	for (i = 0; i < l.n && !has; i++)
		has = tk_strcaseeq(l.v[i], mail);
	tk_strv_clear(&l);
	return has;
}

static struct tk_yaml *
find_contact(const struct tk_yaml *list, const char *mail)
{
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (has_mail(list->item[i], mail))
			return list->item[i];
	return NULL;
}

/* The contact of that address says what is new and keeps the rest. */
static enum tk_status
put_contact(struct tk_yaml *file, const char *text, struct tk_err *err)
{
	static const char *const order[] = { "name", "mail", "phone", NULL };
	struct tk_yaml *list = tk_yaml_get(file, "contacts"), *fresh, *old;
	struct tk_strv mail = TK_STRV_INIT;
	enum tk_status st;
	size_t i;

	if ((st = tk_contact_parse(&fresh, text, err)) != TK_OK)
		return st;
	if (list == NULL || list->kind != TK_YAML_LIST) {
		list = tk_yaml_list();
		tk_yaml_set(file, "contacts", list);
	}
	tk_yaml_strv(fresh, "mail", &mail);
	old = find_contact(list, mail.v[0]);
	tk_strv_clear(&mail);
	if (old == NULL) {
		tk_yaml_add(list, fresh);
		return TK_OK;
	}
	for (i = 0; i < fresh->n; i++)
		if (strcmp(fresh->key[i], "mail") != 0)
			tk_yaml_set(
			    old, fresh->key[i], tk_yaml_copy(fresh->item[i]));
	tk_yaml_order(old, order);
	tk_yaml_free(fresh);
	return TK_OK;
}

static enum tk_status
drop_contact(struct tk_yaml *file, const char *mail, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(file, "contacts");
	const struct tk_yaml *gone = find_contact(list, mail);
	struct tk_yaml *rest = tk_yaml_list();
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (list->item[i] != gone)
			tk_yaml_add(rest, tk_yaml_copy(list->item[i]));
	if (gone == NULL) {
		tk_yaml_free(rest);
		return tk_fail(
		    err, TK_ENOENT, _("%s: no contact with %s"), path, mail);
	}
	tk_yaml_set(file, "contacts", rest);
	return TK_OK;
}

static enum tk_status
apply(const struct change *ch, struct tk_yaml *file, const char *path,
    struct tk_err *err)
{
	const struct tk_people_change *c = ch->c;
	enum tk_status st = TK_OK;
	size_t i;

	if (file->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT, _("%s:1: not a map"), path);
	for (i = 0; st == TK_OK && c->set != NULL && i < c->set->n; i++)
		st = set_key(file, c->set->key[i], c->set->item[i], path, err);
	for (i = 0; st == TK_OK && c->gone != NULL && i < c->gone->n; i++)
		st = drop_contact(file, c->gone->v[i], path, err);
	for (i = 0; st == TK_OK && c->contacts != NULL && i < c->contacts->n;
	     i++)
		st = put_contact(file, c->contacts->v[i], err);
	return st;
}

/* As everybody will read it from now on. */
static enum tk_status
check_result(const struct change *ch, const struct tk_str *text,
    const char *path, struct tk_err *err)
{
	struct tk_staff staff = { 0 };
	struct tk_clients clients = { 0 };
	enum tk_status st;

	if (ch->c->kind == TK_PEOPLE_STAFF) {
		st = tk_staff_add(
		    &staff, ch->c->id, text->data, text->len, path, err);
		if (st == TK_OK)
			st = tk_people_check_staff(ch->desk, staff.v, err);
	} else {
		st = tk_clients_add(
		    &clients, ch->c->id, text->data, text->len, path, err);
		if (st == TK_OK)
			st = tk_people_check_client(ch->desk, clients.v, err);
	}
	tk_staff_clear(&staff);
	tk_clients_clear(&clients);
	return st;
}

static enum tk_status
read_file(const struct change *ch, struct tk_tx *tx, struct tk_str *text,
    struct tk_yaml **file, const char *path, struct tk_err *err)
{
	bool add = strcmp(ch->c->verb, "add") == 0;
	enum tk_status st;

	if (add && tk_tx_exists(tx, path))
		return tk_fail(err, TK_EEXIST,
		    _("%s is there already; to change it: tk %s change %s"),
		    path, act_of(ch), ch->c->id);
	if (add) {
		*file = tk_yaml_map();
		tk_yaml_set_bool(*file, "active", true);
		if (ch->c->kind == TK_PEOPLE_STAFF)
			tk_yaml_set_time(*file, "since", tk_now());
		return TK_OK;
	}
	st = tk_tx_read(tx, text, path, err);
	if (st == TK_ENOENT)
		return tk_fail(err, st,
		    ch->c->kind == TK_PEOPLE_STAFF
			? _("nobody on the staff is called \"%s\"")
			: _("no client is called \"%s\""),
		    ch->c->id);
	if (st == TK_OK)
		st = tk_yaml_read(file, text->data, text->len, path, err);
	return st;
}

static enum tk_status
put(const struct change *ch, struct tk_tx *tx, const char *path,
    const struct tk_str *text, struct tk_err *err)
{
	char *commit = tk_strf("%s: %s %s\n\nAct: %s\nActor: %s\n%s: %s\n"
			       "Regulation: %d\n",
	    act_of(ch), ch->c->verb, ch->c->id, act_of(ch), ch->actor->id,
	    ch->c->kind == TK_PEOPLE_STAFF ? "Staff" : "Client", ch->c->id,
	    ch->desk->reg->version);
	enum tk_status st = tk_tx_put(tx, path, text->data, text->len, err);

	if (st == TK_OK)
		st = tk_act_commit(tx, ch->actor, tk_now(), commit, err);
	free(commit);
	return st;
}

static enum tk_status
run(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct change *ch = arg;
	struct tk_str old = TK_STR_INIT, now = TK_STR_INIT;
	struct tk_yaml *file = NULL;
	char *path = path_of(ch);
	enum tk_status st;
	bool active;

	ch->changed = false;
	if ((st = tk_desk_load_clients(ch->desk, err)) != TK_OK ||
	    (st = judge(ch, err)) != TK_OK ||
	    (st = tk_people_check_set(ch->desk, ch->c, err)) != TK_OK ||
	    (st = read_file(ch, tx, &old, &file, path, err)) != TK_OK)
		goto out;
	active = tk_yaml_bool(file, "active", true);
	if ((st = apply(ch, file, path, err)) != TK_OK ||
	    (st = part(ch, tx, active, file, err)) != TK_OK)
		goto out;
	if (ch->c->kind == TK_PEOPLE_STAFF)
		tk_person_write(&now, file);
	else
		tk_client_write(&now, file);
	ch->changed = strcmp(old.data, now.data) != 0;
	if (ch->changed && (st = check_result(ch, &now, path, err)) == TK_OK)
		st = put(ch, tx, path, &now, err);
out:
	tk_yaml_free(file);
	tk_str_clear(&old);
	tk_str_clear(&now);
	free(path);
	return st;
}

enum tk_status
tk_people_change(struct tk_desk *desk, const struct tk_people_change *change,
    bool *changed, struct tk_err *err)
{
	struct change ch = { .desk = desk, .c = change };
	enum tk_status st;

	*changed = false;
	if (change->comment != NULL &&
	    !tk_utf8_valid(change->comment, strlen(change->comment)))
		return tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	if (!tk_name_valid(change->id))
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" cannot be an id: small letters, digits, - and _ "
		      "only"),
		    change->id);
	if ((st = tk_desk_actor(desk, &ch.actor, err)) != TK_OK)
		return st;
	st = tk_store_change(desk->store, run, &ch, err);
	*changed = ch.changed && (st == TK_OK || st == TK_EOUTPUT);
	return st;
}
