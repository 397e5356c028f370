/* regdoc-process - positions 2, 3 and 4: processes, performers, results. */
#include "base/i18n.h"
#include "regulation/regdoc-parts.h"
#include "view/states.h"

static const char *
state_name(const struct tk_process *p, const char *id)
{
	const struct tk_state *s = tk_state_find(p, id);

	return s != NULL ? s->name : id;
}

static void
add_states(
    struct tk_regdoc *d, const struct tk_process *p, const struct tk_yaml *y)
{
	const char *titles[] = { _("State"), _("Clock"), _("Final") };
	const struct tk_yaml *list = tk_yaml_get(y, "states");
	const char *clock;
	size_t i;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < p->n_states; i++) {
		tk_regdoc_cell_name(d, p->state[i].id, p->state[i].name);
		clock = list != NULL && i < list->n
		    ? tk_yaml_str(list->item[i], "clock")
		    : NULL;
		tk_doc_cell(d->doc,
		    tk_streq(clock, "stopped")       ? _("stopped")
			: tk_streq(clock, "updates") ? _("news only")
			: tk_streq(clock, "running") ? _("running")
						     : clock);
		tk_doc_cell(d->doc,
		    p->state[i].positive    ? _("yes, a good end")
			: p->state[i].final ? _("yes")
					    : "");
	}
}

/* What the step asks for, and what it sets by itself. */
static void
add_needs(struct tk_regdoc *d, const struct tk_transition *t)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_regdoc_needs(&text, &t->require);
	for (i = 0;
	     t->set != NULL && t->set->kind == TK_YAML_MAP && i < t->set->n;
	     i++) {
		tk_str_addf(
		    &text, "%s%s = ", text.len > 0 ? "; " : "", t->set->key[i]);
		if (tk_yaml_is_null(t->set->item[i]))
			tk_str_add(&text, _("nothing"));
		else
			tk_yaml_write_flow(&text, t->set->item[i]);
	}
	tk_regdoc_cell_str(d, &text);
	tk_str_clear(&text);
}

static void
add_steps(struct tk_regdoc *d, const struct tk_process *p)
{
	const char *titles[] = { _("Step"), _("From state"), _("To state"),
		_("Act"), _("By whom"), _("Needs") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_transition *t;
	size_t i, k;

	tk_doc_table(d->doc, titles, 6);
	for (i = 0; i < p->n_steps; i++) {
		t = &p->step[i];
		tk_str_addf(&text, "%zu", i + 1);
		tk_regdoc_cell_str(d, &text);
		for (k = 0; k < t->from.n; k++)
			tk_regdoc_join(&text, state_name(p, t->from.v[k]));
		tk_regdoc_cell_str(d, &text);
		tk_doc_cell(d->doc, state_name(p, t->to));
		tk_regdoc_list(&text, &t->act);
		tk_regdoc_cell_str(d, &text);
		tk_regdoc_roles(&text, d, &t->by);
		tk_regdoc_cell_str(d, &text);
		add_needs(d, t);
	}
	tk_str_clear(&text);
}

void
tk_regdoc_processes(struct tk_regdoc *d)
{
	const struct tk_process *p;
	const struct tk_yaml *y;
	struct tk_str text = TK_STR_INIT;
	size_t i;

	for (i = 0; (p = tk_regdoc_process(d, i)) != NULL; i++) {
		y = tk_regfiles_process(d->files, p->file);
		tk_str_addf(&text, "%s (%s)", p->name, p->id);
		tk_doc_heading(d->doc, 2, text.data);
		tk_doc_prose(d->doc, tk_yaml_str(y, "text"));
		tk_str_reset(&text);
		tk_states_svg(&text, p, i + 1);
		tk_doc_figure(d->doc, text.data);
		tk_str_reset(&text);
		add_states(d, p, y);
		add_steps(d, p);
	}
	tk_str_clear(&text);
}

void
tk_regdoc_performers(struct tk_regdoc *d)
{
	const char *titles[] = { _("Process"), _("Responsible"),
		_("Accountable"), _("Consulted"), _("Informed") };
	const struct tk_process *p;
	const struct tk_yaml *y;
	size_t i;

	tk_doc_table(d->doc, titles, 5);
	for (i = 0; (p = tk_regdoc_process(d, i)) != NULL; i++) {
		y = tk_yaml_get(
		    tk_regfiles_process(d->files, p->file), "performers");
		tk_doc_cell(d->doc, p->name);
		tk_regdoc_cell_roles(d, y, "responsible");
		tk_regdoc_cell_roles(d, y, "accountable");
		tk_regdoc_cell_roles(d, y, "consulted");
		tk_regdoc_cell_roles(d, y, "informed");
	}
}

void
tk_regdoc_results(struct tk_regdoc *d)
{
	const char *titles[] = { _("Process"), _("There at the end"),
		_("Checklist") };
	const struct tk_process *p;
	struct tk_str text = TK_STR_INIT;
	size_t i, k;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; (p = tk_regdoc_process(d, i)) != NULL; i++) {
		tk_doc_cell(d->doc, p->name);
		tk_regdoc_needs(&text, &p->results);
		tk_regdoc_cell_str(d, &text);
		for (k = 0; k < p->checklist.n; k++)
			tk_str_addf(&text, "%s%s", k > 0 ? "; " : "",
			    p->checklist.v[k]);
		tk_regdoc_cell_str(d, &text);
	}
	tk_str_clear(&text);
}
