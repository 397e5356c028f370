/* people-edit - a change as the command line says it. */
#include "people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "desk/overview.h"

/* Somebody has to take them over; failing to count is no matter. */
static void
warn_of_open(struct tk_desk *desk, const struct tk_people_change *c)
{
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_err ignored = TK_ERR_INIT;
	char *query = tk_strf("%s:%s is:open",
	    c->kind == TK_PEOPLE_STAFF ? "assignee" : "client", c->id);

	if (tk_overview_find(desk, &rows, query, 0, &ignored) == TK_OK &&
	    rows.n > 0)
		tk_warn(
		    ngettext("%s still has %zu open ticket: tk list %s",
			"%s still has %zu open tickets: tk list %s", rows.n),
		    c->id, rows.n, query);
	tk_rows_clear(&rows);
	free(query);
}

static void
told(struct tk_desk *desk, const struct tk_people_change *c, bool changed,
    FILE *to)
{
	const char *active = tk_yaml_str(c->set, "active");

	if (!changed) {
		tk_warn(_("%s: nothing to change"), c->id);
		return;
	}
	fprintf(to, "%s %s\n", c->id, c->verb);
	if (active != NULL && strcmp(active, "false") == 0)
		warn_of_open(desk, c);
}

enum tk_status
tk_people_edit(struct tk_desk *desk, struct tk_people_change *c,
    struct tk_yaml *set, int argc, char **argv, FILE *to, struct tk_err *err)
{
	bool changed,
	    people = (c->contacts != NULL && c->contacts->n > 0) ||
	    (c->gone != NULL && c->gone->n > 0);
	enum tk_status st = TK_OK;
	int i;

	c->set = set;
	if (strcmp(c->verb, "retire") == 0) {
		if (set->n > 0 || people || argc > 0)
			return tk_fail(err, TK_EUSAGE,
			    _("retire takes IDs and nothing else"));
		tk_yaml_set_bool(set, "active", false);
	}
	for (i = 0; st == TK_OK && i < argc; i++)
		st = tk_people_set(set, c->kind, argv[i], err);
	if (st != TK_OK)
		return st;
	if (strcmp(c->verb, "add") == 0 && tk_yaml_get(set, "name") == NULL)
		tk_yaml_set_str(set, "name", c->id);
	if (set->n == 0 && !people)
		return tk_fail(err, TK_EUSAGE, _("what is to be changed?"));
	st = tk_people_change(desk, c, &changed, err);
	if ((st == TK_OK || st == TK_EOUTPUT) && to != NULL)
		told(desk, c, changed, to);
	return st;
}
