/* duty-client - silent clients, promises, news that are waited for. */
#include <string.h>

#include "base/date.h"
#include "rules/calendar.h"
#include "rules/dutying.h"
#include "rules/judge.h"

static bool
has_address(const struct tk_ticket *t)
{
	const char *requester = tk_ticket_get(t, "requester");

	return requester != NULL && strchr(requester, '@') != NULL;
}

/* The last thing that was said or decided between us and the client. */
static int64_t
silent_since(const struct tk_dutying *y)
{
	static const char *const acts[] = { "open", "split", "answer", "reply",
		"status", "reopen", "close", "wait", "due", "merge" };
	const struct tk_yaml *e;
	int64_t since = 0;
	size_t i, k;

	for (i = tk_ticket_log_n(y->t); i-- > 0 && since == 0;) {
		e = tk_ticket_entry(y->t, i);
		if (tk_streq(tk_yaml_str(e, "by"), "tk"))
			continue;
		for (k = 0; k < sizeof(acts) / sizeof(acts[0]); k++)
			if (tk_streq(tk_yaml_str(e, "act"), acts[k]))
				since = tk_entry_at(e);
	}
	return y->wait_until > since ? y->wait_until : since;
}

/* Only where the process lets tk close. */
static bool
may_close(const struct tk_dutying *y, const char *state)
{
	const struct tk_actor tk = { .kind = TK_ACTOR_TK };

	return tk_rules_step(y->r, tk_ticket_get(y->t, "type"), state, "close",
		   &tk) != NULL;
}

static void
watch(struct tk_dutying *y, const struct tk_silence *s, const char *state)
{
	int64_t since = silent_since(y), reminded, close;
	struct tk_duty *d;

	if (!tk_strv_has(&s->states, state) || since == 0)
		return;
	reminded = tk_duty_done_at(y, "remind", since);
	if (s->remind > 0 && reminded == 0 && has_address(y->t)) {
		if (tk_duty_is_due(y, tk_duty_after(y, since, s->remind))) {
			d = tk_duty_add(y, TK_DUTY_REMIND, "relations.yaml",
			    s->remind_line);
			d->template_name = s->remind_template;
		}
		/* Nobody is left without the reminder, however late. */
		return;
	}
	if (s->close == 0 || !may_close(y, state))
		return;
	close = tk_duty_after(y, since, s->close);
	if (reminded > 0 && s->close > s->remind &&
	    tk_duty_after(y, reminded, s->close - s->remind) > close)
		close = tk_duty_after(y, reminded, s->close - s->remind);
	if (tk_duty_is_due(y, close)) {
		d = tk_duty_add(
		    y, TK_DUTY_CLOSE, "relations.yaml", s->close_line);
		d->template_name = has_address(y->t) ? s->close_template : NULL;
	}
}

void
tk_duty_silence(struct tk_dutying *y)
{
	const char *state = tk_ticket_get(y->t, "state");

	if (state == NULL)
		return;
	watch(y, &y->r->upkeep.waiting, state);
	watch(y, &y->r->upkeep.solved, state);
}

void
tk_duty_promise(struct tk_dutying *y)
{
	const struct tk_upkeep *u = &y->r->upkeep;
	const char *promised = tk_ticket_get(y->t, "promised");
	const struct tk_yaml *step;
	struct tk_duty *d;
	int64_t at;
	size_t i;

	if (promised == NULL || u->promise_to.n == 0 ||
	    !tk_date_parse(&at, promised))
		return;
	for (i = tk_ticket_log_n(y->t); i-- > 0;) {
		step = tk_yaml_get(tk_ticket_entry(y->t, i), "step");
		if (tk_streq(tk_yaml_str(step, "target"), "promised") &&
		    tk_streq(tk_yaml_str(step, "when"), promised))
			return;
	}
	if (!tk_duty_is_due(y, at))
		return;
	d = tk_duty_add(y, TK_DUTY_PROMISE, "relations.yaml", u->promise_line);
	d->target = "promised";
	d->when = promised;
	d->breached = true;
	tk_strv_copy(&d->to, &u->promise_to);
}

void
tk_duty_progress(struct tk_dutying *y)
{
	const struct tk_upkeep *u = &y->r->upkeep;
	const struct tk_clock *c = &y->clocks.of[TK_UPDATE];
	const struct tk_calendar *cal =
	    tk_calendar_find(&y->r->calendars, c->calendar);
	int64_t left, at;
	struct tk_duty *d;

	if (u->progress == 0 || c->term == 0 || c->due == 0 || !c->running ||
	    !has_address(y->t) ||
	    tk_duty_done_at(y, "progress", c->started) != 0)
		return;
	left = c->term * u->progress / 100 - c->used;
	at = left <= 0    ? y->now
	    : cal != NULL ? tk_calendar_add(cal, y->now, left)
			  : y->now + left;
	if (!tk_duty_is_due(y, at))
		return;
	d = tk_duty_add(
	    y, TK_DUTY_PROGRESS, "relations.yaml", u->progress_line);
	d->target = tk_target_name(TK_UPDATE);
	d->template_name = u->progress_template;
}
