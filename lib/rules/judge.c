/* judge - what the regulation says to one act on one ticket. */
#include "rules/judge.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "rules/find.h"
#include "rules/judging.h"


/* all, or the id itself. */
static bool
covers(const struct tk_strv *l, const char *id)
{
	return tk_strv_has(l, "all") || tk_strv_has(l, id);
}

static bool
actor_is(const struct tk_actor *a, const struct tk_strv *by)
{
	size_t i;

	if (by->n == 0)
		return true;
	if (a->kind == TK_ACTOR_TK)
		return tk_strv_has(by, "tk");
	if (a->kind == TK_ACTOR_CLIENT)
		return tk_strv_has(by, "client");
	if (tk_strv_has(by, "all"))
		return true;
	for (i = 0; i < a->roles.n; i++)
		if (tk_strv_has(by, a->roles.v[i]))
			return true;
	return false;
}

static char *
joined(const struct tk_strv *l)
{
	struct tk_str s = TK_STR_INIT;
	size_t i;

	for (i = 0; i < l->n; i++)
		tk_str_addf(&s, "%s%s", i > 0 ? ", " : "", l->v[i]);
	return tk_str_detach(&s);
}

const struct tk_transition *
tk_rules_step(const struct tk_regulation *r, const char *type,
    const char *state, const char *act, const struct tk_actor *actor)
{
	const struct tk_process *p = tk_process_find(r, type);
	const struct tk_transition *t, *others = NULL;
	size_t i;

	for (i = 0; p != NULL && i < p->n_steps; i++) {
		t = &p->step[i];
		if (!tk_strv_has(&t->act, act) ||
		    !tk_strv_has(&t->from, state))
			continue;
		if (actor_is(actor, &t->by))
			return t;
		if (others == NULL)
			others = t;
	}
	/* A letter from somebody who may not make the step is still kept;
	 * only people at the keyboard are told that it is not theirs. */
	return actor->kind == TK_ACTOR_STAFF ? others : NULL;
}

/* "Ivan <ivan@romashka.example>" is who writes from that address. */
static bool
is_requester(const struct tk_judging *j)
{
	const char *text = tk_ticket_get(j->old, "requester"), *open, *end;
	char *address;
	bool is;

	if (text == NULL)
		return false;
	open = strrchr(text, '<');
	end = open != NULL ? strchr(open, '>') : NULL;
	address = end != NULL
	    ? tk_strndup(open + 1, (size_t)(end - open - 1))
	    : tk_strdup(text);
	is = tk_strcaseeq(address, j->actor->id);
	free(address);
	return is;
}

/* A step of the process that is for clients, of a client's own ticket. */
static bool
is_clients_step(const struct tk_judging *j)
{
	const char *type = tk_ticket_get(j->old, "type");
	const char *state = tk_ticket_get(j->old, "state");
	const struct tk_transition *t = type != NULL && state != NULL
	    ? tk_rules_step(j->reg, type, state, j->act, j->actor)
	    : NULL;

	return t != NULL && tk_strv_has(&t->by, "client") && is_requester(j);
}

/* Acts that are the program's own work or the client's right. */
static bool
is_free_act(const struct tk_judging *j)
{
	if (j->actor->kind == TK_ACTOR_TK)
		return true;
	return j->actor->kind == TK_ACTOR_CLIENT &&
	    (strcmp(j->act, "open") == 0 || strcmp(j->act, "answer") == 0 ||
		strcmp(j->act, "rate") == 0 ||
		strcmp(j->act, "bounce") == 0 ||
		strcmp(j->act, "auto") == 0 || strcmp(j->act, "note") == 0 ||
		strcmp(j->act, "recover") == 0 ||
		is_clients_step(j));
}

static void
judge_role(struct tk_judging *j)
{
	const struct tk_role *role;
	const char *queue = tk_ticket_get(j->now, "queue");
	const char *was = tk_ticket_get(j->old, "queue");
	bool act = false, place = false;
	unsigned line = 1;
	char *roles;
	size_t i;

	if (was != NULL)
		queue = was;
	for (i = 0; i < j->actor->roles.n; i++) {
		role = tk_role_find(j->reg, j->actor->roles.v[i]);
		if (role == NULL)
			continue;
		line = role->where;
		if (!covers(&role->acts, j->act))
			continue;
		act = true;
		if (queue == NULL || covers(&role->queues, queue))
			place = true;
	}
	if (place && j->actor->queues.n > 0 && queue != NULL)
		place = covers(&j->actor->queues, queue);
	roles = joined(&j->actor->roles);
	if (!act)
		tk_find(j->out, true, TK_ROLES_FILE, line, NULL,
		    _("\"%s\" is not an act of %s (roles: %s)"), j->act,
		    j->actor->id, roles[0] != '\0' ? roles : _("none"));
	else if (!place)
		tk_find(j->out, true, TK_ROLES_FILE, line, NULL,
		    _("queue \"%s\" is not open to %s (roles: %s)"), queue,
		    j->actor->id, roles);
	free(roles);
}

/* Who may not see a ticket does not change it either: by a change of its type
 * it would come to light. Anybody may open one, or make one of his own. */
static void
judge_visible(struct tk_judging *j)
{
	const char *type = tk_ticket_get(j->old, "type");
	const struct tk_process *p =
	    type != NULL ? tk_process_find(j->reg, type) : NULL;
	char *roles;

	if (p == NULL || j->actor->kind != TK_ACTOR_STAFF ||
	    actor_is(j->actor, &p->visible))
		return;
	roles = joined(&p->visible);
	tk_find(j->out, true, p->file, p->visible_line, NULL,
	    _("tickets of type \"%s\" are for: %s"), p->id, roles);
	free(roles);
}

/* Position 4 of the regulation: what must be there at the end, whoever of the
 * staff ends it. The client's word and silence need no more. */
static void
judge_results(struct tk_judging *j, const struct tk_process *p,
    const struct tk_transition *t, const char *why)
{
	const struct tk_state *s = tk_state_find(p, t->to);
	size_t i;

	if (s == NULL || !s->final || !t->results ||
	    j->actor->kind != TK_ACTOR_STAFF)
		return;
	for (i = 0; i < p->results.n; i++)
		if (!tk_strv_has(&t->require, p->results.v[i]))
			tk_judge_need(j, p->results.v[i], p->file,
			    p->results_line, why);
}

static void
judge_step(struct tk_judging *j, const struct tk_process *p,
    const struct tk_transition *t, const char *why)
{
	size_t i;

	for (i = 0; i < t->require.n; i++)
		tk_judge_need(j, t->require.v[i], t->file, t->line, why);
	judge_results(j, p, t, why);
}

static bool
is_step(const struct tk_judging *j, const struct tk_transition *t,
    const char *from, const char *to)
{
	return strcmp(t->to, to) == 0 && tk_strv_has(&t->from, from) &&
	    (strcmp(j->act, "status") == 0 || strcmp(j->act, "reply") == 0 ||
		tk_strv_has(&t->act, j->act));
}

/* Is all there that this step asks for? */
static bool
is_satisfied(struct tk_judging *j, const struct tk_process *p,
    const struct tk_transition *t)
{
	struct tk_findings none = { NULL, 0, 0 };
	struct tk_judging trial = *j;
	bool is;

	trial.out = &none;
	judge_step(&trial, p, t, "");
	is = none.n == 0;
	tk_findings_clear(&none);
	return is;
}

/* Of several steps of this actor the first that asks for nothing more, else
 * the first. */
static const struct tk_transition *
find_step(struct tk_judging *j, const struct tk_process *p, const char *from,
    const char *to, const struct tk_transition **other)
{
	const struct tk_transition *t, *first = NULL;
	size_t i;

	*other = NULL;
	for (i = 0; i < p->n_steps; i++) {
		t = &p->step[i];
		if (!is_step(j, t, from, to))
			continue;
		if (!actor_is(j->actor, &t->by)) {
			if (*other == NULL)
				*other = t;
			continue;
		}
		if (is_satisfied(j, p, t))
			return t;
		if (first == NULL)
			first = t;
	}
	return first;
}

static void
judge_no_step(struct tk_judging *j, const struct tk_process *p, const char *from,
    const char *to)
{
	struct tk_strv ways = TK_STRV_INIT;
	char *list;
	size_t i;

	for (i = 0; i < p->n_steps; i++)
		if (tk_strv_has(&p->step[i].from, from) &&
		    !tk_strv_has(&ways, p->step[i].to))
			tk_strv_add(&ways, p->step[i].to);
	list = joined(&ways);
	tk_find(j->out, false, p->file, 1, NULL,
	    _("no step from \"%s\" to \"%s\" by \"%s\"; from \"%s\" one can go "
	      "to: %s"),
	    from, to, j->act, from, list);
	free(list);
	tk_strv_clear(&ways);
}

/* Acts that are nothing without a change of state. */
static bool
is_move(const char *act)
{
	return strcmp(act, "status") == 0 || strcmp(act, "close") == 0 ||
	    strcmp(act, "reopen") == 0;
}

static void
judge_no_move(struct tk_judging *j, const struct tk_process *p, const char *state)
{
	const struct tk_state *s = tk_state_find(p, state);

	if (strcmp(j->act, "status") == 0)
		tk_find(j->out, false, p->file, 1, NULL,
		    _("the state is \"%s\" already"), state);
	else if (strcmp(j->act, "close") == 0 && s != NULL && s->final)
		tk_find(j->out, false, p->file, 1, NULL,
		    _("it is closed already: the state is \"%s\""), state);
	else if (strcmp(j->act, "reopen") == 0 && s != NULL && !s->final)
		tk_find(j->out, false, p->file, 1, NULL,
		    _("it is open already: the state is \"%s\""), state);
	else
		tk_find(j->out, false, p->file, 1, NULL,
		    _("no step from \"%s\" by \"%s\""), state, j->act);
}

/* Several steps may lead there, each for others: all of them are named. */
static void
judge_others(struct tk_judging *j, const struct tk_process *p,
    const struct tk_transition *first, const char *from, const char *to)
{
	struct tk_strv by = TK_STRV_INIT;
	const struct tk_transition *t;
	size_t i, k;
	char *list;

	for (i = 0; i < p->n_steps; i++) {
		t = &p->step[i];
		for (k = 0; is_step(j, t, from, to) && k < t->by.n; k++)
			if (!tk_strv_has(&by, t->by.v[k]))
				tk_strv_add(&by, t->by.v[k]);
	}
	list = joined(&by);
	tk_find(j->out, true, first->file, first->line, NULL,
	    _("the step from \"%s\" to \"%s\" is for: %s"), from, to, list);
	free(list);
	tk_strv_clear(&by);
}

/* p is NULL: no such process; else it has no such state. */
static void
judge_unknown(struct tk_judging *j, const struct tk_process *p,
    const char *type, const char *state)
{
	struct tk_str names = TK_STR_INIT;
	size_t i;

	if (p == NULL) {
		tk_regulation_names(&names, j->reg, "type");
		tk_find(j->out, false, TK_HANDLING_FILE, 1, NULL,
		    _("no process \"%s\"; there are: %s"),
		    type != NULL ? type : "", names.data);
	} else {
		for (i = 0; i < p->n_states; i++)
			tk_str_addf(&names, "%s%s", i > 0 ? ", " : "",
			    p->state[i].id);
		tk_find(j->out, false, p->file, 1, NULL,
		    _("no state \"%s\" in the process \"%s\"; there are: "
		      "%s"),
		    state != NULL ? state : "", p->id, names.data);
	}
	tk_str_clear(&names);
}

static void
judge_state(struct tk_judging *j)
{
	const char *type = tk_ticket_get(j->now, "type");
	const char *to = tk_ticket_get(j->now, "state");
	const char *from = tk_ticket_get(j->old, "state");
	const struct tk_process *p = tk_process_find(j->reg, type);
	const struct tk_transition *t, *other;
	char *why;

	/* As with queues: what was renamed under the ticket is for people. */
	if (j->actor->kind != TK_ACTOR_STAFF && j->old != NULL &&
	    tk_streq(from, to) &&
	    tk_streq(type, tk_ticket_get(j->old, "type")))
		return;
	if (p == NULL || to == NULL || tk_state_find(p, to) == NULL) {
		judge_unknown(j, p, type, to);
		return;
	}
	if (j->old == NULL) {
		if (strcmp(to, p->initial) != 0)
			tk_find(j->out, false, p->file, 1, NULL,
			    _("a new ticket starts in \"%s\""), p->initial);
		return;
	}
	/* A ticket that changes its type keeps a state the new process has. */
	if (from == NULL || strcmp(from, to) == 0) {
		if (is_move(j->act))
			judge_no_move(j, p, to);
		return;
	}
	t = find_step(j, p, from, to, &other);
	if (t == NULL && other == NULL) {
		judge_no_step(j, p, from, to);
		return;
	}
	if (t == NULL) {
		judge_others(j, p, other, from, to);
		return;
	}
	why = tk_strf(_("the step from \"%s\" to \"%s\""), from, to);
	judge_step(j, p, t, why);
	free(why);
}

static void
judge_queue(struct tk_judging *j)
{
	const char *to = tk_ticket_get(j->now, "queue");
	const char *from = tk_ticket_get(j->old, "queue");
	const struct tk_queue *q;
	struct tk_str names = TK_STR_INIT;
	const struct tk_handover *h;
	size_t i, k;
	char *why;

	/* A queue that was renamed under a ticket is for people to mend, not
	 * a reason to turn the client's letter away. */
	if (j->actor->kind != TK_ACTOR_STAFF && j->old != NULL &&
	    tk_streq(from, to))
		return;
	if (to == NULL || tk_queue_find(j->reg, to) == NULL) {
		tk_regulation_names(&names, j->reg, "queue");
		tk_find(j->out, false, TK_QUEUES_FILE, 1, NULL,
		    _("no queue \"%s\"; there are: %s"), to != NULL ? to : "",
		    names.data);
		tk_str_clear(&names);
		return;
	}
	q = from != NULL ? tk_queue_find(j->reg, from) : NULL;
	/* Within a queue only an escalation is a handover. */
	if (q == NULL || q->n_handovers == 0 ||
	    (strcmp(from, to) == 0 && strcmp(j->act, "escalate") != 0))
		return;
	for (i = 0; i < q->n_handovers; i++) {
		h = &q->handover[i];
		if (!covers(&h->to, to))
			continue;
		/* What the ladder does needs no more words of it. */
		if (j->actor->kind == TK_ACTOR_TK)
			return;
		why = tk_strf(_("handing over from \"%s\" to \"%s\""), from, to);
		for (k = 0; k < h->require.n; k++)
			tk_judge_need(j, h->require.v[k], TK_QUEUES_FILE,
			    h->line, why);
		free(why);
		return;
	}
	if (strcmp(from, to) == 0)
		return;
	tk_find(j->out, false, TK_QUEUES_FILE, q->where, NULL,
	    _("\"%s\" may not hand over to \"%s\""), from, to);
}

static void
judge_reply(struct tk_judging *j)
{
	const struct tk_strv *may = &j->reg->write_to_clients;
	char *roles, *remedy;

	if (strcmp(j->act, "reply") != 0 || j->actor->kind == TK_ACTOR_TK)
		return;
	if (may->n == 0 || actor_is(j->actor, may))
		return;
	roles = joined(may);
	remedy = tk_strf("tk note %s -m 'TEXT'", tk_ticket_id(j->now));
	tk_find(j->out, true, TK_RELATIONS_FILE, j->reg->write_line, remedy,
	    _("only these roles write to clients: %s; leave a note instead"),
	    roles);
	free(remedy);
	free(roles);
}

static void
fill_remedies(struct tk_judging *j)
{
	char *again = NULL;
	size_t i;

	for (i = 0; i < j->out->n; i++) {
		if (!tk_streq(j->out->v[i].remedy, TK_AGAIN))
			continue;
		if (again == NULL)
			again = tk_judge_again(j);
		free(j->out->v[i].remedy);
		j->out->v[i].remedy = tk_strdup(again);
	}
	free(again);
}

void
tk_rules_judge(struct tk_findings *out, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_actor *actor,
    const struct tk_regulation *r, const struct tk_staff *staff)
{
	struct tk_judging j = { .out = out,
		.old = old,
		.now = now,
		.actor = actor,
		.reg = r,
		.staff = staff };

	j.entry = tk_ticket_entry(now, tk_ticket_log_n(now) - 1);
	j.act = tk_yaml_str(j.entry, "act");
	if (!is_free_act(&j))
		judge_role(&j);
	tk_judge_ack(&j, tk_entry_at(j.entry));
	judge_visible(&j);
	judge_state(&j);
	judge_queue(&j);
	tk_judge_fields(&j);
	tk_judge_promise(&j);
	judge_reply(&j);
	fill_remedies(&j);
}

void
tk_rules_may(struct tk_findings *out, const struct tk_actor *actor,
    const char *act, const struct tk_regulation *r,
    const struct tk_staff *staff, int64_t at)
{
	struct tk_ticket *none = tk_ticket_new("TK-1");
	struct tk_judging j = { .out = out, .now = none, .act = act,
		.actor = actor, .reg = r, .staff = staff };

	if (actor->kind != TK_ACTOR_TK)
		judge_role(&j);
	tk_judge_ack(&j, at);
	tk_ticket_free(none);
}
