/* duty-ladder - the steps of escalation that are due. */
#include <string.h>

#include "rules/calendar.h"
#include "rules/dutying.h"

static bool
changes(const struct tk_step *s)
{
	return s->act > TK_STEP_TELL;
}

/* Has it been done? What tells is done once a clock, and of the news once a
 * round; what changes the ticket, once. */
static bool
is_done(const struct tk_dutying *y, const struct tk_step *s, int target)
{
	int64_t since = target == TK_UPDATE && !changes(s)
	    ? y->clocks.of[target].started
	    : 0;
	struct tk_strv passed = TK_STRV_INIT;
	const struct tk_yaml *e, *step;
	bool done = false;
	size_t i;

	for (i = tk_ticket_log_n(y->t); !done && i-- > 0;) {
		e = tk_ticket_entry(y->t, i);
		step = tk_yaml_get(e, "step");
		if (step == NULL || tk_entry_at(e) < since ||
		    (!changes(s) &&
			!tk_streq(tk_yaml_str(step, "target"),
			    tk_target_name(target))))
			continue;
		tk_yaml_strv(step, "passed", &passed);
		done = tk_streq(tk_yaml_str(step, "name"), s->name) ||
		    tk_strv_has(&passed, s->name);
		tk_strv_clear(&passed);
	}
	return done;
}

/* Another clock of the ticket has it done in this very run. */
static bool
is_planned(const struct tk_dutying *y, const struct tk_step *s)
{
	const struct tk_duty *d;
	size_t i;

	for (i = 0; changes(s) && i < y->out->n; i++) {
		d = &y->out->v[i];
		if (d->step != NULL &&
		    (strcmp(d->step->name, s->name) == 0 ||
			tk_strv_has(&d->passed, s->name)))
			return true;
	}
	return false;
}

/* Working seconds from the beginning of the clock to the step. */
static int64_t
place_of(const struct tk_step *s, int64_t term)
{
	return s->percent ? term * s->at / 100 : term + s->at;
}

/* When the clock will have used so many seconds. */
static int64_t
time_of(const struct tk_dutying *y, const struct tk_clock *c, int64_t place)
{
	const struct tk_calendar *cal =
	    tk_calendar_find(&y->r->calendars, c->calendar);
	int64_t from = y->now, at;

	if (c->used >= place)
		return y->now;
	if (!c->running && y->wait_until > y->now)
		from = y->wait_until;
	at = cal != NULL ? tk_calendar_add(cal, from, place - c->used)
			 : from + place - c->used;
	/* The floor for all may end before the term of the class. */
	if (c->floor && place >= c->term && c->due < at)
		at = c->due;
	return at;
}

static void
add_to(struct tk_strv *to, const struct tk_strv *more)
{
	size_t i;

	for (i = 0; i < more->n; i++)
		if (!tk_strv_has(to, more->v[i]))
			tk_strv_add(to, more->v[i]);
}

/* Of those that tell, or of those that change: the last one that is due. */
static void
one_kind(
    struct tk_dutying *y, const struct tk_ladder *l, int target, bool changing)
{
	const struct tk_clock *c = &y->clocks.of[target];
	const struct tk_step *s, *last = NULL;
	struct tk_strv passed = TK_STRV_INIT, to = TK_STRV_INIT;
	struct tk_duty *d;
	int64_t place, highest = 0;
	size_t i;

	for (i = 0; i < l->n; i++) {
		s = &l->v[i];
		place = place_of(s, c->term);
		if (changes(s) != changing ||
		    (s->targets & 1U << target) == 0 || is_done(y, s, target) ||
		    is_planned(y, s) ||
		    !tk_duty_is_due(y, time_of(y, c, place)))
			continue;
		if (s->act == TK_STEP_WARN && s->to.n == 0)
			tk_strv_add(&to, "assignee");
		else if (!changing)
			add_to(&to, &s->to);
		if (last != NULL)
			tk_strv_add(
			    &passed, place >= highest ? last->name : s->name);
		if (last == NULL || place >= highest) {
			last = s;
			highest = place;
		}
	}
	if (last != NULL) {
		d = tk_duty_add(y, TK_DUTY_STEP, "sla.yaml", last->line);
		d->step = last;
		d->target = tk_target_name(target);
		d->when = last->when;
		d->breached = highest >= c->term;
		add_to(&d->to, changing ? &last->to : &to);
		add_to(&d->passed, &passed);
	}
	tk_strv_clear(&passed);
	tk_strv_clear(&to);
}

void
tk_duty_ladder(struct tk_dutying *y)
{
	const struct tk_sla_class *class = y->clocks.class != NULL
	    ? tk_sla_class_find(&y->r->sla, y->clocks.class)
	    : NULL;
	int t;

	for (t = 0; class != NULL && t < TK_TARGETS; t++) {
		if (y->clocks.of[t].term == 0 || y->clocks.of[t].due == 0)
			continue;
		one_kind(y, &class->ladder, t, false);
		one_kind(y, &class->ladder, t, true);
	}
}
