/* people - staff and clients for a person to read. */
#include "view/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/jsonview.h"
#include "view/term.h"

static const struct title {
	const char *key, *title;
} titles[] = {
	{ "id", N_("Id") },
	{ "name", N_("Name") },
	{ "mail", N_("Mail") },
	{ "phone", N_("Phone") },
	{ "roles", N_("Roles") },
	{ "queues", N_("Queues") },
	{ "lines", N_("Lines") },
	{ "skills", N_("Skills") },
	{ "language", N_("Language") },
	{ "active", N_("Active") },
	{ "since", N_("Since") },
	{ "login", N_("Login") },
	{ "domains", N_("Domains") },
	{ "contacts", N_("Contact") },
	{ "contract", N_("Contract") },
	{ "sites", N_("Sites") },
};

static const char *
title_of(const char *key)
{
	size_t i;

	for (i = 0; i < TK_COUNT(titles); i++)
		if (strcmp(titles[i].key, key) == 0)
			return _(titles[i].title);
	return key;
}

void
tk_contact_text(struct tk_str *out, const struct tk_contact *c)
{
	size_t i;

	tk_str_add(out, c->name);
	for (i = 0; i < c->mail.n; i++)
		tk_str_addf(out, c->name[0] == '\0' && i == 0 ? "%s" : " <%s>",
		    c->mail.v[i]);
	for (i = 0; i < c->phone.n; i++)
		tk_str_addf(out, ", %s", c->phone.v[i]);
}

/* Lists of words with commas, other things as they are in the file. */
static void
add_value(struct tk_str *out, const struct tk_yaml *y)
{
	size_t i;

	if (y->kind == TK_YAML_SCALAR) {
		if (y->plain && strcmp(y->text, "true") == 0)
			tk_str_add(out, _("yes"));
		else if (y->plain && strcmp(y->text, "false") == 0)
			tk_str_add(out, _("no"));
		else
			tk_str_add(out, y->text);
		return;
	}
	if (y->kind == TK_YAML_MAP) {
		for (i = 0; i < y->n; i++) {
			tk_str_addf(out, "%s%s ", i > 0 ? ", " : "", y->key[i]);
			if (y->item[i]->kind == TK_YAML_SCALAR)
				tk_str_add(out, y->item[i]->text);
			else
				tk_yaml_write_flow(out, y->item[i]);
		}
		return;
	}
	for (i = 0; i < y->n; i++) {
		tk_str_add(out, i > 0 ? ", " : "");
		if (y->item[i]->kind == TK_YAML_SCALAR)
			tk_str_add(out, y->item[i]->text);
		else
			tk_yaml_write_flow(out, y->item[i]);
	}
}

static void
add_line(struct tk_str *out, const char *title, const char *value, bool colour)
{
	struct tk_str safe = TK_STR_INIT, label = TK_STR_INIT;

	tk_utf8_safe(&safe, title, false);
	tk_str_add_char(&safe, ':');
	tk_utf8_fit(&label, safe.data, 12, true);
	tk_term_paint(out, colour, TK_BOLD, label.data);
	tk_str_reset(&safe);
	tk_utf8_safe(&safe, value, false);
	tk_str_addf(out, " %s\n", safe.data);
	tk_str_clear(&label);
	tk_str_clear(&safe);
}

static void
add_contacts(struct tk_str *out, const struct tk_yaml *list, bool colour)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_contact c;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const char *name = tk_yaml_str(list->item[i], "name");

		memset(&c, 0, sizeof(c));
		c.name = tk_strf("%s", name != NULL ? name : "");
		tk_yaml_strv(list->item[i], "mail", &c.mail);
		tk_yaml_strv(list->item[i], "phone", &c.phone);
		tk_str_reset(&text);
		tk_contact_text(&text, &c);
		add_line(out, title_of("contacts"), text.data, colour);
		free(c.name);
		tk_strv_clear(&c.mail);
		tk_strv_clear(&c.phone);
	}
	tk_str_clear(&text);
}

struct tk_json *
tk_contact_json(const struct tk_contact *c)
{
	struct tk_json *j = tk_json_object();

	tk_json_set_str(j, "name", c->name);
	tk_json_set_strv(j, "mail", &c->mail);
	tk_json_set_strv(j, "phone", &c->phone);
	return j;
}

void
tk_people_print(FILE *to, struct tk_json *j)
{
	struct tk_str line = TK_STR_INIT;

	tk_json_text(&line, j);
	fprintf(to, "%s\n", line.data);
	tk_str_clear(&line);
	tk_json_free(j);
}

struct tk_json *
tk_people_json(const char *id, const struct tk_yaml *file)
{
	struct tk_json *j = tk_json_object();
	size_t i;

	tk_json_set_str(j, "id", id);
	for (i = 0; file->kind == TK_YAML_MAP && i < file->n; i++)
		if (strcmp(file->key[i], "id") != 0)
			tk_json_set(
			    j, file->key[i], tk_jsonview_yaml(file->item[i]));
	if (tk_yaml_get(file, "active") == NULL)
		tk_json_set_bool(j, "active", true);
	return j;
}

static void
show(struct tk_str *out, const char *id, const struct tk_yaml *file,
    const char *name, bool colour)
{
	const char *title;
	struct tk_str value = TK_STR_INIT;
	const struct tk_yaml *y;
	size_t i;

	add_line(out, title_of("id"), id, colour);
	for (i = 0; file->kind == TK_YAML_MAP && i < file->n; i++) {
		y = file->item[i];
		if (strcmp(file->key[i], "contacts") == 0 &&
		    y->kind == TK_YAML_LIST) {
			add_contacts(out, y, colour);
			continue;
		}
		tk_str_reset(&value);
		add_value(&value, y);
		title = strcmp(file->key[i], "name") == 0
		    ? name
		    : title_of(file->key[i]);
		add_line(out, title, value.data, colour);
	}
	tk_str_clear(&value);
}

static void
print(FILE *to, const char *id, const struct tk_yaml *file, const char *name,
    bool json)
{
	struct tk_str text = TK_STR_INIT;

	if (json) {
		tk_people_print(to, tk_people_json(id, file));
		return;
	}
	show(&text, id, file, name, tk_term_has_colour());
	fputs(text.data, to);
	tk_str_clear(&text);
}

void
tk_people_show(FILE *to, const char *id, const struct tk_yaml *file, bool json)
{
	print(to, id, file, title_of("name"), json);
}

void
tk_client_show(FILE *to, const char *id, const struct tk_yaml *file, bool json)
{
	print(to, id, file, _("Client"), json);
}
