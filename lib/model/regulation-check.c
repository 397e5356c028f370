/* regulation-check - do the rules fit together? */
#include "model/regulation.h"

#include "base/i18n.h"
#include "base/mem.h"

#define QUEUES "regulation/queues.yaml"
#define SLA "regulation/sla.yaml"

static enum tk_status
check_process(const struct tk_process *p, struct tk_err *err)
{
	const struct tk_transition *t;
	size_t i, k;

	if (tk_state_find(p, p->initial) == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("%s:1: the initial state \"%s\" is not in \"states\""),
		    p->file, p->initial);
	for (i = 0; i < p->n_steps; i++) {
		t = &p->step[i];
		for (k = 0; k < t->from.n; k++)
			if (tk_state_find(p, t->from.v[k]) == NULL)
				return tk_fail(err, TK_EINPUT,
				    _("%s:%u: no state \"%s\""), p->file,
				    t->line, t->from.v[k]);
		if (tk_state_find(p, t->to) == NULL)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: no state \"%s\""), p->file, t->line,
			    t->to);
	}
	return TK_OK;
}

static enum tk_status
check_calendar(const struct tk_regulation *r, const char *id,
    const char *file, unsigned line, struct tk_err *err)
{
	if (id == NULL || tk_calendar_find(&r->calendars, id) != NULL)
		return TK_OK;
	return tk_fail(
	    err, TK_EINPUT, _("%s:%u: no calendar \"%s\""), file, line, id);
}

static enum tk_status
check_terms(struct tk_regulation *r, struct tk_err *err)
{
	const struct tk_sla *s = &r->sla;
	enum tk_status st = tk_calendars_finish(&r->calendars, err);
	size_t i;

	for (i = 0; st == TK_OK && i < s->n_classes; i++)
		st = check_calendar(
		    r, s->class[i].calendar, SLA, s->class[i].line, err);
	if (st == TK_OK)
		st = check_calendar(
		    r, s->floor_calendar, SLA, s->floor_line, err);
	for (i = 0; st == TK_OK && i < r->n_queues; i++)
		st = check_calendar(
		    r, r->queue[i].calendar, QUEUES, r->queue[i].where, err);
	return st;
}

enum tk_status
tk_regulation_finish(struct tk_regulation *r, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < r->n_processes; i++)
		st = check_process(&r->process[i], err);
	if (st != TK_OK || (st = check_terms(r, err)) != TK_OK)
		return st;
	if (r->n_processes == 0)
		return tk_fail(err, TK_EINPUT,
		    _("regulation/processes: there is no process"));
	if (r->n_queues == 0)
		return tk_fail(err, TK_EINPUT, _("%s:1: there is no queue"),
		    QUEUES);
	if (r->default_queue == NULL)
		r->default_queue = tk_strdup(r->queue[0].id);
	if (tk_queue_find(r, r->default_queue) == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("%s:1: the default queue \"%s\" is not in \"queues\""),
		    QUEUES, r->default_queue);
	for (i = 0; i < r->n_routes; i++)
		if (r->route[i].queue != NULL &&
		    tk_queue_find(r, r->route[i].queue) == NULL)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: no queue \"%s\""), QUEUES,
			    r->route[i].where, r->route[i].queue);
	if (r->default_type == NULL)
		r->default_type = tk_strdup(r->process[0].id);
	if (tk_process_find(r, r->default_type) == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("regulation/handling.yaml:1: no process \"%s\""),
		    r->default_type);
	return TK_OK;
}
