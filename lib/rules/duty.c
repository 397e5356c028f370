/* duty - what the regulation does by itself to one ticket, now. */
#include "rules/duty.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/zone.h"
#include "rules/calendar.h"
#include "rules/dutying.h"

#define DAYS_MAX 4000 /* calendar days that are looked at for working ones */

struct tk_duty *
tk_duty_add(struct tk_dutying *y, enum tk_duty_kind kind, const char *file,
    unsigned line)
{
	struct tk_duties *l = y->out;
	struct tk_duty *d;

	l->v = tk_more(l->v, l->n, &l->cap, sizeof(*l->v));
	d = &l->v[l->n++];
	d->kind = kind;
	d->rule = tk_strf("regulation/%s:%u", file, line);
	return d;
}

static void
look_at(struct tk_dutying *y, int64_t at)
{
	if (at > y->now && (y->out->next == 0 || at < y->out->next))
		y->out->next = at;
}

bool
tk_duty_is_due(struct tk_dutying *y, int64_t at)
{
	if (at == 0)
		return false;
	if (at > y->now) {
		look_at(y, at);
		return false;
	}
	if (y->calendar == NULL || tk_calendar_is_open(y->calendar, y->now))
		return true;
	look_at(y, tk_calendar_opens(y->calendar, y->now));
	return false;
}

int64_t
tk_duty_after(const struct tk_dutying *y, int64_t at, int64_t span)
{
	const struct tk_calendar *c = y->calendar;
	struct tk_zone *z;
	struct tk_err ignored = TK_ERR_INIT;
	int64_t day, left = span / TK_DAY;
	int second, i;

	if (c == NULL)
		return at + span;
	if (span % TK_DAY != 0 || tk_zone_find(&z, c->zone, &ignored) != TK_OK)
		return tk_calendar_add(c, at, span);
	day = tk_day_at(at, tk_zone_offset(z, at), &second);
	for (i = 0; left > 0 && i < DAYS_MAX; i++)
		left -= tk_calendar_spans(c, ++day)->n > 0;
	return tk_calendar_opens(c, tk_zone_epoch(z, day, second));
}

int64_t
tk_duty_done_at(const struct tk_dutying *y, const char *act, int64_t since)
{
	const struct tk_yaml *e;
	size_t i;

	for (i = tk_ticket_log_n(y->t); i-- > 0;) {
		e = tk_ticket_entry(y->t, i);
		if (tk_entry_at(e) >= since &&
		    tk_streq(tk_yaml_str(e, "act"), act) &&
		    tk_streq(tk_yaml_str(e, "by"), "tk"))
			return tk_entry_at(e);
	}
	return 0;
}

static void
read_wait(struct tk_dutying *y)
{
	const char *until = tk_yaml_str(tk_ticket_node(y->t, "wait"), "until");

	if (until != NULL && !tk_date_parse(&y->wait_until, until))
		y->wait_until = 0;
}

static bool
is_final(const struct tk_dutying *y)
{
	const char *state = tk_ticket_get(y->t, "state");
	const struct tk_process *p =
	    tk_process_find(y->r, tk_ticket_get(y->t, "type"));
	const struct tk_state *s =
	    p != NULL && state != NULL ? tk_state_find(p, state) : NULL;

	return s != NULL && s->final;
}

void
tk_rules_duties(struct tk_duties *out, const struct tk_ticket *t,
    const struct tk_regulation *r, int64_t now)
{
	struct tk_dutying y = { .out = out, .t = t, .r = r, .now = now };
	const struct tk_sla_class *class;

	memset(out, 0, sizeof(*out));
	out->final = is_final(&y);
	if (out->final)
		return;
	tk_sla_clocks(&y.clocks, t, r, now);
	class = tk_sla_class_find(&r->sla,
	    y.clocks.class != NULL ? y.clocks.class : r->sla.default_class);
	if (class != NULL && class->calendar != NULL)
		y.calendar = tk_calendar_find(&r->calendars, class->calendar);
	if (y.calendar != NULL && y.calendar->always)
		y.calendar = NULL;
	read_wait(&y);
	tk_duty_ladder(&y);
	tk_duty_promise(&y);
	tk_duty_progress(&y);
	tk_duty_silence(&y);
}

void
tk_duties_clear(struct tk_duties *d)
{
	size_t i;

	for (i = 0; i < d->n; i++) {
		tk_strv_clear(&d->v[i].to);
		tk_strv_clear(&d->v[i].passed);
		free(d->v[i].rule);
	}
	free(d->v);
	memset(d, 0, sizeof(*d));
}

struct tk_yaml *
tk_duty_step(const struct tk_duty *d)
{
	struct tk_yaml *y = tk_yaml_map();

	tk_yaml_set_str(y, "target", d->target);
	tk_yaml_set_str(y, "when", d->when);
	if (d->step != NULL)
		tk_yaml_set_str(y, "name", d->step->name);
	if (d->to.n > 0)
		tk_yaml_set_strv(y, "to", &d->to);
	if (d->passed.n > 0)
		tk_yaml_set_strv(y, "passed", &d->passed);
	return y;
}
