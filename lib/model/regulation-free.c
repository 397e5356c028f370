/* regulation-free - the records of a regulation given back. */
#include "model/regulation.h"

#include <stdlib.h>

static void
free_process(struct tk_process *p)
{
	size_t i;

	for (i = 0; i < p->n_states; i++) {
		free(p->state[i].id);
		free(p->state[i].name);
	}
	for (i = 0; i < p->n_steps; i++) {
		tk_strv_clear(&p->step[i].from);
		tk_strv_clear(&p->step[i].act);
		tk_strv_clear(&p->step[i].by);
		tk_strv_clear(&p->step[i].require);
		tk_yaml_free(p->step[i].set);
		free(p->step[i].to);
	}
	tk_strv_clear(&p->results);
	tk_strv_clear(&p->checklist);
	tk_strv_clear(&p->visible);
	free(p->state);
	free(p->step);
	free(p->id);
	free(p->name);
	free(p->initial);
	free(p->file);
}

static void
free_queue(struct tk_queue *q)
{
	size_t i;

	for (i = 0; i < q->n_handovers; i++) {
		tk_strv_clear(&q->handover[i].to);
		tk_strv_clear(&q->handover[i].require);
	}
	free(q->handover);
	for (i = 0; i < q->n_upwards; i++) {
		free(q->upward[i].category);
		free(q->upward[i].queue);
	}
	free(q->upward);
	free(q->id);
	free(q->name);
	free(q->address);
	tk_by_language_clear(&q->from);
	free(q->language);
	free(q->calendar);
	tk_by_language_clear(&q->signature);
	free(q->sign);
	free(q->sign_key);
}

static void
free_route(struct tk_route *t)
{
	free(t->to);
	free(t->from);
	free(t->subject);
	free(t->client);
	free(t->queue);
	free(t->type);
	free(t->priority);
	free(t->category);
}

static void
free_choices(struct tk_choices *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		free(c->v[i].id);
		free(c->v[i].name);
		tk_strv_clear(&c->v[i].ask);
		tk_strv_clear(&c->v[i].evidence);
	}
	free(c->v);
}

void
tk_regulation_free(struct tk_regulation *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n_processes; i++)
		free_process(&r->process[i]);
	for (i = 0; i < r->n_queues; i++)
		free_queue(&r->queue[i]);
	for (i = 0; i < r->n_routes; i++)
		free_route(&r->route[i]);
	for (i = 0; i < r->n_roles; i++) {
		free(r->role[i].id);
		free(r->role[i].name);
		tk_strv_clear(&r->role[i].acts);
		tk_strv_clear(&r->role[i].queues);
	}
	for (i = 0; i < r->n_matrix; i++) {
		free(r->matrix[i].impact);
		free(r->matrix[i].urgency);
		free(r->matrix[i].priority);
	}
	free(r->matrix);
	free_choices(&r->priorities);
	free_choices(&r->categories);
	free_choices(&r->impacts);
	free_choices(&r->urgencies);
	tk_strv_clear(&r->ack_roles);
	tk_strv_clear(&r->types);
	tk_strv_clear(&r->channels);
	tk_strv_clear(&r->write_to_clients);
	tk_strv_clear(&r->refuse.by);
	tk_strv_clear(&r->refuse.require);
	free(r->process);
	free(r->queue);
	free(r->route);
	free(r->role);
	free(r->title);
	free(r->language);
	free(r->default_queue);
	free(r->default_type);
	free(r->default_priority);
	free(r->ack_template);
	free(r->rating_template);
	tk_strv_clear(&r->rating_states);
	free(r->promise_template);
	tk_calendars_clear(&r->calendars);
	tk_sla_clear(&r->sla);
	tk_upkeep_clear(&r->upkeep);
	tk_by_language_clear(&r->complaint_name);
	free(r->complaint_address);
	tk_mail_rules_clear(&r->mail);
	free(r);
}
