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
	address = end != NULL ? tk_strndup(open + 1, (size_t)(end - open - 1))
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
		strcmp(j->act, "rate") == 0 || strcmp(j->act, "bounce") == 0 ||
		strcmp(j->act, "auto") == 0 || strcmp(j->act, "note") == 0 ||
		strcmp(j->act, "recover") == 0 || is_clients_step(j));
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
	roles = tk_judge_names(&j->actor->roles);
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
	    tk_judge_is_by(j->actor, &p->visible))
		return;
	roles = tk_judge_names(&p->visible);
	tk_find(j->out, true, p->file, p->visible_line, NULL,
	    _("tickets of type \"%s\" are for: %s"), p->id, roles);
	free(roles);
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
		why =
		    tk_strf(_("handing over from \"%s\" to \"%s\""), from, to);
		for (k = 0; k < h->require.n; k++)
			tk_judge_need(
			    j, h->require.v[k], TK_QUEUES_FILE, h->line, why);
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
	if (may->n == 0 || tk_judge_is_by(j->actor, may))
		return;
	roles = tk_judge_names(may);
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
	tk_judge_state(&j);
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
	struct tk_judging j = { .out = out,
		.now = none,
		.act = act,
		.actor = actor,
		.reg = r,
		.staff = staff };

	if (actor->kind != TK_ACTOR_TK)
		judge_role(&j);
	tk_judge_ack(&j, at);
	tk_ticket_free(none);
}
