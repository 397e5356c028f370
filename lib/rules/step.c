/* step - from one state of a process to the next: who may, and what for. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "rules/find.h"
#include "rules/judging.h"

bool
tk_judge_is_by(const struct tk_actor *a, const struct tk_strv *by)
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

char *
tk_judge_names(const struct tk_strv *l)
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
		if (!tk_strv_has(&t->act, act) || !tk_strv_has(&t->from, state))
			continue;
		if (tk_judge_is_by(actor, &t->by))
			return t;
		if (others == NULL)
			others = t;
	}
	/* A letter from somebody who may not make the step is still kept;
	 * only people at the keyboard are told that it is not theirs. */
	return actor->kind == TK_ACTOR_STAFF ? others : NULL;
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
			tk_judge_need(
			    j, p->results.v[i], p->file, p->results_line, why);
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
		if (!tk_judge_is_by(j->actor, &t->by)) {
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
judge_no_step(struct tk_judging *j, const struct tk_process *p,
    const char *from, const char *to)
{
	struct tk_strv ways = TK_STRV_INIT;
	char *list;
	size_t i;

	for (i = 0; i < p->n_steps; i++)
		if (tk_strv_has(&p->step[i].from, from) &&
		    !tk_strv_has(&ways, p->step[i].to))
			tk_strv_add(&ways, p->step[i].to);
	list = tk_judge_names(&ways);
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
judge_no_move(
    struct tk_judging *j, const struct tk_process *p, const char *state)
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
	list = tk_judge_names(&by);
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
			tk_str_addf(
			    &names, "%s%s", i > 0 ? ", " : "", p->state[i].id);
		tk_find(j->out, false, p->file, 1, NULL,
		    _("no state \"%s\" in the process \"%s\"; there are: "
		      "%s"),
		    state != NULL ? state : "", p->id, names.data);
	}
	tk_str_clear(&names);
}

void
tk_judge_state(struct tk_judging *j)
{
	const char *type = tk_ticket_get(j->now, "type");
	const char *to = tk_ticket_get(j->now, "state");
	const char *from = tk_ticket_get(j->old, "state");
	const struct tk_process *p = tk_process_find(j->reg, type);
	const struct tk_transition *t, *other;
	char *why;

	/* As with queues: what was renamed under the ticket is for people. */
	if (j->actor->kind != TK_ACTOR_STAFF && j->old != NULL &&
	    tk_streq(from, to) && tk_streq(type, tk_ticket_get(j->old, "type")))
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
