/* reglint-people - queues, roles and who has them, templates, handling. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

#define QUEUES "regulation/queues.yaml"
#define ROLES "regulation/roles.yaml"
#define HANDLING "regulation/handling.yaml"
#define RELATIONS "regulation/relations.yaml"
#define TITLE "regulation/regulation.yaml"

static void
lint_route(struct tk_lint *l, const struct tk_route *t)
{
	if (t->queue != NULL && tk_queue_find(l->reg, t->queue) == NULL)
		tk_lint_find(
		    l, QUEUES, t->where, _("no queue \"%s\""), t->queue);
	if (t->type != NULL && tk_process_find(l->reg, t->type) == NULL)
		tk_lint_find(
		    l, QUEUES, t->where, _("no process \"%s\""), t->type);
	if (t->priority != NULL &&
	    tk_choice_find(&l->reg->priorities, t->priority) == NULL)
		tk_lint_find(
		    l, QUEUES, t->where, _("no priority \"%s\""), t->priority);
	if (t->category != NULL &&
	    tk_choice_find(&l->reg->categories, t->category) == NULL)
		tk_lint_find(
		    l, QUEUES, t->where, _("no category \"%s\""), t->category);
}

static void
lint_queue_list(struct tk_lint *l, const char *path, unsigned line,
    const struct tk_strv *queues)
{
	size_t i;

	for (i = 0; i < queues->n; i++)
		if (strcmp(queues->v[i], "all") != 0 &&
		    tk_queue_find(l->reg, queues->v[i]) == NULL)
			tk_lint_find(
			    l, path, line, _("no queue \"%s\""), queues->v[i]);
}

/* It must be there, and this queue must be allowed to hand over to it. */
static void
lint_upwards(struct tk_lint *l, const struct tk_queue *q)
{
	const struct tk_upward *u;
	bool may = q->n_handovers == 0;
	size_t i, k;

	for (i = 0; i < q->n_upwards; i++) {
		u = &q->upward[i];
		if (u->queue == NULL || strcmp(u->queue, q->id) == 0)
			continue;
		if (tk_queue_find(l->reg, u->queue) == NULL) {
			tk_lint_find(l, QUEUES, u->where, _("no queue \"%s\""),
			    u->queue);
			continue;
		}
		for (k = 0, may = q->n_handovers == 0;
		     !may && k < q->n_handovers; k++)
			may = tk_strv_has(&q->handover[k].to, "all") ||
			    tk_strv_has(&q->handover[k].to, u->queue);
		if (!may)
			tk_lint_find(l, QUEUES, u->where,
			    _("\"escalate\" leads to \"%s\", but \"%s\" may "
			      "not hand over to it"),
			    u->queue, q->id);
	}
}

void
tk_lint_queues(struct tk_lint *l)
{
	const struct tk_yaml *root = tk_regfiles_get(l->files, "queues.yaml");
	const struct tk_queue *q;
	size_t i, k;

	if (l->reg->n_queues == 0)
		tk_lint_find(l, QUEUES, 1, _("there is no queue"));
	if (l->reg->default_queue != NULL &&
	    tk_queue_find(l->reg, l->reg->default_queue) == NULL)
		tk_lint_find(l, QUEUES, tk_yaml_line(root, "default"),
		    _("no queue \"%s\""), l->reg->default_queue);
	for (i = 0; i < l->reg->n_queues; i++) {
		q = &l->reg->queue[i];
		for (k = 0; k < q->n_handovers; k++) {
			lint_queue_list(
			    l, QUEUES, q->handover[k].line, &q->handover[k].to);
			tk_lint_words(l, QUEUES, q->handover[k].line,
			    &q->handover[k].require);
		}
		lint_upwards(l, q);
	}
	for (i = 0; i < l->reg->n_routes; i++)
		lint_route(l, &l->reg->route[i]);
}

void
tk_lint_handling(struct tk_lint *l)
{
	const struct tk_yaml *root = tk_regfiles_get(l->files, "handling.yaml");
	const struct tk_regulation *r = l->reg;
	size_t i;

	for (i = 0; i < r->types.n; i++)
		if (tk_process_find(r, r->types.v[i]) == NULL)
			tk_lint_find(l, HANDLING, tk_yaml_line(root, "types"),
			    _("no process \"%s\""), r->types.v[i]);
	for (i = 0; r->types.n > 0 && i < r->n_processes; i++)
		if (!tk_strv_has(&r->types, r->process[i].id))
			tk_lint_find(l, r->process[i].file, 1,
			    _("the process \"%s\" is not in \"types\" of %s"),
			    r->process[i].id, HANDLING);
	if (r->default_type != NULL &&
	    tk_process_find(r, r->default_type) == NULL)
		tk_lint_find(l, HANDLING, tk_yaml_line(root, "default_type"),
		    _("no process \"%s\""), r->default_type);
	if (r->default_priority != NULL &&
	    tk_choice_find(&r->priorities, r->default_priority) == NULL)
		tk_lint_find(l, HANDLING,
		    tk_yaml_line(root, "default_priority"),
		    _("no priority \"%s\""), r->default_priority);
	for (i = 0; i < r->n_matrix; i++)
		if (tk_choice_find(&r->priorities, r->matrix[i].priority) ==
		    NULL)
			tk_lint_find(l, HANDLING, r->matrix[i].where,
			    _("no priority \"%s\""), r->matrix[i].priority);
}

static bool
covers(const struct tk_strv *l, const char *id)
{
	return tk_strv_has(l, "all") || tk_strv_has(l, id);
}

static bool
works_in(const struct tk_lint *l, const struct tk_person *p, const char *queue)
{
	const struct tk_role *role;
	size_t i;

	if (!p->active || (p->queues.n > 0 && !covers(&p->queues, queue)))
		return false;
	for (i = 0; i < p->roles.n; i++) {
		role = tk_role_find(l->reg, p->roles.v[i]);
		if (role != NULL && covers(&role->queues, queue))
			return true;
	}
	return false;
}

/* Roles and queues that nobody has. */
static void
lint_staff(struct tk_lint *l)
{
	const struct tk_role *role;
	const struct tk_queue *q;
	size_t i, k;

	for (i = 0; i < l->reg->n_roles; i++) {
		role = &l->reg->role[i];
		for (k = 0; k < l->staff->n; k++)
			if (l->staff->v[k].active &&
			    tk_strv_has(&l->staff->v[k].roles, role->id))
				break;
		if (k == l->staff->n)
			tk_lint_find(l, ROLES, role->where,
			    _("nobody on the staff has the role \"%s\""),
			    role->id);
	}
	for (i = 0; i < l->reg->n_queues; i++) {
		q = &l->reg->queue[i];
		for (k = 0; k < l->staff->n; k++)
			if (works_in(l, &l->staff->v[k], q->id))
				break;
		if (k == l->staff->n)
			tk_lint_find(l, QUEUES, q->where,
			    _("nobody on the staff works in the queue \"%s\""),
			    q->id);
	}
}

/* In this very language: the English one in its place is a letter that the
 * client may not understand. */
static bool
has_template(const struct tk_lint *l, const char *language, const char *name)
{
	char *path = tk_strf("templates/%s/%s.txt", language, name);
	char *share = tk_strf("%s/%s", tk_datadir(), path);
	char id[41] = "";
	bool has;

	if (l->desk != NULL)
		tk_store_object(l->desk->store, id, path);
	has = id[0] != '\0' || tk_file_exists(share);
	free(path);
	free(share);
	return has;
}

static void
lint_templates(struct tk_lint *l)
{
	const struct tk_yaml *ack = tk_yaml_get(
	    tk_regfiles_get(l->files, "relations.yaml"), "acknowledgement");
	const char *name =
	    l->reg->ack_template != NULL ? l->reg->ack_template : "ack";
	const struct tk_queue *q;
	size_t i;

	if (!l->reg->ack_send)
		return;
	if (l->reg->language != NULL &&
	    !has_template(l, l->reg->language, name))
		tk_lint_find(l, RELATIONS, tk_yaml_line(ack, "template"),
		    _("no template \"%s\" in the language \"%s\""), name,
		    l->reg->language);
	for (i = 0; i < l->reg->n_queues; i++) {
		q = &l->reg->queue[i];
		if (q->language != NULL && !has_template(l, q->language, name))
			tk_lint_find(l, QUEUES, q->where,
			    _("no template \"%s\" in the language \"%s\""),
			    name, q->language);
	}
}

/* Who parts with a client, and can it ever be? */
static void
lint_refusal(struct tk_lint *l, const struct tk_yaml *relations)
{
	static const char *const all[] = { "all", NULL };
	const struct tk_refusal *r = &l->reg->refuse;
	bool any = false;
	size_t i, k;

	tk_lint_roles(
	    l, RELATIONS, tk_yaml_get(relations, "refuse_client"), "by", all);
	for (i = 0; i < l->reg->n_processes; i++)
		for (k = 0; k < l->reg->process[i].n_states; k++)
			any = any ||
			    (l->reg->process[i].state[k].final &&
				l->reg->process[i].state[k].positive);
	for (i = 0; i < r->require.n; i++)
		if (strcmp(r->require.v[i], "positive-close") == 0) {
			if (!any)
				tk_lint_find(l, RELATIONS, r->line,
				    _("no final state says \"positive: "
				      "true\": no client can be parted with"));
		} else if (strcmp(r->require.v[i], "comment") != 0) {
			tk_lint_find(l, RELATIONS, r->line,
			    _("\"%s\" is no word of \"refuse_client\"; there "
			      "are: positive-close, comment"),
			    r->require.v[i]);
		}
}

void
tk_lint_people(struct tk_lint *l)
{
	static const char *const all[] = { "all", NULL };
	const struct tk_yaml *ack = tk_yaml_get(
	    tk_regfiles_get(l->files, "regulation.yaml"), "acknowledge");
	size_t i, k;

	for (i = 0; i < l->reg->n_roles; i++) {
		lint_queue_list(
		    l, ROLES, l->reg->role[i].where, &l->reg->role[i].queues);
		for (k = 0; k < i; k++)
			if (strcmp(l->reg->role[k].id, l->reg->role[i].id) == 0)
				tk_lint_find(l, ROLES, l->reg->role[i].where,
				    _("the role \"%s\" is there twice"),
				    l->reg->role[i].id);
	}
	tk_lint_roles(l, TITLE, ack, "roles", all);
	tk_lint_roles(l, RELATIONS, tk_regfiles_get(l->files, "relations.yaml"),
	    "write_to_clients", all);
	lint_refusal(l, tk_regfiles_get(l->files, "relations.yaml"));
	lint_templates(l);
	if (l->staff != NULL)
		lint_staff(l);
}
