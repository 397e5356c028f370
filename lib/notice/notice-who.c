/* notice-who - who is to be told of an event. */
#include <string.h>

#include "notice/notice-parts.h"
#include "rules/calendar.h"

static bool
covers(const struct tk_strv *l, const char *id)
{
	return tk_strv_has(l, "all") || tk_strv_has(l, id);
}

static bool
has_role(const struct tk_person *p, const struct tk_strv *roles)
{
	size_t i;

	for (i = 0; i < p->roles.n; i++)
		if (covers(roles, p->roles.v[i]))
			return true;
	return false;
}

bool
tk_person_works_in(const struct tk_desk *desk, const struct tk_person *p,
    const char *queue, const char *type)
{
	const struct tk_process *process = tk_process_find(desk->reg, type);
	const struct tk_role *role;
	bool place = false;
	size_t i;

	if (process != NULL && process->visible.n > 0 &&
	    !has_role(p, &process->visible))
		return false;
	for (i = 0; !place && queue != NULL && i < p->roles.n; i++) {
		role = tk_role_find(desk->reg, p->roles.v[i]);
		place = role != NULL && covers(&role->queues, queue);
	}
	return place && (p->queues.n == 0 || covers(&p->queues, queue));
}

/* Whom the ladder has named: a role, a person, the assignee or, of a ticket
 * that is nobody's, those of the queue. */
static bool
is_ordered(const struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p)
{
	const char *assignee = tk_ticket_get(e->ticket, "assignee");
	struct tk_strv to = TK_STRV_INIT;
	bool is;

	tk_yaml_strv(tk_yaml_get(e->entry, "step"), "to", &to);
	is = tk_strv_has(&to, p->id) || (to.n > 0 && has_role(p, &to)) ||
	    (tk_strv_has(&to, "assignee") &&
		(assignee != NULL ? strcmp(assignee, p->id) == 0
				  : tk_person_works_in(desk, p,
					tk_ticket_get(e->ticket, "queue"),
					tk_ticket_get(e->ticket, "type"))));
	tk_strv_clear(&to);
	return is;
}

static bool
is_watching(const struct tk_notice *e, const struct tk_person *p)
{
	struct tk_strv who = TK_STRV_INIT;
	bool is;

	tk_yaml_strv(tk_ticket_head(e->ticket), "watchers", &who);
	is = tk_strv_has(&who, p->id);
	tk_strv_clear(&who);
	return is;
}

/* Would this event concern somebody who wants such events? */
static bool
concerns(const struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p)
{
	const char *assignee = tk_ticket_get(e->ticket, "assignee");
	bool mine = tk_streq(assignee, p->id);
	bool works =
	    tk_person_works_in(desk, p, tk_ticket_get(e->ticket, "queue"),
		tk_ticket_get(e->ticket, "type"));

	if (strcmp(e->kind, "assigned") == 0)
		return tk_streq(
		    tk_yaml_str(tk_yaml_get(e->entry, "set"), "assignee"),
		    p->id);
	if (mine || (works && is_watching(e, p)))
		return true;
	/* What has somebody's name on it is that person's to hear of. */
	if (strcmp(e->kind, "reply") == 0 || strcmp(e->kind, "warn") == 0)
		return works && assignee == NULL;
	return works;
}

bool
tk_notice_is_for(const struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p, bool hook)
{
	struct tk_notify n;
	bool is;

	if (!p->active || tk_streq(tk_yaml_str(e->entry, "by"), p->id))
		return false;
	tk_notify_read(&n, p);
	is = (hook ? n.hook : n.mail) && n.when != TK_NOTIFY_NEVER &&
	    (is_ordered(desk, e, p) ||
		(tk_notify_wants(&n, e->kind) && concerns(desk, e, p)));
	tk_notify_clear(&n);
	return is;
}

/* Their own calendar, else that of the class that most tickets have. */
bool
tk_notice_is_time(
    const struct tk_desk *desk, const struct tk_notify *n, int64_t now)
{
	const struct tk_sla *sla = &desk->reg->sla;
	const struct tk_sla_class *class = sla->default_class != NULL
	    ? tk_sla_class_find(sla, sla->default_class)
	    : NULL;
	const char *id = n->calendar != NULL ? n->calendar
	    : class != NULL                  ? class->calendar
					     : NULL;
	const struct tk_calendar *c =
	    id != NULL ? tk_calendar_find(&desk->reg->calendars, id) : NULL;

	return n->when != TK_NOTIFY_HOURS || c == NULL ||
	    tk_calendar_is_open(c, now);
}
