/* regdoc-people - positions 7, 8 and 9: departments, roles, handling. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdoc-parts.h"

/* "; escalated to: Сети (network), Эксперты" */
static void
add_upwards(struct tk_str *out, const struct tk_regdoc *d,
    const struct tk_queue *q)
{
	const struct tk_upward *u;
	const struct tk_queue *to;
	size_t i;

	for (i = 0; i < q->n_upwards; i++) {
		u = &q->upward[i];
		to = u->queue != NULL ? tk_queue_find(d->reg, u->queue) : q;
		tk_str_addf(out, "%s %s", i == 0 ? _("; escalated to:") : ",",
		    to != NULL ? to->name : u->queue);
		if (u->category != NULL)
			tk_str_addf(out, " (%s)", u->category);
	}
}

static void
add_queues(struct tk_regdoc *d)
{
	const char *titles[] = { _("Queue"), _("Line"), _("Address"),
		_("Hands over to") };
	struct tk_str text = TK_STR_INIT, needs = TK_STR_INIT;
	struct tk_str to = TK_STR_INIT;
	const struct tk_queue *q;
	size_t i, k;

	tk_doc_table(d->doc, titles, 4);
	for (i = 0; i < d->reg->n_queues; i++) {
		q = &d->reg->queue[i];
		tk_regdoc_cell_name(d, q->id, q->name);
		if (q->line > 0)
			tk_str_addf(&text, "%d", q->line);
		tk_regdoc_cell_str(d, &text);
		tk_doc_cell(d->doc, q->address);
		for (k = 0; k < q->n_handovers; k++) {
			tk_str_reset(&needs);
			tk_str_reset(&to);
			tk_regdoc_queues(&to, d, &q->handover[k].to);
			tk_regdoc_needs(&needs, &q->handover[k].require);
			tk_str_addf(&text, "%s%s", k > 0 ? "; " : "", to.data);
			if (needs.len > 0)
				tk_str_addf(&text, " (%s)", needs.data);
		}
		if (q->n_handovers == 0)
			tk_str_add(&text, _("all"));
		add_upwards(&text, d, q);
		tk_regdoc_cell_str(d, &text);
	}
	tk_str_clear(&text);
	tk_str_clear(&needs);
	tk_str_clear(&to);
}

static void
put_condition(struct tk_str *out, const char *label, const char *value)
{
	if (value != NULL)
		tk_str_addf(
		    out, "%s%s %s", out->len > 0 ? ", " : "", label, value);
}

static void
add_routes(struct tk_regdoc *d)
{
	const char *titles[] = { _("Letter"), _("Queue"), _("Process"),
		_("Priority"), _("Category") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_process *p;
	const struct tk_queue *q;
	const struct tk_route *t;
	size_t i;

	tk_doc_table(d->doc, titles, 5);
	for (i = 0; i < d->reg->n_routes; i++) {
		t = &d->reg->route[i];
		q = tk_queue_find(d->reg, t->queue);
		p = tk_process_find(d->reg, t->type);
		put_condition(&text, _("to"), t->to);
		put_condition(&text, _("from"), t->from);
		put_condition(&text, _("about"), t->subject);
		put_condition(&text, _("of the client"), t->client);
		tk_regdoc_cell_str(d, &text);
		tk_doc_cell(d->doc, q != NULL ? q->name : t->queue);
		tk_doc_cell(d->doc, p != NULL ? p->name : t->type);
		tk_doc_cell(d->doc, t->priority);
		tk_doc_cell(d->doc, t->category);
	}
	tk_str_clear(&text);
}

void
tk_regdoc_departments(struct tk_regdoc *d)
{
	tk_doc_prose(d->doc,
	    tk_yaml_str(tk_regfiles_get(d->files, "queues.yaml"), "text"));
	add_queues(d);
	add_routes(d);
}

void
tk_regdoc_people(struct tk_regdoc *d)
{
	const char *titles[] = { _("Role"), _("Acts"), _("Queues") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_role *role;
	size_t i;

	tk_doc_prose(d->doc,
	    tk_yaml_str(tk_regfiles_get(d->files, "roles.yaml"), "text"));
	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < d->reg->n_roles; i++) {
		role = &d->reg->role[i];
		tk_regdoc_cell_name(d, role->id, role->name);
		if (tk_strv_has(&role->acts, "all"))
			tk_str_add(&text, _("all"));
		else
			tk_regdoc_list(&text, &role->acts);
		tk_regdoc_cell_str(d, &text);
		tk_regdoc_queues(&text, d, &role->queues);
		tk_regdoc_cell_str(d, &text);
	}
	tk_str_clear(&text);
}

static void
add_priorities(struct tk_regdoc *d)
{
	const char *titles[] = { _("Priority"), _("Urgent"), _("Default") };
	const struct tk_choice *c;
	size_t i;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < d->reg->priorities.n; i++) {
		c = &d->reg->priorities.v[i];
		tk_regdoc_cell_name(d, c->id, c->name);
		tk_doc_cell(d->doc, c->urgent ? _("yes") : "");
		tk_doc_cell(d->doc,
		    tk_streq(c->id, d->reg->default_priority) ? _("yes") : "");
	}
}

/* "the whole organisation cannot work (high)" */
static void
put_level(struct tk_regdoc *d, const struct tk_yaml *y, const char *key,
    const char *id)
{
	const struct tk_yaml *list = tk_yaml_get(y, key);
	const char *name = NULL;
	size_t i;

	for (i = 0; list != NULL && list->kind == TK_YAML_LIST && i < list->n;
	     i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			name = tk_yaml_str(list->item[i], "name");
	tk_regdoc_cell_name(d, id, name);
}

static void
add_matrix(struct tk_regdoc *d, const struct tk_yaml *y)
{
	const char *titles[] = { _("Impact"), _("Urgency"), _("Priority") };
	const struct tk_matrix_cell *m;
	const struct tk_choice *c;
	size_t i;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < d->reg->n_matrix; i++) {
		m = &d->reg->matrix[i];
		c = tk_choice_find(&d->reg->priorities, m->priority);
		put_level(d, y, "impact", m->impact);
		put_level(d, y, "urgency", m->urgency);
		tk_regdoc_cell_name(d, m->priority, c != NULL ? c->name : NULL);
	}
}

static void
add_categories(struct tk_regdoc *d)
{
	const char *titles[] = { _("Category"), _("What to ask for"),
		_("Evidence") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_choice *c;
	size_t i;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < d->reg->categories.n; i++) {
		c = &d->reg->categories.v[i];
		tk_regdoc_cell_name(d, c->id, c->name);
		tk_regdoc_list(&text, &c->ask);
		tk_regdoc_cell_str(d, &text);
		tk_regdoc_list(&text, &c->evidence);
		tk_regdoc_cell_str(d, &text);
	}
	tk_str_clear(&text);
}

void
tk_regdoc_handling(struct tk_regdoc *d)
{
	const struct tk_yaml *y = tk_regfiles_get(d->files, "handling.yaml");
	const struct tk_process *p =
	    tk_process_find(d->reg, d->reg->default_type);
	struct tk_str text = TK_STR_INIT;

	tk_doc_prose(d->doc, tk_yaml_str(y, "text"));
	tk_doc_table(d->doc, NULL, 2);
	tk_doc_cell(d->doc, _("Process, if nothing else is said"));
	tk_doc_cell(d->doc, p != NULL ? p->name : NULL);
	if (d->reg->channels.n > 0) {
		tk_doc_cell(d->doc, _("Channels"));
		tk_regdoc_list(&text, &d->reg->channels);
		tk_regdoc_cell_str(d, &text);
	}
	add_priorities(d);
	add_matrix(d, y);
	add_categories(d);
	tk_str_clear(&text);
}
