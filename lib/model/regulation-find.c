/* regulation-find - the records of a regulation looked up. */
#include "model/regulation.h"

#include <string.h>

/* One look-up for all record arrays that start with a char *id. */
static const void *
find_id(const void *v, size_t n, size_t size, const char *id)
{
	const char *p = v;
	size_t i;

	for (i = 0; id != NULL && i < n; i++, p += size)
		if (strcmp(*(char *const *)(const void *)p, id) == 0)
			return p;
	return NULL;
}

const struct tk_process *
tk_process_find(const struct tk_regulation *r, const char *id)
{
	return find_id(r->process, r->n_processes, sizeof(*r->process), id);
}

const struct tk_state *
tk_state_find(const struct tk_process *p, const char *id)
{
	return p == NULL ? NULL
			 : find_id(p->state, p->n_states, sizeof(*p->state), id);
}

const struct tk_queue *
tk_queue_find(const struct tk_regulation *r, const char *id)
{
	return find_id(r->queue, r->n_queues, sizeof(*r->queue), id);
}

const struct tk_role *
tk_role_find(const struct tk_regulation *r, const char *id)
{
	return find_id(r->role, r->n_roles, sizeof(*r->role), id);
}

const struct tk_choice *
tk_choice_find(const struct tk_choices *c, const char *id)
{
	return find_id(c->v, c->n, sizeof(*c->v), id);
}

const struct tk_matrix_cell *
tk_matrix_find(const struct tk_regulation *r, const char *impact,
    const char *urgency)
{
	size_t i;

	for (i = 0; impact != NULL && urgency != NULL && i < r->n_matrix; i++)
		if (strcmp(r->matrix[i].impact, impact) == 0 &&
		    strcmp(r->matrix[i].urgency, urgency) == 0)
			return &r->matrix[i];
	return NULL;
}

static void
join(struct tk_str *out, const char *word)
{
	tk_str_addf(out, "%s%s", out->len > 0 ? ", " : "", word);
}

void
tk_regulation_names(
    struct tk_str *out, const struct tk_regulation *r, const char *what)
{
	const struct tk_choices *c =
	    strcmp(what, "priority") == 0 ? &r->priorities : &r->categories;
	struct tk_str s = TK_STR_INIT;
	size_t i;

	if (strcmp(what, "queue") == 0)
		for (i = 0; i < r->n_queues; i++)
			join(&s, r->queue[i].id);
	else if (strcmp(what, "type") == 0)
		for (i = 0; i < r->n_processes; i++)
			join(&s, r->process[i].id);
	else if (strcmp(what, "role") == 0)
		for (i = 0; i < r->n_roles; i++)
			join(&s, r->role[i].id);
	else if (strcmp(what, "channel") == 0)
		for (i = 0; i < r->channels.n; i++)
			join(&s, r->channels.v[i]);
	else
		for (i = 0; i < c->n; i++)
			join(&s, c->v[i].id);
	tk_str_add(out, s.data);
	tk_str_clear(&s);
}
