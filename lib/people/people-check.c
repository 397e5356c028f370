/* people-check - may a staff or client file say this? */
#include "people/people-check.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "desk/gate.h"
#include "desk/terms.h"
#include "mail/letter.h"
#include "model/contract.h"
#include "model/id.h"
#include "model/notify.h"

/* For people to read on one line. */
static bool
is_one_line(const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	bool same;

	if (text[0] == '\0' || strlen(text) > 200 ||
	    !tk_utf8_valid(text, strlen(text)))
		return false;
	tk_utf8_safe(&safe, text, false);
	same = strcmp(safe.data, text) == 0;
	tk_str_clear(&safe);
	return same;
}

/* As adduser(8) allows it, or nearly. */
static bool
is_login(const char *text)
{
	size_t n;

	for (n = 0; text[n] != '\0'; n++)
		if (!isalnum((unsigned char)text[n]) &&
		    strchr(n > 0 ? "._-" : "_", text[n]) == NULL)
			return false;
	return n > 0 && n <= 32;
}

/* ru, uk, en: a folder of templates and a catalogue are named so. */
static bool
is_language(const char *text)
{
	size_t n = 0;

	while (islower((unsigned char)text[n]))
		n++;
	return (n == 2 || n == 3) && text[n] == '\0';
}

static bool
is_domain(const char *text)
{
	char *address = tk_strf("x@%s", text);
	bool is = tk_address_valid(address) && strchr(text, '@') == NULL;

	free(address);
	return is;
}

static enum tk_status
check_address(const struct tk_desk *desk, const char *text, struct tk_err *err)
{
	if (!tk_address_valid(text))
		return tk_fail(
		    err, TK_EINPUT, _("\"%s\" is not a mail address"), text);
	if (tk_desk_is_ours(desk, text))
		return tk_fail(err, TK_EINPUT,
		    _("%s is an address of the desk itself"), text);
	return TK_OK;
}

static enum tk_status
check_known(const struct tk_desk *desk, const char *what, const char *id,
    struct tk_err *err)
{
	bool is_role = strcmp(what, "role") == 0;
	struct tk_str names = TK_STR_INIT;
	enum tk_status st = TK_OK;

	if (is_role ? tk_role_find(desk->reg, id) == NULL
		    : strcmp(id, "all") != 0 &&
		    tk_queue_find(desk->reg, id) == NULL) {
		tk_regulation_names(&names, desk->reg, what);
		st = tk_fail(err, TK_EREFUSED,
		    is_role ? _("regulation/roles.yaml: no role \"%s\"; there "
				"are: %s")
			    : _("regulation/queues.yaml: no queue \"%s\"; "
				"there are: %s"),
		    id, names.data);
	}
	tk_str_clear(&names);
	return st;
}

static enum tk_status
check_item(const struct tk_desk *desk, const char *key, const char *text,
    struct tk_err *err)
{
	if (strcmp(key, "mail") == 0)
		return check_address(desk, text, err);
	if (strcmp(key, "roles") == 0)
		return check_known(desk, "role", text, err);
	if (strcmp(key, "queues") == 0)
		return check_known(desk, "queue", text, err);
	if (strcmp(key, "domains") == 0 && !is_domain(text))
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a mail domain like romashka.example"),
		    text);
	if (strcmp(key, "sites") == 0 && !tk_name_valid(text))
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" cannot be an id: small letters, digits, - and _ "
		      "only"),
		    text);
	if (strcmp(key, "timezone") == 0 && !tk_zone_exists(text))
		return tk_fail(
		    err, TK_EINPUT, _("no such time zone here: %s"), text);
	if (strcmp(key, "language") == 0 && !is_language(text))
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a language like ru, uk or en"), text);
	if (strcmp(key, "keys") == 0 && !tk_gate_is_key(text))
		return tk_fail(err, TK_EINPUT, _("not an ssh key: %s"), text);
	if (strcmp(key, "login") == 0 && !is_login(text))
		return tk_fail(
		    err, TK_EINPUT, _("\"%s\" is not a Unix login"), text);
	if (strcmp(key, "keys") == 0)
		return TK_OK;
	if (strcmp(key, "active") == 0 && strcmp(text, "true") != 0 &&
	    strcmp(text, "false") != 0)
		return tk_fail(
		    err, TK_EINPUT, _("\"active\" is true or false"));
	if (!is_one_line(text))
		return tk_fail(err, TK_EINPUT,
		    _("%s: one line of text in UTF-8, please"), key);
	return TK_OK;
}

/* These must stay, whatever is removed. */
static bool
is_needed(enum tk_people_kind kind, const char *key)
{
	return strcmp(key, "name") == 0 ||
	    (kind == TK_PEOPLE_STAFF &&
		(strcmp(key, "mail") == 0 || strcmp(key, "roles") == 0));
}

/* What a new one cannot be without. */
static enum tk_status
check_new(const struct tk_people_change *change, struct tk_err *err)
{
	static const char *const keys[] = { "name", "mail", "roles" };
	size_t i;

	for (i = 0; strcmp(change->verb, "add") == 0 && i < TK_COUNT(keys); i++)
		if (is_needed(change->kind, keys[i]) &&
		    tk_yaml_get(change->set, keys[i]) == NULL)
			return tk_fail(err, TK_EUSAGE,
			    _("%s: \"%s\" is needed"), change->id, keys[i]);
	return TK_OK;
}

enum tk_status
tk_people_check_set(const struct tk_desk *desk,
    const struct tk_people_change *change, struct tk_err *err)
{
	const struct tk_yaml *set = change->set;
	enum tk_status st = check_new(change, err);
	struct tk_strv words = TK_STRV_INIT;
	size_t i, k;

	for (i = 0; st == TK_OK && set != NULL && i < set->n; i++) {
		tk_strv_clear(&words);
		tk_yaml_strv(set, set->key[i], &words);
		if (words.n == 0 && is_needed(change->kind, set->key[i]))
			st = tk_fail(err, TK_EINPUT,
			    _("%s: \"%s\" must not be empty"), change->id,
			    set->key[i]);
		for (k = 0; st == TK_OK && k < words.n; k++)
			st = check_item(desk, set->key[i], words.v[k], err);
		/* Letters are written to clients, in words that are there. */
		if (st == TK_OK && words.n > 0 &&
		    change->kind == TK_PEOPLE_CLIENT &&
		    strcmp(set->key[i], "language") == 0)
			st = tk_terms_check_language(desk, words.v[0], err);
		if (st == TK_OK && words.n > 0 &&
		    strcmp(set->key[i], "contract.sla") == 0)
			st = tk_terms_check_class(desk, "sla", words.v[0], err);
	}
	tk_strv_clear(&words);
	for (i = 0;
	     st == TK_OK && change->contacts != NULL && i < change->contacts->n;
	     i++) {
		struct tk_yaml *contact;

		st = tk_contact_parse(&contact, change->contacts->v[i], err);
		if (st != TK_OK)
			break;
		tk_yaml_strv(contact, "mail", &words);
		for (k = 0; st == TK_OK && k < words.n; k++)
			st = check_address(desk, words.v[k], err);
		tk_strv_clear(&words);
		tk_yaml_free(contact);
	}
	return st;
}

static bool
may_all(const struct tk_desk *desk, const struct tk_person *p)
{
	const struct tk_role *role;
	size_t i;

	for (i = 0; p != NULL && p->active && i < p->roles.n; i++) {
		role = tk_role_find(desk->reg, p->roles.v[i]);
		if (role != NULL && tk_strv_has(&role->acts, "all"))
			return true;
	}
	return false;
}

/* The first of the words, in any case of letters, that is in both. */
static const char *
common(const struct tk_strv *a, const struct tk_strv *b)
{
	size_t i, k;

	for (i = 0; i < a->n; i++)
		for (k = 0; k < b->n; k++)
			if (tk_strcaseeq(a->v[i], b->v[k]))
				return a->v[i];
	return NULL;
}

static bool
have_common_key(const struct tk_person *a, const struct tk_person *b)
{
	struct tk_strv ours = TK_STRV_INIT, theirs = TK_STRV_INIT;
	bool common_key = false;
	size_t i, k;

	tk_yaml_strv(a->file, "keys", &ours);
	tk_yaml_strv(b->file, "keys", &theirs);
	for (i = 0; i < ours.n; i++)
		for (k = 0; k < theirs.n; k++)
			common_key = common_key ||
			    tk_gate_same_key(ours.v[i], theirs.v[k]);
	tk_strv_clear(&ours);
	tk_strv_clear(&theirs);
	return common_key;
}

/* By a key or a login somebody is known: nobody else may have it. */
static enum tk_status
check_identity(
    const struct tk_person *now, const struct tk_person *p, struct tk_err *err)
{
	if (!p->active || !now->active)
		return TK_OK;
	if (now->login != NULL && tk_streq(now->login, p->login))
		return tk_fail(err, TK_EEXIST,
		    _("%s is the login of %s already (staff/%s.yaml)"),
		    now->login, p->id, p->id);
	if (have_common_key(now, p))
		return tk_fail(err, TK_EEXIST,
		    _("a key of %s is that of %s already (staff/%s.yaml)"),
		    now->id, p->id, p->id);
	return TK_OK;
}

enum tk_status
tk_people_check_staff(
    const struct tk_desk *desk, const struct tk_person *now, struct tk_err *err)
{
	bool another = false;
	const struct tk_person *p;
	const char *mail, *calendar;
	size_t i;

	if (tk_notify_check(now, err) != TK_OK)
		return TK_EINPUT;
	calendar = tk_yaml_str(tk_yaml_get(now->file, "notify"), "calendar");
	if (calendar != NULL &&
	    tk_calendar_find(&desk->reg->calendars, calendar) == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("staff/%s.yaml: regulation/calendar.yaml has no calendar "
		      "\"%s\""),
		    now->id, calendar);
	for (i = 0; i < desk->staff.n; i++) {
		p = &desk->staff.v[i];
		if (strcmp(p->id, now->id) == 0)
			continue;
		another = another || may_all(desk, p);
		mail = p->active && now->active ? common(&now->mail, &p->mail)
						: NULL;
		if (mail != NULL)
			return tk_fail(err, TK_EEXIST,
			    _("%s is the address of %s already "
			      "(staff/%s.yaml)"),
			    mail, p->id, p->id);
		if (check_identity(now, p, err) != TK_OK)
			return TK_EEXIST;
	}
	if (!another && may_all(desk, tk_staff_find(&desk->staff, now->id)) &&
	    !may_all(desk, now))
		return tk_fail(err, TK_EREFUSED,
		    _("%s is the last one here who may do everything; let "
		      "somebody else in first: tk staff change ID "
		      "roles=director"),
		    now->id);
	return TK_OK;
}

static const char *
common_contact(const struct tk_client *a, const struct tk_client *b)
{
	const char *mail;
	size_t i, k;

	for (i = 0; i < a->n_contacts; i++)
		for (k = 0; k < b->n_contacts; k++) {
			mail = common(&a->contact[i].mail, &b->contact[k].mail);
			if (mail != NULL)
				return mail;
		}
	return NULL;
}

static enum tk_status
check_contract(const struct tk_client *now, struct tk_err *err)
{
	char *path = tk_strf("clients/%s.yaml", now->id);
	struct tk_contract c;
	enum tk_status st = tk_contract_read(&c, now->file, path, err);

	if (st == TK_OK)
		tk_contract_clear(&c);
	free(path);
	return st;
}

/* Retired ones count: their letters are still known as theirs. */
enum tk_status
tk_people_check_client(
    const struct tk_desk *desk, const struct tk_client *now, struct tk_err *err)
{
	const struct tk_client *c;
	const char *what;
	size_t i;

	if (check_contract(now, err) != TK_OK)
		return TK_EINPUT;

	for (i = 0; i < desk->clients.n; i++) {
		c = &desk->clients.v[i];
		if (strcmp(c->id, now->id) == 0)
			continue;
		if ((what = common_contact(now, c)) != NULL)
			return tk_fail(err, TK_EEXIST,
			    _("%s is a contact of %s already; if it moved: tk "
			      "client change %s --no-contact %s"),
			    what, c->id, c->id, what);
		if ((what = common(&now->domains, &c->domains)) != NULL)
			return tk_fail(err, TK_EEXIST,
			    _("%s is a domain of %s already "
			      "(clients/%s.yaml)"),
			    what, c->id, c->id);
	}
	return TK_OK;
}
