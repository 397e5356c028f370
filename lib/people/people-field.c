/* people-field - what people type about staff and clients, as YAML. */
#include "people/people.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"

enum form {
	TEXT,
	LIST,
	BOOL,
};

struct field {
	const char *word, *key;
	enum form form;
};

static const struct field staff_fields[] = { { "name", "name", TEXT },
	{ "mail", "mail", LIST }, { "phone", "phone", LIST },
	{ "roles", "roles", LIST }, { "role", "roles", LIST },
	{ "queues", "queues", LIST }, { "queue", "queues", LIST },
	{ "lines", "lines", LIST }, { "skills", "skills", LIST },
	{ "language", "language", TEXT }, { "login", "login", TEXT },
	{ "keys", "keys", LIST }, { "key", "keys", LIST },
	{ "notify", "notify.what", LIST }, { "notify.when", "notify.when", TEXT },
	{ "notify.how", "notify.how", LIST },
	{ "notify.calendar", "notify.calendar", TEXT },
	{ "active", "active", BOOL }, { NULL, NULL, TEXT } };

static const struct field client_fields[] = { { "name", "name", TEXT },
	{ "domains", "domains", LIST }, { "domain", "domains", LIST },
	{ "language", "language", TEXT }, { "timezone", "timezone", TEXT },
	{ "sla", "contract.sla", TEXT },
	{ "contract.covers", "contract.covers", LIST },
	{ "sites", "sites", LIST }, { "active", "active", BOOL }, { NULL, NULL, TEXT } };

/* Numbers and days need no quotes where nothing else is meant. */
static struct tk_yaml *
value_of(const char *key, const char *text)
{
	static const char day[] = "dddd-dd-dd";
	bool number = text[0] > '0' && strlen(text) < 10, is_day = true;
	size_t i;

	for (i = 0; text[i] != '\0'; i++)
		number = number && isdigit((unsigned char)text[i]);
	for (i = 0; i < sizeof(day) && is_day; i++)
		is_day = day[i] == 'd' ? isdigit((unsigned char)text[i]) != 0
				       : day[i] == text[i];
	if ((number || is_day) &&
	    (strcmp(key, "lines") == 0 || tk_starts(key, "contract.")))
		return tk_yaml_plain(text);
	return tk_yaml_text(text);
}

static struct tk_yaml *
split(const char *key, const char *text)
{
	struct tk_yaml *list = tk_yaml_list();
	struct tk_strv words = TK_STRV_INIT;
	size_t i;

	tk_strv_split(&words, text);
	for (i = 0; i < words.n; i++)
		tk_yaml_add(list, value_of(key, words.v[i]));
	tk_strv_clear(&words);
	return list;
}

/* contract.hours, contract.until ...: a company's own terms. */
static bool
is_contract(const char *word)
{
	size_t i = strlen("contract.");

	if (!tk_starts(word, "contract.") || word[i] == '\0')
		return false;
	for (; word[i] != '\0'; i++)
		if (!islower((unsigned char)word[i]) && word[i] != '_')
			return false;
	return true;
}

static enum tk_status
no_field(const struct field *fields, const char *word, struct tk_err *err)
{
	struct tk_str names = TK_STR_INIT;
	enum tk_status st;
	const struct field *f;

	for (f = fields; f->word != NULL; f++)
		if (strcmp(f->word, f->key) == 0 || strchr(f->key, '.') != NULL)
			tk_str_addf(
			    &names, "%s%s", names.len > 0 ? ", " : "", f->word);
	st = tk_fail(err, TK_EINPUT, _("no field \"%s\"; there are: %s"), word,
	    names.data);
	tk_str_clear(&names);
	return st;
}

enum tk_status
tk_people_set(struct tk_yaml *set, enum tk_people_kind kind, const char *word,
    struct tk_err *err)
{
	const struct field *f,
	    *fields = kind == TK_PEOPLE_STAFF ? staff_fields : client_fields;
	const char *eq = strchr(word, '=');
	enum tk_status st = TK_OK;
	const char *key;
	char *name;

	if (eq == NULL)
		return tk_fail(
		    err, TK_EUSAGE, _("\"%s\" is not FIELD=VALUE"), word);
	name = tk_strndup(word, (size_t)(eq - word));
	for (f = fields; f->word != NULL && strcmp(f->word, name) != 0; f++)
		;
	key = f->word != NULL ? f->key : name;
	if (f->word == NULL && (kind != TK_PEOPLE_CLIENT || !is_contract(name)))
		st = no_field(fields, name, err);
	else if (!tk_utf8_valid(eq + 1, strlen(eq + 1)))
		st = tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	else
		tk_yaml_set(set, key,
		    eq[1] == '\0'         ? tk_yaml_plain("null")
			: f->form == LIST ? split(key, eq + 1)
			: f->form == BOOL ? tk_yaml_plain(eq + 1)
					  : value_of(key, eq + 1));
	free(name);
	return st;
}

static size_t
digits(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += isdigit((unsigned char)*text) != 0;
	return n;
}

static struct tk_yaml *
list_of(const char *text)
{
	struct tk_yaml *list = tk_yaml_list();

	tk_yaml_add(list, tk_yaml_text(text));
	return list;
}

enum tk_status
tk_contact_parse(struct tk_yaml **out, const char *text, struct tk_err *err)
{
	const char *open = strchr(text, '<'), *close = NULL, *rest;
	struct tk_str name = TK_STR_INIT, mail = TK_STR_INIT,
		      safe = TK_STR_INIT;
	struct tk_yaml *phones;
	enum tk_status st = TK_OK;
	size_t i;

	*out = NULL;
	if (open != NULL && (close = strchr(open, '>')) != NULL) {
		tk_str_add_data(&name, text, (size_t)(open - text));
		tk_str_add_data(&mail, open + 1, (size_t)(close - open - 1));
		rest = close + 1;
	} else {
		tk_str_add_data(&mail, text, strcspn(text, ","));
		rest = text + mail.len;
	}
	tk_str_trim(&name);
	tk_str_trim(&mail);
	rest += strspn(rest, " \t");
	phones = split("phone", rest[0] == ',' ? rest + 1 : rest);
	for (i = 0; i < phones->n; i++)
		if (digits(phones->item[i]->text) < 3)
			st = tk_fail(err, TK_EINPUT,
			    _("\"%s\" is not a telephone number"),
			    phones->item[i]->text);
	tk_utf8_safe(&safe, text, false);
	if (st == TK_OK &&
	    (strcmp(safe.data, text) != 0 || strchr(mail.data, '@') == NULL))
		st = tk_fail(err, TK_EINPUT,
		    _("\"%s\" is not a contact like 'Name <address>, phone'"),
		    text);
	if (st == TK_OK) {
		*out = tk_yaml_map();
		if (name.len > 0)
			tk_yaml_set_str(*out, "name", name.data);
		tk_yaml_set(*out, "mail", list_of(mail.data));
		if (phones->n > 0) {
			tk_yaml_set(*out, "phone", phones);
			phones = NULL;
		}
	}
	tk_yaml_free(phones);
	tk_str_clear(&safe);
	tk_str_clear(&name);
	tk_str_clear(&mail);
	return st;
}
