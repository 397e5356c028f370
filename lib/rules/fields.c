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
	size_t i;

	for (i = 0; i < 3; i++)
		touched = touched || tk_yaml_get(set, fields[i]) != NULL;
	if (c == NULL || !touched || tk_streq(c->priority, priority) ||
	    j->actor->kind == TK_ACTOR_TK ||
	    tk_yaml_str(j->entry, "msg") != NULL)
		return;
	j->lacks |= TK_LACKS_COMMENT;
	tk_find(j->out, false, TK_HANDLING_FILE, c->where, TK_AGAIN,
	    _("impact \"%s\" and urgency \"%s\" make priority \"%s\"; "
	      "another one needs a comment"),
	    c->impact, c->urgency, c->priority);
}

static void
judge_scale(struct tk_judging *j, const char *field, bool impact)
{
	const char *now = tk_ticket_get(j->now, field), *word;
	struct tk_strv seen = TK_STRV_INIT;
	struct tk_str names = TK_STR_INIT;
	size_t i;

	for (i = 0; i < j->reg->n_matrix; i++) {
		word = impact ? j->reg->matrix[i].impact
			      : j->reg->matrix[i].urgency;
		if (tk_strv_has(&seen, word))
			continue;
		tk_strv_add(&seen, word);
		tk_str_addf(&names, "%s%s", names.len > 0 ? ", " : "", word);
	}
	if (now != NULL && seen.n > 0 && !tk_strv_has(&seen, now) &&
	    !tk_streq(now, tk_ticket_get(j->old, field)))
		tk_find(j->out, false, TK_HANDLING_FILE,
		    j->reg->matrix[0].where, NULL,
		    _("no %s \"%s\"; there are: %s"), field, now, names.data);
	tk_str_clear(&names);
	tk_strv_clear(&seen);
}

static void
judge_watchers(struct tk_judging *j)
{
	struct tk_strv ids = TK_STRV_INIT;
	const struct tk_person *p;
	size_t i;

	tk_yaml_strv(tk_yaml_get(j->entry, "set"), "watchers", &ids);
	for (i = 0; i < ids.n; i++) {
		p = tk_staff_find(j->staff, ids.v[i]);
		if (p == NULL)
			tk_find(j->out, false, "staff/", 0, "tk staff",
			    _("nobody on the staff is called \"%s\""),
			    ids.v[i]);
	}
	tk_strv_clear(&ids);
}

/* Answers go to the one, and letters are named by the other. */
static void
judge_emptied(struct tk_judging *j)
{
	static const char *const fields[] = { "subject", "requester" };
	size_t i;

	for (i = 0; i < 2; i++)
		if (tk_ticket_get(j->old, fields[i]) != NULL &&
		    tk_ticket_get(j->now, fields[i]) == NULL)
			tk_find(j->out, false, TK_HANDLING_FILE, 1, NULL,
			    _("\"%s\" must not be empty"), fields[i]);
}

static bool
covers(const struct tk_strv *l, const char *id)
{
	return tk_strv_has(l, "all") || tk_strv_has(l, id);
}

/* Could this person work on it where it is? */
static void
judge_place(struct tk_judging *j, const struct tk_person *p)
{
	const char *queue = tk_ticket_get(j->now, "queue");
	const struct tk_role *role;
	bool place = queue == NULL;
	unsigned line = 0;
	size_t i;

	for (i = 0; !place && i < p->roles.n; i++) {
		role = tk_role_find(j->reg, p->roles.v[i]);
		if (role == NULL)
			continue;
		line = role->where;
		place = covers(&role->queues, queue);
	}
	if (place && queue != NULL && p->queues.n > 0)
		place = covers(&p->queues, queue);
	if (place)
		return;
	tk_find(j->out, false, TK_ROLES_FILE, line, "tk staff",
	    _("queue \"%s\" is not open to %s"), queue, p->id);
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
	judge_scale(j, "impact", true);
	judge_scale(j, "urgency", false);
	judge_watchers(j);
	judge_emptied(j);
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
	else if (strcmp(j->act, "take") != 0) /* that is judge_role()'s */
		judge_place(j, p);
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
