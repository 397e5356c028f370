/* fields - values that the regulation knows, and the priority matrix. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "rules/find.h"
#include "rules/judging.h"

static void
judge_choice(struct tk_judging *j, const char *field, const struct tk_choices *c)
{
	const char *now = tk_ticket_get(j->now, field);
	struct tk_str names = TK_STR_INIT;

	if (now == NULL || c->n == 0 || tk_choice_find(c, now) != NULL ||
	    tk_streq(now, tk_ticket_get(j->old, field)))
		return;
	tk_regulation_names(&names, j->reg, field);
	tk_find(j->out, false, TK_HANDLING_FILE, 1, NULL,
	    _("no %s \"%s\"; there are: %s"), field, now, names.data);
	tk_str_clear(&names);
}

/* Impact and urgency give the priority; another one is somebody's decision
 * and wants its reason. */
static void
judge_matrix(struct tk_judging *j)
{
	static const char *const fields[] = { "impact", "urgency",
		"priority" };
	const struct tk_matrix_cell *c = tk_matrix_find(j->reg,
	    tk_ticket_get(j->now, "impact"), tk_ticket_get(j->now, "urgency"));
	const char *priority = tk_ticket_get(j->now, "priority");
	const struct tk_yaml *set = tk_yaml_get(j->entry, "set");
	bool touched = false;
	char *remedy;
	size_t i;

	for (i = 0; i < 3; i++)
		touched = touched || tk_yaml_get(set, fields[i]) != NULL;
	if (c == NULL || !touched || tk_streq(c->priority, priority) ||
	    tk_yaml_str(j->entry, "msg") != NULL)
		return;
	remedy = tk_strf(_("tk set %s priority=%s, or the same command with "
			   "-m 'TEXT'"),
	    tk_ticket_id(j->now), c->priority);
	tk_find(j->out, false, TK_HANDLING_FILE, c->where, remedy,
	    _("impact \"%s\" and urgency \"%s\" make priority \"%s\"; "
	      "another one needs a comment"),
	    c->impact, c->urgency, c->priority);
	free(remedy);
}

void
tk_judge_fields(struct tk_judging *j)
{
	const char *who = tk_ticket_get(j->now, "assignee");
	const char *channel = tk_ticket_get(j->now, "channel");
	const struct tk_person *p;
	struct tk_str names = TK_STR_INIT;

	judge_matrix(j);
	judge_choice(j, "priority", &j->reg->priorities);
	judge_choice(j, "category", &j->reg->categories);
	if (channel != NULL && j->reg->channels.n > 0 &&
	    !tk_strv_has(&j->reg->channels, channel) &&
	    !tk_streq(channel, tk_ticket_get(j->old, "channel"))) {
		tk_regulation_names(&names, j->reg, "channel");
		tk_find(j->out, false, TK_HANDLING_FILE, 1, NULL,
		    _("no channel \"%s\"; there are: %s"), channel, names.data);
		tk_str_clear(&names);
	}
	if (who == NULL || tk_streq(who, tk_ticket_get(j->old, "assignee")))
		return;
	p = tk_staff_find(j->staff, who);
	if (p == NULL)
		tk_find(j->out, false, "staff/", 0, "tk staff", 
		    _("nobody on the staff is called \"%s\""), who);
	else if (!p->active)
		tk_find(j->out, false, "staff/", 0, "tk staff",
		    _("%s does not work here any more"), who);
}

static const char *
field_of(const struct tk_yaml *set, const struct tk_ticket *old,
    const char *field)
{
	const struct tk_yaml *y = tk_yaml_get(set, field);

	return y != NULL ? tk_yaml_str(set, field) : tk_ticket_get(old, field);
}

void
tk_rules_derive(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_regulation *r)
{
	struct tk_yaml *set = tk_yaml_get(entry, "set");
	const struct tk_matrix_cell *c;

	if (tk_yaml_get(set, "priority") != NULL ||
	    (tk_yaml_get(set, "impact") == NULL &&
		tk_yaml_get(set, "urgency") == NULL))
		return;
	c = tk_matrix_find(
	    r, field_of(set, old, "impact"), field_of(set, old, "urgency"));
	if (c != NULL && !tk_streq(c->priority, tk_ticket_get(old, "priority")))
		tk_yaml_set_str(set, "priority", c->priority);
}
