/* reglint-works - recurring works: rules, clients, calendars, templates. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/work.h"
#include "regulation/reglint-parts.h"
#include "view/template.h"

static void
lint_names(struct tk_lint *l, const struct tk_yaml *w)
{
	const char *queue = tk_yaml_str(w, "queue");
	const char *type = tk_yaml_str(w, "type");
	const char *priority = tk_yaml_str(w, "priority");
	const char *category = tk_yaml_str(w, "category");

	if (queue != NULL && tk_queue_find(l->reg, queue) == NULL)
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "queue"),
		    _("no queue \"%s\""), queue);
	if (type != NULL && tk_process_find(l->reg, type) == NULL)
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "type"),
		    _("no process \"%s\""), type);
	if (priority != NULL &&
	    tk_choice_find(&l->reg->priorities, priority) == NULL)
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "priority"),
		    _("no priority \"%s\""), priority);
	if (category != NULL &&
	    tk_choice_find(&l->reg->categories, category) == NULL)
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "category"),
		    _("no category \"%s\""), category);
}

static void
lint_calendar(struct tk_lint *l, const struct tk_yaml *w)
{
	const struct tk_yaml *list = tk_lint_list(
	    tk_regfiles_get(l->files, "calendar.yaml"), "calendars");
	const char *id = tk_yaml_str(w, "calendar");
	size_t i;

	for (i = 0; id != NULL && i < list->n; i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			return;
	if (id != NULL)
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "calendar"),
		    _("no calendar \"%s\""), id);
}

/* People and clients are known where there is a desk. */
static void
lint_people(struct tk_lint *l, const struct tk_yaml *w)
{
	const char *who = tk_yaml_str(w, "assignee");
	const char *client = tk_yaml_str(w, "client");
	const struct tk_person *p;
	char hex[41], *path;

	if (who != NULL && l->staff != NULL) {
		p = tk_staff_find(l->staff, who);
		if (p == NULL || !p->active)
			tk_lint_find(l, TK_WORKS_FILE,
			    tk_yaml_line(w, "assignee"),
			    p == NULL
				? _("nobody on the staff is called \"%s\"")
				: _("%s does not work here any more"),
			    who);
	}
	if (client == NULL || l->desk == NULL)
		return;
	path = tk_strf("clients/%s.yaml", client);
	tk_store_object(l->desk->store, hex, path);
	if (hex[0] == '\0')
		tk_lint_find(l, TK_WORKS_FILE, tk_yaml_line(w, "client"),
		    _("no client \"%s\"; see tk client"), client);
	free(path);
}

/* Would the places in it be filled? */
static void
lint_template(struct tk_lint *l, const struct tk_yaml *w, const char *key)
{
	static const struct tk_var vars[] = { { "work.name", "x" },
		{ "work.day", "x" }, { "work.month", "x" },
		{ "client.name", "x" }, { "site.name", "x" } };
	struct tk_str out = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	const char *text = tk_yaml_str(w, key);

	if (text != NULL &&
	    tk_template_render(&out, text, key, vars, TK_COUNT(vars), &err) !=
		TK_OK)
		tk_lint_find(
		    l, TK_WORKS_FILE, tk_yaml_line(w, key), "%s", err.text);
	tk_str_clear(&out);
}

void
tk_lint_works(struct tk_lint *l)
{
	const struct tk_yaml *list =
	    tk_lint_list(tk_regfiles_get(l->files, "works.yaml"), "works");
	struct tk_works works = { NULL, 0, 0, NULL };
	struct tk_err err = TK_ERR_INIT;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (list->item[i]->kind != TK_YAML_MAP) {
			tk_lint_find(l, TK_WORKS_FILE, list->item[i]->line,
			    _("a list of maps"));
			continue;
		}
		if (tk_works_add(&works, list->item[i], TK_WORKS_FILE, &err) !=
		    TK_OK)
			tk_lint_add(l, err.text);
		lint_names(l, list->item[i]);
		lint_calendar(l, list->item[i]);
		lint_people(l, list->item[i]);
		lint_template(l, list->item[i], "subject");
		lint_template(l, list->item[i], "text");
	}
	tk_works_clear(&works);
}
