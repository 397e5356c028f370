/*
 * test-sla - the clocks of generated histories, against an oracle that goes
 * from minute to minute and knows of no calendar but a table of minutes.
 */
#include "rules/sla.h"

#include "base/date.h"
#include "oracle.h"
#include "tap.h"

#define WORLDS 25     /* pairs of calendars and a regulation */
#define HISTORIES 420 /* of each: 10,500 */
#define EVENTS 16
#define FAR 20000 /* minutes that the oracle looks ahead */

static const char incident[] =
    "id: incident\ninitial: new\nstates:\n"
    "- {id: new}\n- {id: open, clock: running}\n"
    "- {id: waiting, clock: stopped}\n- {id: vendor, clock: updates}\n"
    "- {id: closed, final: true}\n";
static const char queues[] = "queues:\n- {id: support}\n"
			     "- {id: billing, calendar: c1}\n";

struct world {
	struct oracle *cal[2];
	int64_t start;
	struct tk_regulation *reg;
	/* Minutes; class, priority, target. Class 2 is the default. */
	int term[3][2][TK_TARGETS];
	int calendar[3];
	int floor; /* minutes of the response, in calendar 1; 0: none */
};

enum kind {
	K_REPLY,
	K_SENT,
	K_STATE,
	K_WAIT,
	K_ANSWER,
	K_GRADE,
	K_QUEUE,
	K_NOTE,
	K_KINDS
};

struct event {
	enum kind kind;
	int minute; /* when it counts */
	int state;  /* of K_STATE and K_ANSWER */
	int until;  /* of K_WAIT; 0: it ends */
	bool client;
	int class, priority; /* of K_GRADE, and of the opening */
	bool billing;
};

static const char *const states[] = { "new", "open", "waiting", "vendor",
	"closed" };
static const char *const classes[] = { "gold", "silver", NULL };
static const char *const priorities[] = { "p1", "p2" };

/* ---- what tk does ---- */

static void
add_file(struct world *w, const char *path, const char *text)
{
	struct tk_err err = TK_ERR_INIT;

	if (tk_regulation_add(w->reg, path, text, strlen(text), &err) != TK_OK)
		printf("# %s\n", err.text);
}

static void
make_sla(struct world *w)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int c, p, t;

	fprintf(f, "default: basic\n");
	w->floor = chance(2) ? 60 * (1 + chance(24)) : 0;
	if (w->floor > 0)
		fprintf(f, "floor: {response: %dm, calendar: c1}\n", w->floor);
	fprintf(f, "classes:\n");
	for (c = 0; c < 3; c++) {
		w->calendar[c] = chance(2);
		fprintf(f, "- id: %s\n  calendar: c%d\n  targets:\n",
		    c < 2 ? classes[c] : "basic", w->calendar[c]);
		for (p = 0; p < 2; p++) {
			fprintf(f, "  - {priority: %s", priorities[p]);
			for (t = 0; t < TK_TARGETS; t++) {
				w->term[c][p][t] = chance(8) == 0 ? 0
								  : 15 *
					(1 +
					    chance(
						t == TK_RESPONSE ? 40 : 200));
				if (w->term[c][p][t] > 0)
					fprintf(f, ", %s: %dm",
					    tk_target_name(t),
					    w->term[c][p][t]);
			}
			fprintf(f, "}\n");
		}
	}
	fclose(f);
	add_file(w, "regulation/sla.yaml", text);
	free(text);
}

static bool
make_world(struct world *w)
{
	struct tk_err err = TK_ERR_INIT;
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int i;

	fprintf(f, "calendars:\n");
	for (i = 0; i < 2; i++) {
		oracle_make(w->cal[i], i == 0 ? 0 : w->cal[0]->start);
		oracle_put(f, w->cal[i], i == 0 ? "c0" : "c1");
	}
	fclose(f);
	w->start = w->cal[0]->start;
	setenv("TZ", "UTC", 1);
	tzset();
	w->reg = tk_regulation_new();
	add_file(w, "regulation/processes/incident.yaml", incident);
	add_file(w, "regulation/queues.yaml", queues);
	add_file(w, "regulation/calendar.yaml", text);
	make_sla(w);
	free(text);
	if (tk_regulation_finish(w->reg, &err) == TK_OK)
		return true;
	printf("# %s\n", err.text);
	return false;
}

static void
set_time(struct tk_yaml *map, const char *key, const struct world *w, int m)
{
	tk_yaml_set_time(map, key, w->start + m * (int64_t)60);
}

/* An entry that is older than the one before it counts from that one on. */
static struct tk_yaml *
entry_of(const struct world *w, const struct event *e, int number)
{
	static const char *const acts[] = { "reply", "sent", "status", "wait",
		"answer", "set", "move", "note" };
	int late = e->minute == e[-1].minute ? chance(90) : 0;
	struct tk_yaml *entry = tk_entry_new(
	    w->start + (e->minute - late) * (int64_t)60, "x", acts[e->kind]);
	struct tk_yaml *set = tk_entry_set(entry), *wait;
	char msg[40];

	snprintf(msg, sizeof(msg), "20260101T000000Z-%08x",
	    (unsigned)(e->kind == K_SENT ? e->state : number));
	if (e->kind == K_REPLY || e->kind == K_SENT || e->kind == K_NOTE)
		tk_yaml_set_str(entry, "msg", msg);
	if (e->kind == K_STATE || e->kind == K_ANSWER)
		tk_yaml_set_str(set, "state", states[e->state]);
	if (e->kind == K_WAIT && e->until > 0) {
		wait = tk_yaml_map();
		tk_yaml_set_str(wait, "for", e->client ? "client" : "vendor");
		set_time(wait, "until", w, e->until);
		tk_yaml_set(set, "wait", wait);
	} else if (e->kind == K_WAIT) {
		tk_yaml_set(set, "wait", tk_yaml_plain("null"));
	}
	if (e->kind == K_GRADE) {
		tk_yaml_set_str(set, "priority", priorities[e->priority]);
		tk_yaml_set(set, "sla",
		    e->class < 2 ? tk_yaml_text(classes[e->class])
				 : tk_yaml_plain("null"));
	}
	if (e->kind == K_QUEUE)
		tk_yaml_set_str(
		    set, "queue", e->billing ? "billing" : "support");
	return entry;
}

static void
act(struct tk_ticket **t, struct tk_yaml *entry, const struct world *w)
{
	tk_sla_derive(entry, *t, w->reg);
	if (*t == NULL)
		*t = tk_ticket_new("TK-1");
	tk_ticket_apply(*t, entry);
}

/* ---- what the oracle does ---- */

struct side {
	int calendar, term, used, end, over; /* end, over: minutes; -1: none */
};

struct target {
	struct side side[2];
	bool active;
	int met, breached, missed;
};

struct sim {
	const struct world *w;
	struct target t[TK_TARGETS];
	int state, until, class, priority;
	bool client, billing, answered;
	int replied[EVENTS + 1];
};

static void
sim_term(struct side *s, int calendar, int term)
{
	if (s->term != term || s->calendar != calendar)
		s->end = s->over = -1;
	s->term = term;
	s->calendar = calendar;
}

static void
sim_grade(struct sim *s)
{
	int t, own = s->w->calendar[s->class];

	for (t = 0; t < TK_TARGETS; t++) {
		sim_term(&s->t[t].side[0],
		    t == TK_RESOLUTION && s->billing ? 1 : own,
		    s->w->term[s->class][s->priority][t]);
		sim_term(
		    &s->t[t].side[1], 1, t == TK_RESPONSE ? s->w->floor : 0);
	}
}

static void
sim_restart(struct target *t)
{
	int i;

	for (i = 0; i < 2; i++) {
		t->side[i].used = 0;
		t->side[i].end = t->side[i].over = -1;
	}
	t->active = true;
	t->met = t->breached = -1;
}

static void
sim_told(struct sim *s, int m)
{
	s->answered = true;
	if (s->t[TK_RESPONSE].active)
		s->t[TK_RESPONSE].met = m;
	s->t[TK_RESPONSE].active = false;
	if (s->state != 4)
		sim_restart(&s->t[TK_UPDATE]);
}

static void
sim_state(struct sim *s, int state, int m)
{
	int was = s->state, t;

	s->state = state;
	if (state == 4 && was != 4) {
		for (t = 0; t < TK_TARGETS; t++) {
			if (s->t[t].active)
				s->t[t].met = m;
			s->t[t].active = false;
		}
		s->until = 0;
	} else if (state != 4 && was == 4) {
		s->t[TK_RESOLUTION].active = true;
		s->t[TK_RESOLUTION].met = -1;
		if (s->answered) {
			sim_restart(&s->t[TK_UPDATE]);
		} else {
			s->t[TK_RESPONSE].active = true;
			s->t[TK_RESPONSE].met = -1;
		}
	}
}

static void
sim_event(struct sim *s, const struct event *e)
{
	switch (e->kind) {
	case K_SENT:
		if (s->replied[e->state])
			sim_told(s, e->minute);
		break;
	case K_ANSWER:
		s->until = 0;
		sim_state(s, e->state, e->minute);
		break;
	case K_STATE:
		sim_state(s, e->state, e->minute);
		break;
	case K_WAIT:
		s->until = e->until;
		s->client = e->client;
		break;
	case K_GRADE:
		s->class = e->class;
		s->priority = e->priority;
		sim_grade(s);
		break;
	case K_QUEUE:
		s->billing = e->billing;
		sim_grade(s);
		break;
	case K_REPLY:
	case K_NOTE:
	case K_KINDS:
		break;
	}
	/* Nobody waits for what is done. */
	if (s->state == 4 && e->kind != K_WAIT)
		s->until = 0;
}

static bool
sim_stopped(const struct sim *s, int t)
{
	return t != TK_RESPONSE &&
	    (s->state == 2 || (s->state == 3 && t == TK_RESOLUTION));
}

static bool
sim_waits(const struct sim *s, int t, int m)
{
	return s->until > m &&
	    (t == TK_RESOLUTION || (t == TK_UPDATE && s->client));
}

/* One minute of one target, from m to m + 1. */
static void
sim_target(struct sim *s, int t, int m)
{
	struct target *g = &s->t[t];
	bool was = g->side[0].over >= 0 || g->side[1].over >= 0, is = false;
	struct side *k;
	int i;

	for (i = 0; i < 2; i++) {
		k = &g->side[i];
		if (!g->active || sim_stopped(s, t) || sim_waits(s, t, m)) {
			k->end = -1;
			continue;
		}
		if (k->term == 0)
			continue;
		if (k->end < 0 && k->used >= k->term)
			k->end = m;
		if (k->end >= 0 && k->over < 0) {
			k->over = k->end; /* m + 1 is behind it */
			is = true;
			if (g->breached < 0 || k->over < g->breached)
				g->breached = k->over;
		}
		k->used += s->w->cal[k->calendar]->open[m];
		if (k->end < 0 && k->used >= k->term)
			k->end = m + 1;
	}
	g->missed += is && !was;
}

static void
sim_minute(struct sim *s, int m)
{
	int t;

	for (t = 0; t < TK_TARGETS; t++)
		sim_target(s, t, m);
}

/* When it will be over if nobody does anything; -1: never, -2: beyond. */
static int
sim_due(const struct sim *from, int t, int now)
{
	struct sim s = *from;
	int m, i, best = -1;

	if (!s.t[t].active || sim_stopped(&s, t))
		return -1;
	if (s.t[t].side[0].term == 0 && s.t[t].side[1].term == 0)
		return -1;
	for (i = 0; i < 2; i++)
		if (s.t[t].side[i].over >= 0 &&
		    (best < 0 || s.t[t].side[i].over < best))
			best = s.t[t].side[i].over;
	for (m = now; best < 0 && m < now + FAR; m++) {
		for (i = 0; i < 2; i++) {
			const struct side *k = &s.t[t].side[i];

			if (k->term > 0 && k->used >= k->term &&
			    !sim_waits(&s, t, m))
				best = m;
		}
		if (best < 0)
			sim_target(&s, t, m);
	}
	return best >= 0 ? best : -2;
}

/* ---- both ---- */

static int
make_events(const struct world *w, struct event *e, int n)
{
	int i, m = e[0].minute, state = 0, last_reply = -1;

	(void)w;
	for (i = 1; i < n; i++) {
		m += chance(3) == 0 ? chance(4) : chance(1500);
		if (m > MINUTES / 2)
			break;
		e[i] = (struct event){ .minute = m,
			.kind = (enum kind)chance(K_KINDS) };
		switch (e[i].kind) {
		case K_REPLY:
			last_reply = i;
			break;
		case K_SENT:
			e[i].state = last_reply < 0 ? 77 : last_reply;
			break;
		case K_STATE:
			do
				e[i].state = chance(5);
			while (e[i].state == state);
			state = e[i].state;
			break;
		case K_ANSWER:
			e[i].state = state = state == 4 ? 4 : 1;
			break;
		case K_WAIT:
			e[i].until = chance(4) ? m + 1 + chance(4000) : 0;
			e[i].client = chance(2);
			break;
		case K_GRADE:
			e[i].class = chance(3);
			e[i].priority = chance(2);
			break;
		case K_QUEUE:
			e[i].billing = chance(2);
			break;
		case K_NOTE:
		case K_KINDS:
			break;
		}
	}
	return i;
}

static int64_t
epoch(const struct world *w, int m)
{
	return m < 0 ? 0 : w->start + m * (int64_t)60;
}

static bool
same(const struct world *w, const struct sim *s, const struct tk_clocks *c,
    int now, bool look_ahead)
{
	int t, due;

	for (t = 0; t < TK_TARGETS; t++) {
		const struct target *g = &s->t[t];
		const struct side *k = &g->side[g->side[0].term == 0];
		const struct tk_clock *a = &c->of[t];

		due = look_ahead ? sim_due(s, t, now) : -3;
		if (a->used == k->used * (int64_t)60 &&
		    a->term == k->term * (int64_t)60 &&
		    a->met == epoch(w, g->met) && a->missed == g->missed &&
		    a->breached == epoch(w, g->breached) &&
		    (due == -3 ? true
			    : due == -2
			    ? a->due == 0 || a->due >= epoch(w, now + FAR)
			    : a->due == epoch(w, due)))
			continue;
		printf("# %s at %d: used %lld/%d term %lld/%d met %lld/%d "
		       "breached %lld/%d missed %d/%d due %lld/%d\n",
		    tk_target_name(t), now, (long long)a->used / 60, k->used,
		    (long long)a->term / 60, k->term,
		    a->met ? (long long)(a->met - w->start) / 60 : -1, g->met,
		    a->breached ? (long long)(a->breached - w->start) / 60 : -1,
		    g->breached, a->missed, g->missed,
		    a->due ? (long long)(a->due - w->start) / 60 : -1, due);
		return false;
	}
	return true;
}

/* Does the head say what the clocks do? */
static bool
head_fits(const struct tk_ticket *t, const struct tk_clocks *c)
{
	const struct tk_yaml *due = tk_ticket_node(t, "due");
	const char *text;
	int64_t at;
	int k;

	for (k = 0; k < TK_TARGETS; k++) {
		text = tk_yaml_str(due, tk_target_name(k));
		at = 0;
		if (text != NULL && !tk_date_parse(&at, text))
			return false;
		if (at != c->of[k].due)
			return false;
	}
	return true;
}

static bool
live(const struct world *w)
{
	struct event e[EVENTS + 1] = { { .minute = chance(3000) } };
	struct sim s = { .w = w, .class = chance(3), .priority = chance(2) };
	struct tk_ticket *t = NULL;
	struct tk_yaml *entry, *set;
	struct tk_clocks c;
	bool good = true;
	int n, i, k, m, now;

	for (k = 0; k < TK_TARGETS; k++) {
		s.t[k].met = s.t[k].breached = -1;
		for (i = 0; i < 2; i++)
			s.t[k].side[i].end = s.t[k].side[i].over = -1;
	}
	sim_grade(&s);
	s.t[TK_RESPONSE].active = s.t[TK_RESOLUTION].active = true;
	n = make_events(w, e, 2 + chance(EVENTS - 2));
	entry = tk_entry_new(epoch(w, e[0].minute), "x", "open");
	set = tk_entry_set(entry);
	tk_yaml_set_str(set, "type", "incident");
	tk_yaml_set_str(set, "state", "new");
	tk_yaml_set_str(set, "queue", "support");
	tk_yaml_set_str(set, "channel", "mail");
	tk_yaml_set_str(set, "priority", priorities[s.priority]);
	if (s.class < 2)
		tk_yaml_set_str(set, "sla", classes[s.class]);
	act(&t, entry, w);
	m = e[0].minute;
	for (i = 1; good && i < n; i++) {
		for (; m < e[i].minute; m++)
			sim_minute(&s, m);
		if (e[i].kind == K_REPLY)
			s.replied[i] = 1;
		if (e[i].kind == K_SENT && e[i].state > EVENTS)
			e[i].kind = K_NOTE; /* nothing to send yet */
		sim_event(&s, &e[i]);
		act(&t, entry_of(w, &e[i], i), w);
		tk_sla_clocks(&c, t, w->reg, epoch(w, m));
		good = same(w, &s, &c, m, chance(8) == 0) && head_fits(t, &c);
	}
	now = m + chance(4000);
	for (; good && m < now; m++)
		sim_minute(&s, m);
	tk_sla_clocks(&c, t, w->reg, epoch(w, m));
	good = good && same(w, &s, &c, m, true);
	if (!good) {
		struct tk_str text = TK_STR_INIT;

		tk_ticket_write(&text, t);
		printf("# %s\n", text.data);
		tk_str_clear(&text);
	}
	tk_ticket_free(t);
	return good;
}

int
main(void)
{
	struct oracle *cal = calloc(2, sizeof(*cal));
	struct world w = { .cal = { &cal[0], &cal[1] } };
	int i, k, bad = 0, made = 0, lived = 0;

	setenv("TZ", "UTC", 1);
	tzset();
	for (i = 0; i < WORLDS; i++) {
		made += make_world(&w);
		for (k = 0; bad == 0 && k < HISTORIES; k++, lived++)
			bad += !live(&w);
		tk_regulation_free(w.reg);
	}
	is_int(made, WORLDS, "all regulations are read");
	is_int(bad, 0, "the clocks are those of the oracle");
	is_int(lived, 10500, "in 10,500 histories");
	free(cal);
	done_testing();
	return tap_done();
}
