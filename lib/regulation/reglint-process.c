/* reglint-process - states, steps and their words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

static const char *const others[] = { "client", "tk", "all", NULL };

/* The line of a state's entry. */
static unsigned
state_line(const struct tk_yaml *root, size_t i)
{
	const struct tk_yaml *list = tk_lint_list(root, "states");

	return i < list->n ? list->item[i]->line : list->line;
}

/* Spread over the steps until nothing changes: forwards from the initial
 * state, or backwards from the final ones. */
static void
spread(const struct tk_process *p, bool *mark, bool backwards)
{
	const struct tk_state *from, *to;
	bool changed = true;
	size_t i, k, a, b;

	while (changed) {
		changed = false;
		for (i = 0; i < p->n_steps; i++)
			for (k = 0; k < p->step[i].from.n; k++) {
				from = tk_state_find(p, p->step[i].from.v[k]);
				to = tk_state_find(p, p->step[i].to);
				if (from == NULL || to == NULL)
					continue;
				a = (size_t)((backwards ? to : from) -
				    p->state);
				b = (size_t)((backwards ? from : to) -
				    p->state);
				changed = changed || (mark[a] && !mark[b]);
				mark[b] = mark[b] || mark[a];
			}
	}
}

static bool
has_way_out(const struct tk_process *p, const char *state)
{
	size_t i;

	for (i = 0; i < p->n_steps; i++)
		if (tk_strv_has(&p->step[i].from, state) &&
		    strcmp(p->step[i].to, state) != 0)
			return true;
	return false;
}

static void
lint_states(
    struct tk_lint *l, const struct tk_process *p, const struct tk_yaml *root)
{
	bool *reached = tk_calloc(p->n_states + 1, sizeof(*reached));
	bool *ends = tk_calloc(p->n_states + 1, sizeof(*ends));
	bool any = false;
	size_t i, k;

	for (i = 0; i < p->n_states; i++) {
		reached[i] = strcmp(p->state[i].id, p->initial) == 0;
		ends[i] = p->state[i].final;
		any = any || ends[i];
	}
	spread(p, reached, false);
	spread(p, ends, true);
	if (tk_state_find(p, p->initial) == NULL)
		tk_lint_find(l, p->file, tk_yaml_line(root, "initial"),
		    _("the initial state \"%s\" is not in \"states\""),
		    p->initial);
	if (!any)
		tk_lint_find(l, p->file, tk_yaml_line(root, "states"),
		    _("no state is final"));
	for (i = 0; i < p->n_states; i++) {
		for (k = 0; k < i; k++)
			if (strcmp(p->state[k].id, p->state[i].id) == 0)
				tk_lint_find(l, p->file, state_line(root, i),
				    _("the state \"%s\" is there twice"),
				    p->state[i].id);
		if (p->state[i].positive && !p->state[i].final)
			tk_lint_find(l, p->file, state_line(root, i),
			    _("the state \"%s\" is \"positive\", but not "
			      "final"),
			    p->state[i].id);
		if (!reached[i] && tk_state_find(p, p->initial) != NULL)
			tk_lint_find(l, p->file, state_line(root, i),
			    _("no step leads to the state \"%s\""),
			    p->state[i].id);
		if (!p->state[i].final && !has_way_out(p, p->state[i].id))
			tk_lint_find(l, p->file, state_line(root, i),
			    _("the state \"%s\" is a dead end: not final, and "
			      "no step leads out"),
			    p->state[i].id);
		else if (any && !ends[i])
			tk_lint_find(l, p->file, state_line(root, i),
			    _("from the state \"%s\" no final state can be "
			      "reached"),
			    p->state[i].id);
	}
	free(reached);
	free(ends);
}

/* What the judge would say to somebody with this role alone. */
static bool
may_make(const struct tk_role *role, const struct tk_transition *t)
{
	const struct tk_strv *acts = &role->acts;
	size_t i;

	if (tk_strv_has(acts, "all") || tk_strv_has(acts, "status") ||
	    tk_strv_has(acts, "reply"))
		return true;
	for (i = 0; i < t->act.n; i++)
		if (tk_strv_has(acts, t->act.v[i]))
			return true;
	return false;
}

static bool
anybody_may(const struct tk_regulation *r, const struct tk_transition *t)
{
	bool all = t->by.n == 0 || tk_strv_has(&t->by, "all");
	size_t i;

	if (t->by.n == 0 || tk_strv_has(&t->by, "client") ||
	    tk_strv_has(&t->by, "tk"))
		return true;
	for (i = 0; i < r->n_roles; i++)
		if ((all || tk_strv_has(&t->by, r->role[i].id)) &&
		    may_make(&r->role[i], t))
			return true;
	return false;
}

static void
lint_step(struct tk_lint *l, const struct tk_process *p,
    const struct tk_transition *t, const struct tk_yaml *y)
{
	size_t i;

	if (t->from.n == 0)
		tk_lint_find(l, p->file, t->line,
		    _("the step to \"%s\" begins nowhere: no \"from\""), t->to);
	for (i = 0; i < t->from.n; i++)
		if (tk_state_find(p, t->from.v[i]) == NULL)
			tk_lint_find(l, p->file, t->line, _("no state \"%s\""),
			    t->from.v[i]);
	if (tk_state_find(p, t->to) == NULL)
		tk_lint_find(l, p->file, t->line, _("no state \"%s\""), t->to);
	tk_lint_roles(l, p->file, y, "by", others);
	if (!anybody_may(l->reg, t))
		tk_lint_find(l, p->file, t->line,
		    _("nobody may make the step to \"%s\": no role of \"by\" "
		      "has an act for it"),
		    t->to);
	tk_lint_words(l, p->file, tk_yaml_line(y, "require"), &t->require);
}

void
tk_lint_processes(struct tk_lint *l)
{
	static const char *const keys[] = { "responsible", "accountable",
		"consulted", "informed" };
	const struct tk_yaml *root, *performers, *list;
	const struct tk_process *p;
	size_t i, k;

	if (l->reg->n_processes == 0)
		tk_lint_find(l, "regulation/regulation.yaml", 1,
		    _("regulation/processes: there is no process"));
	for (i = 0; i < l->reg->n_processes; i++) {
		p = &l->reg->process[i];
		root = tk_regfiles_process(l->files, p->file);
		lint_states(l, p, root);
		list = tk_lint_list(root, "transitions");
		for (k = 0; k < p->n_steps && k < list->n; k++)
			lint_step(l, p, &p->step[k], list->item[k]);
		tk_lint_words(l, p->file, p->results_line, &p->results);
		performers = tk_yaml_get(root, "performers");
		for (k = 0; k < TK_COUNT(keys); k++)
			tk_lint_roles(l, p->file, performers, keys[k], others);
		tk_lint_roles(l, p->file, root, "visible", others);
		for (k = 0; k < i; k++)
			if (strcmp(l->reg->process[k].id, p->id) == 0)
				tk_lint_find(l, p->file,
				    tk_yaml_line(root, "id"),
				    _("the process \"%s\" is in %s too"), p->id,
				    l->reg->process[k].file);
	}
}
