/* sla - how the clocks of a ticket stand. */
#include "rules/sla.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "rules/calendar.h"

#define SIDES 2 /* the class, and the floor for all */

struct track {
	const struct tk_calendar *calendar; /* NULL: around the clock */
	int64_t term, used;
	int64_t over; /* when it ended without being met; 0: it did not */
};

struct run {
	const struct tk_ticket *ticket;
	const struct tk_regulation *reg;
	struct tk_clocks *out;
	struct track track[TK_TARGETS][SIDES];
	bool active[TK_TARGETS];
	int64_t last; /* up to here all is counted */
	const char *type, *state;
	enum tk_clock_rule rule;
	bool final, answered;
	int64_t wait_until; /* 0: nothing agreed */
	bool wait_client;
	struct tk_strv told; /* messages that tell the client something */
};

static int64_t
add(const struct track *k, int64_t at, int64_t seconds)
{
	if (seconds <= 0)
		return at;
	return k->calendar != NULL ? tk_calendar_add(k->calendar, at, seconds)
				   : at + seconds;
}

static int64_t
between(const struct track *k, int64_t a, int64_t b)
{
	return k->calendar != NULL ? tk_calendar_between(k->calendar, a, b)
				   : b - a;
}

/* Nobody makes the first answer wait. */
static bool
is_stopped(const struct run *r, enum tk_target t)
{
	if (t == TK_RESPONSE)
		return false;
	return r->rule == TK_CLOCK_STOPS ||
	    (r->rule == TK_CLOCK_UPDATES && t == TK_RESOLUTION);
}

/* From when on it runs again by itself: at once, or when what was agreed
 * ends. */
static int64_t
runs_from(const struct run *r, enum tk_target t, int64_t at)
{
	bool waits = t == TK_RESOLUTION || (t == TK_UPDATE && r->wait_client);

	return waits && r->wait_until > at ? r->wait_until : at;
}

static void
count(struct run *r, enum tk_target t, int64_t from, int64_t to)
{
	struct tk_clock *c = &r->out->of[t];
	bool was = false, is = false;
	struct track *k;
	int64_t end, n;
	int side;

	for (side = 0; side < SIDES; side++) {
		k = &r->track[t][side];
		was = was || k->over > 0;
		if (k->term == 0)
			continue;
		n = between(k, from, to);
		/* Where it ends is looked for only when it does. */
		end = k->over == 0 && k->used + n >= k->term
		    ? add(k, from, k->term - k->used)
		    : 0;
		k->used += n;
		if (end == 0 || end >= to)
			continue;
		k->over = end;
		if (c->breached == 0 || end < c->breached)
			c->breached = end;
		is = true;
	}
	c->missed += is && !was;
}

static void
advance(struct run *r, int64_t to)
{
	int64_t from;
	int t;

	if (to < r->last)
		return;
	for (t = 0; t < TK_TARGETS; t++) {
		from = runs_from(r, t, r->last);
		if (r->active[t] && !is_stopped(r, t) && from < to)
			count(r, t, from, to);
	}
	r->last = to;
}

static void
restart(struct run *r, enum tk_target t)
{
	int side;

	for (side = 0; side < SIDES; side++)
		r->track[t][side].used = r->track[t][side].over = 0;
	r->out->of[t].breached = 0;
	r->out->of[t].started = r->last;
	r->out->of[t].met = 0;
	r->active[t] = true;
}

static void
meet(struct run *r, enum tk_target t)
{
	if (r->active[t])
		r->out->of[t].met = r->last;
	r->active[t] = false;
}

/* The client has heard from us. */
static void
tell(struct run *r)
{
	r->answered = true;
	meet(r, TK_RESPONSE);
	if (!r->final)
		restart(r, TK_UPDATE);
}

static void
set_track(struct track *k, const struct run *r, const char *calendar,
    const char *term)
{
	const struct tk_calendar *c =
	    tk_calendar_find(&r->reg->calendars, calendar);
	int64_t seconds = 0;

	if (term == NULL || !tk_span_parse(&seconds, term))
		seconds = 0;
	/* Another term is another chance, but the time used stays used. */
	if (k->term != seconds || k->calendar != c)
		k->over = 0;
	k->term = seconds;
	k->calendar = c;
}

static void
set_terms(struct run *r, const struct tk_yaml *terms)
{
	const struct tk_yaml *floor = tk_yaml_get(terms, "floor");
	const char *calendar = tk_yaml_str(terms, "calendar");
	const char *other = tk_yaml_str(terms, "resolution_calendar");
	const char *below = tk_yaml_str(floor, "calendar"), *own;
	int t;

	for (t = 0; t < TK_TARGETS; t++) {
		own = t == TK_RESOLUTION && other != NULL ? other : calendar;
		set_track(&r->track[t][0], r, own,
		    tk_yaml_str(terms, tk_target_name(t)));
		set_track(&r->track[t][1], r, below != NULL ? below : own,
		    tk_yaml_str(floor, tk_target_name(t)));
		r->out->of[t].calendar = own;
	}
	r->out->class = tk_yaml_str(terms, "class");
	r->out->regulation = (int)tk_yaml_int(terms, "regulation", 0);
}

static void
set_wait(struct run *r, const struct tk_yaml *wait)
{
	const char *until = tk_yaml_str(wait, "until");

	r->wait_until = 0;
	if (until != NULL && !tk_date_parse(&r->wait_until, until))
		r->wait_until = 0;
	r->wait_client = tk_streq(tk_yaml_str(wait, "for"), "client");
}

static void
set_state(struct run *r)
{
	const struct tk_process *p =
	    r->type != NULL ? tk_process_find(r->reg, r->type) : NULL;
	const struct tk_state *s =
	    p != NULL && r->state != NULL ? tk_state_find(p, r->state) : NULL;
	bool was = r->final;

	r->final = s != NULL && s->final;
	r->rule = s != NULL ? s->clock : TK_CLOCK_RUNS;
	if (r->final && !was) {
		meet(r, TK_RESPONSE);
		meet(r, TK_UPDATE);
		meet(r, TK_RESOLUTION);
	} else if (was && !r->final) {
		/* It was not solved after all: what was used stays used. */
		r->active[TK_RESOLUTION] = true;
		r->out->of[TK_RESOLUTION].met = 0;
		r->active[TK_RESPONSE] = !r->answered;
		if (!r->answered)
			r->out->of[TK_RESPONSE].met = 0;
		else
			restart(r, TK_UPDATE);
	}
}

/* Who telephones, comes by or chats is spoken to there and then. */
static bool
is_conversation(const struct tk_yaml *set)
{
	const char *channel = tk_yaml_str(set, "channel");

	return tk_streq(channel, "phone") || tk_streq(channel, "visit") ||
	    tk_streq(channel, "chat");
}

static void
take(struct run *r, const struct tk_yaml *entry, bool opens)
{
	const struct tk_yaml *set = tk_yaml_get(entry, "set");
	const char *act = tk_yaml_str(entry, "act");
	const char *msg = tk_yaml_str(entry, "msg");

	if (opens) {
		r->last = tk_entry_at(entry);
		r->active[TK_RESPONSE] = r->active[TK_RESOLUTION] = true;
		r->out->of[TK_RESPONSE].started = r->last;
		r->out->of[TK_RESOLUTION].started = r->last;
	} else {
		advance(r, tk_entry_at(entry));
	}
	if (tk_yaml_get(set, "terms") != NULL)
		set_terms(r, tk_yaml_get(set, "terms"));
	if (tk_yaml_get(set, "wait") != NULL)
		set_wait(r, tk_yaml_get(set, "wait"));
	if (opens && is_conversation(set))
		tell(r);
	if (msg != NULL && (tk_streq(act, "reply") || tk_streq(act, "due")))
		tk_strv_add(&r->told, msg);
	/* A letter counts from when the gate has handed it on. */
	if (msg != NULL && tk_streq(act, "sent") && tk_strv_has(&r->told, msg))
		tell(r);
	if (tk_yaml_get(set, "type") != NULL)
		r->type = tk_yaml_str(set, "type");
	if (tk_yaml_get(set, "state") != NULL)
		r->state = tk_yaml_str(set, "state");
	if (tk_yaml_get(set, "type") != NULL ||
	    tk_yaml_get(set, "state") != NULL)
		set_state(r);
}

static void
finish(struct run *r, enum tk_target t)
{
	struct tk_clock *c = &r->out->of[t];
	int64_t from = runs_from(r, t, r->last), end;
	const struct track *k;
	int side;

	c->term = r->track[t][0].term;
	c->used = r->track[t][0].used;
	if (c->term == 0) {
		c->term = r->track[t][1].term;
		c->used = r->track[t][1].used;
	}
	if (!r->active[t] || is_stopped(r, t))
		return;
	c->running = c->term > 0 && from == r->last;
	for (side = 0; side < SIDES; side++) {
		k = &r->track[t][side];
		if (k->term == 0)
			continue;
		end = k->over > 0 ? k->over : add(k, from, k->term - k->used);
		if (end > 0 && (c->due == 0 || end < c->due)) {
			c->due = end;
			c->floor = side == 1;
		}
	}
}

static void
set_lines(const struct run *r)
{
	const struct tk_sla *s = &r->reg->sla;
	const struct tk_sla_class *c =
	    r->out->class != NULL ? tk_sla_class_find(s, r->out->class) : NULL;
	const struct tk_sla_target *target;
	int t;

	if (c == NULL || r->out->regulation != r->reg->version)
		return;
	target = tk_sla_target_of(c, r->ticket);
	for (t = 0; t < TK_TARGETS; t++)
		r->out->of[t].line = r->out->of[t].floor ? s->floor_line
		    : target != NULL                     ? target->line
							 : c->line;
}

void
tk_sla_clocks(struct tk_clocks *out, const struct tk_ticket *t,
    const struct tk_regulation *reg, int64_t now)
{
	struct run r = { .ticket = t, .reg = reg, .out = out };
	size_t i;
	int k;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < tk_ticket_log_n(t); i++)
		take(&r, tk_ticket_entry(t, i), i == 0);
	advance(&r, now);
	for (k = 0; k < TK_TARGETS; k++)
		finish(&r, k);
	set_lines(&r);
	tk_strv_clear(&r.told);
}
