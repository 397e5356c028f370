/* grade - which terms a ticket gets, and what follows from an act. */
#include <stdlib.h>
#include <string.h>

#include "rules/sla.h"

/* The act that changes one of these grades the ticket anew. */
static const char *const grading[] = { "type", "priority", "category", "client",
	"sla", "site" };

static bool
is_below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return strncmp(path, folder, n) == 0 &&
	    (path[n] == '\0' || path[n] == '/');
}

static bool
has(const struct tk_strv *l, const struct tk_ticket *t, const char *field)
{
	const char *value = tk_ticket_get(t, field);
	size_t i;

	if (l->n == 0)
		return true;
	for (i = 0; value != NULL && i < l->n; i++)
		if (strcmp(l->v[i], value) == 0 ||
		    (strcmp(field, "category") == 0 &&
			is_below(value, l->v[i])))
			return true;
	return false;
}

static bool
fits(const struct tk_sla_match *m, const struct tk_ticket *t)
{
	return has(&m->type, t, "type") && has(&m->priority, t, "priority") &&
	    has(&m->category, t, "category") && has(&m->client, t, "client") &&
	    has(&m->contract, t, "sla") && has(&m->site, t, "site");
}

const struct tk_sla_class *
tk_sla_class_of(
    const struct tk_ticket *t, const struct tk_regulation *r, unsigned *line)
{
	const struct tk_sla *s = &r->sla;
	const struct tk_sla_class *c;
	const char *contract = tk_ticket_get(t, "sla");
	size_t i;

	for (i = 0; i < s->n_rules; i++)
		if (fits(&s->rule[i].match, t)) {
			*line = s->rule[i].line;
			return tk_sla_class_find(s, s->rule[i].class);
		}
	c = contract != NULL ? tk_sla_class_find(s, contract) : NULL;
	if (c == NULL && s->default_class != NULL)
		c = tk_sla_class_find(s, s->default_class);
	*line = c != NULL ? c->line : 0;
	return c;
}

const struct tk_sla_target *
tk_sla_target_of(const struct tk_sla_class *c, const struct tk_ticket *t)
{
	size_t i;

	for (i = 0; i < c->n_targets; i++)
		if (fits(&c->target[i].match, t))
			return &c->target[i];
	return NULL;
}

/* 15m, 4h, 1h30m */
static void
set_span(struct tk_yaml *map, const char *key, int64_t seconds)
{
	struct tk_str s = TK_STR_INIT;

	if (seconds >= 3600)
		tk_str_addf(&s, "%lldh", (long long)(seconds / 3600));
	if (seconds % 3600 >= 60)
		tk_str_addf(&s, "%lldm", (long long)(seconds % 3600 / 60));
	if (seconds % 60 > 0)
		tk_str_addf(&s, "%llds", (long long)(seconds % 60));
	if (s.len > 0)
		tk_yaml_set(map, key, tk_yaml_text(s.data));
	tk_str_clear(&s);
}

/* In a recurring work nobody has asked, so nobody waits for an answer. */
static void
set_terms(struct tk_yaml *map, const struct tk_ticket *of, const int64_t *term)
{
	bool asked = tk_ticket_get(of, "work") == NULL;
	int t;

	for (t = 0; t < TK_TARGETS; t++)
		if (asked || t == TK_RESOLUTION)
			set_span(map, tk_target_name(t), term[t]);
}

/* A department with working hours of its own solves in those. */
static void
set_queue_calendar(struct tk_yaml *terms, const struct tk_ticket *t,
    const struct tk_regulation *r)
{
	const char *queue = tk_ticket_get(t, "queue");
	const struct tk_queue *q =
	    queue != NULL ? tk_queue_find(r, queue) : NULL;
	const char *own = q != NULL ? q->calendar : NULL;

	if (tk_streq(own, tk_yaml_str(terms, "calendar")))
		own = NULL;
	tk_yaml_set(terms, "resolution_calendar",
	    own != NULL ? tk_yaml_text(own) : NULL);
}

static struct tk_yaml *
make_terms(const struct tk_ticket *t, const struct tk_regulation *r)
{
	static const char *const order[] = { "class", "regulation", "calendar",
		"response", "update", "resolution", "resolution_calendar",
		"floor", NULL };
	const struct tk_sla_target *target;
	const struct tk_sla_class *c;
	struct tk_yaml *terms, *floor;
	unsigned line;

	if ((c = tk_sla_class_of(t, r, &line)) == NULL)
		return NULL;
	target = tk_sla_target_of(c, t);
	terms = tk_yaml_map();
	tk_yaml_set_str(terms, "class", c->id);
	tk_yaml_set_int(terms, "regulation", r->version);
	if (c->calendar != NULL)
		tk_yaml_set_str(terms, "calendar", c->calendar);
	if (target != NULL)
		set_terms(terms, t, target->term);
	set_queue_calendar(terms, t, r);
	floor = tk_yaml_map();
	if (r->sla.floor_calendar != NULL)
		tk_yaml_set_str(floor, "calendar", r->sla.floor_calendar);
	set_terms(floor, t, r->sla.floor);
	if (floor->n > (r->sla.floor_calendar != NULL))
		tk_yaml_set(terms, "floor", floor);
	else
		tk_yaml_free(floor);
	tk_yaml_order(terms, order);
	return terms;
}

static bool
is_final(const struct tk_ticket *t, const struct tk_regulation *r)
{
	const char *type = tk_ticket_get(t, "type");
	const char *state = tk_ticket_get(t, "state");
	const struct tk_process *p =
	    type != NULL ? tk_process_find(r, type) : NULL;
	const struct tk_state *s =
	    p != NULL && state != NULL ? tk_state_find(p, state) : NULL;

	return s != NULL && s->final;
}

/* Is the ticket graded by this act? One from before there were terms is by
 * the first that comes. */
static bool
is_graded(const struct tk_yaml *set, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_regulation *r)
{
	size_t i;

	if (old == NULL)
		return true;
	for (i = 0; i < sizeof(grading) / sizeof(grading[0]); i++)
		if (tk_yaml_get(set, grading[i]) != NULL)
			return true;
	return tk_ticket_node(old, "terms") == NULL && !is_final(now, r);
}

/* Takes value; NULL is none. What stays is not written. */
static void
put(struct tk_yaml *entry, const struct tk_ticket *old, const char *field,
    struct tk_yaml *value)
{
	const struct tk_yaml *was =
	    old != NULL ? tk_ticket_node(old, field) : NULL;

	if (value == NULL ? was == NULL : tk_yaml_equal(was, value))
		tk_yaml_free(value);
	else
		tk_yaml_set(tk_entry_set(entry), field,
		    value != NULL ? value : tk_yaml_plain("null"));
}

static void
put_terms(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_regulation *r)
{
	const struct tk_yaml *set = tk_yaml_get(entry, "set");
	const struct tk_yaml *was =
	    old != NULL ? tk_ticket_node(old, "terms") : NULL;
	struct tk_yaml *terms = NULL;

	if (is_graded(set, old, now, r)) {
		put(entry, old, "terms", make_terms(now, r));
	} else if (was != NULL && tk_yaml_get(set, "queue") != NULL) {
		terms = tk_yaml_copy(was);
		set_queue_calendar(terms, now, r);
		put(entry, old, "terms", terms);
	}
}

/* The client has written, or all is done: nobody waits any more. */
static void
end_wait(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_regulation *r)
{
	if (old == NULL || tk_ticket_node(old, "wait") == NULL ||
	    tk_yaml_get(tk_yaml_get(entry, "set"), "wait") != NULL)
		return;
	if (tk_streq(tk_yaml_str(entry, "act"), "answer") || is_final(now, r))
		put(entry, old, "wait", NULL);
}

static struct tk_yaml *
make_due(const struct tk_ticket *now, const struct tk_regulation *r)
{
	struct tk_yaml *due = tk_yaml_map();
	struct tk_clocks clocks;
	int t;

	/* The end of the log; an older time in it does not turn it back. */
	tk_sla_clocks(&clocks, now, r, 0);
	for (t = 0; t < TK_TARGETS; t++)
		if (clocks.of[t].due > 0)
			tk_yaml_set_time(
			    due, tk_target_name(t), clocks.of[t].due);
	if (due->n > 0)
		return due;
	tk_yaml_free(due);
	return NULL;
}

static struct tk_ticket *
with(const struct tk_ticket *old, const struct tk_yaml *entry)
{
	struct tk_ticket *t =
	    old != NULL ? tk_ticket_copy(old) : tk_ticket_new("TK-1");

	tk_ticket_apply(t, tk_yaml_copy(entry));
	return t;
}

void
tk_sla_derive(struct tk_yaml *entry, const struct tk_ticket *old,
    const struct tk_regulation *r)
{
	struct tk_ticket *now = with(old, entry);

	put_terms(entry, old, now, r);
	end_wait(entry, old, now, r);
	tk_ticket_free(now);
	now = with(old, entry);
	put(entry, old, "due", make_due(now, r));
	tk_ticket_free(now);
}
