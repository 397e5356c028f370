/* notice-values - what the templates of notices are filled with. */
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "notice/notice-values.h"

static void
set(struct tk_notice_values *s, const char *name, const char *value)
{
	if (s->n < TK_NOTICE_VARS)
		s->v[s->n++] = (struct tk_var){ name, value };
}

static const char *
name_of(const struct tk_desk *desk, const char *id)
{
	const struct tk_person *p =
	    id != NULL ? tk_staff_find(&desk->staff, id) : NULL;

	return p != NULL ? p->name : id;
}

/* "reply" makes {{#is.reply}} true and all other {{#is...}} empty. */
static void
set_words(struct tk_notice_values *s, const char *const *names,
    const char *const *words, const char *is)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		set(s, names[i], tk_streq(words[i], is) ? words[i] : "");
}

/* The term the event is about; without one, the nearest. */
static void
add_due(struct tk_str *out, const struct tk_notice *e, const char *target)
{
	const struct tk_yaml *due = tk_ticket_node(e->ticket, "due");
	int64_t at, first = 0;
	size_t i;

	for (i = 0; due != NULL && due->kind == TK_YAML_MAP && i < due->n; i++)
		if (due->item[i]->kind == TK_YAML_SCALAR &&
		    tk_date_parse(&at, due->item[i]->text) &&
		    (target != NULL ? strcmp(due->key[i], target) == 0
				    : first == 0 || at < first))
			first = at;
	if (first != 0)
		tk_date_human(out, first);
}

void
tk_notice_values_fill(struct tk_notice_values *s, struct tk_desk *desk,
    const struct tk_notice *e, const struct tk_person *p)
{
	static const char *const kinds[] = { "is.new", "is.assigned",
		"is.reply", "is.warn", "is.breach", "is.escalate",
		"is.rating" };
	static const char *const targets[] = { "response", "update",
		"resolution", "promised", NULL };
	static const char *const terms[] = { "term.response", "term.update",
		"term.resolution", "term.promised" };
	const struct tk_ticket *t = e->ticket;
	const struct tk_yaml *step = tk_yaml_get(e->entry, "step");
	const struct tk_queue *q =
	    tk_queue_find(desk->reg, tk_ticket_get(t, "queue"));
	const char *client = tk_ticket_get(t, "client");
	const struct tk_process *process =
	    tk_process_find(desk->reg, tk_ticket_get(t, "type"));
	const char *state = tk_ticket_get(t, "state");
	const struct tk_state *known = process != NULL && state != NULL
	    ? tk_state_find(process, state)
	    : NULL;
	struct tk_err ignored = TK_ERR_INIT;
	const struct tk_client *c = NULL;
	bool raised;

	memset(s, 0, sizeof(*s));
	tk_str_init(&s->at);
	tk_str_init(&s->due);
	if (client != NULL &&
	    tk_desk_load_client(desk, client, &ignored) == TK_OK)
		c = tk_clients_find(&desk->clients, client);
	tk_date_human(&s->at, tk_entry_at(e->entry));
	add_due(&s->due, e, tk_yaml_str(step, "target"));
	set(s, "at", s->at.data);
	set(s, "ticket.id", tk_ticket_id(t));
	set(s, "ticket.subject", tk_ticket_get(t, "subject"));
	set(s, "ticket.type", process != NULL ? process->name : "");
	set(s, "ticket.state", known != NULL ? known->name : state);
	set(s, "ticket.priority", tk_ticket_get(t, "priority"));
	set(s, "ticket.category", tk_ticket_get(t, "category"));
	set(s, "ticket.queue", q != NULL ? q->name : "");
	set(s, "ticket.client", c != NULL ? c->name : client);
	set(s, "ticket.requester", tk_ticket_get(t, "requester"));
	set(s, "ticket.assignee", name_of(desk, tk_ticket_get(t, "assignee")));
	set(s, "ticket.rating", tk_ticket_get(t, "rating"));
	set(s, "ticket.due", s->due.data);
	set(s, "actor.name", name_of(desk, tk_yaml_str(e->entry, "by")));
	set(s, "person.name", p->name);
	set(s, "desk.name", desk->name);
	set(s, "text", e->text);
	set(s, "rule", tk_yaml_str(e->entry, "rule"));
	set(s, "step", tk_yaml_str(step, "when"));
	set_words(s, kinds, tk_notify_events, e->kind);
	/* The ladder may raise a priority and hand nothing to anybody. */
	raised = step != NULL && tk_streq(e->kind, "escalate") &&
	    tk_yaml_str(tk_yaml_get(e->entry, "set"), "priority") != NULL;
	set(s, "is.raised", raised ? e->kind : "");
	set(s, "is.handed", tk_streq(e->kind, "escalate") && !raised ? e->kind : "");
	set_words(s, terms, targets, tk_yaml_str(step, "target"));
}

void
tk_notice_values_clear(struct tk_notice_values *s)
{
	tk_str_clear(&s->at);
	tk_str_clear(&s->due);
}
