/* calendar - counting in working hours. */
#include "rules/calendar.h"

#include "base/err.h"

#define HORIZON (20 * (int64_t)366 * TK_DAY) /* seconds */

/* A stretch of time within one day of the calendar and at one offset. */
struct stretch {
	const struct tk_calendar *calendar;
	struct tk_zone *zone;
	int64_t from, to; /* epoch */
	int64_t day;
	int begin; /* second of the day at from */
};

static void
set_stretch(struct stretch *s, int64_t at)
{
	int offset = tk_zone_offset(s->zone, at);

	s->from = at;
	s->day = tk_day_at(at, offset, &s->begin);
	s->to = tk_zone_change(s->zone, at, at + TK_DAY - s->begin);
}

static void
start(struct stretch *s, const struct tk_calendar *c, int64_t at)
{
	struct tk_err ignored = TK_ERR_INIT;

	s->calendar = c;
	/* The reader has seen that it is there; else it is UTC. */
	if (tk_zone_find(&s->zone, c->zone, &ignored) != TK_OK &&
	    tk_zone_find(&s->zone, "UTC", &ignored) != TK_OK)
		s->zone = NULL;
	set_stretch(s, at);
}

/*
 * The next open piece of the stretch at or after second "from" of its day, as
 * seconds of the day: spans of the day itself, and what is left of those that
 * began the day before. Pieces may touch and overlap.
 */
static bool
next_piece(struct tk_span *out, const struct stretch *s, int from)
{
	int end = s->begin + (int)(s->to - s->from), a, b;
	const struct tk_spans *spans;
	size_t i;
	int back;

	out->from = end;
	for (back = 0; back < 2; back++) {
		spans = tk_calendar_spans(s->calendar, s->day - back);
		for (i = 0; i < spans->n; i++) {
			a = spans->v[i].from - back * TK_DAY;
			b = spans->v[i].to - back * TK_DAY;
			a = a > from ? a : from;
			b = b < end ? b : end;
			if (a < b && a < out->from)
				*out = (struct tk_span){ a, b };
		}
	}
	return out->from < end;
}

/* Walks from at to the end, or until so many seconds are worked; *when is the
 * moment then, 0 where it did not come to that. */
static int64_t
walk(const struct tk_calendar *c, int64_t at, int64_t end, int64_t seconds,
    int64_t *when)
{
	struct tk_span piece;
	struct stretch s;
	int64_t worked = 0, n;
	int from;

	*when = 0;
	if (at >= end)
		return 0;
	for (start(&s, c, at); s.from < end; set_stretch(&s, s.to)) {
		if (s.to > end)
			s.to = end;
		for (from = s.begin; next_piece(&piece, &s, from);
		     from = piece.to) {
			n = piece.to - piece.from;
			if (worked + n >= seconds) {
				*when = s.from + (piece.from - s.begin) +
				    (seconds - worked);
				return seconds;
			}
			worked += n;
		}
	}
	return worked;
}

int64_t
tk_calendar_add(const struct tk_calendar *c, int64_t at, int64_t seconds)
{
	int64_t when;

	if (seconds <= 0 || c->always)
		return seconds <= 0 ? at : at + seconds;
	(void)walk(c, at, at + HORIZON, seconds, &when);
	return when;
}

int64_t
tk_calendar_between(const struct tk_calendar *c, int64_t a, int64_t b)
{
	int64_t when;

	if (b <= a || c->always)
		return b <= a ? 0 : b - a;
	return walk(c, a, b, INT64_MAX, &when);
}

int64_t
tk_calendar_opens(const struct tk_calendar *c, int64_t at)
{
	int64_t when;

	if (c->always)
		return at;
	(void)walk(c, at, at + HORIZON, 1, &when);
	return when > 0 ? when - 1 : 0;
}

bool
tk_calendar_is_open(const struct tk_calendar *c, int64_t at)
{
	return tk_calendar_between(c, at, at + 1) == 1;
}

int64_t
tk_calendar_closes(const struct tk_calendar *c, int64_t at)
{
	struct tk_span piece;
	struct stretch s;

	if (c->always)
		return INT64_MAX;
	for (start(&s, c, at); s.from < at + HORIZON; set_stretch(&s, s.to)) {
		int from = s.begin, end = s.begin + (int)(s.to - s.from);

		while (from < end && next_piece(&piece, &s, from) &&
		    piece.from == from)
			from = piece.to;
		if (from < end)
			return s.from + (from - s.begin);
	}
	return INT64_MAX;
}
