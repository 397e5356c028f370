/* calendar-days - included days put in, and what holds on a day. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/calendar.h"

static void
copy_spans(struct tk_spans *to, const struct tk_spans *from)
{
	size_t i;

	memset(to, 0, sizeof(*to));
	for (i = 0; i < from->n; i++) {
		TK_GROW(to->v, to->n, to->cap);
		to->v[to->n++] = from->v[i];
	}
}

static void
clear_special(struct tk_special *s)
{
	free(s->hours.v);
	free(s->name);
	free(s->file);
}

static void
clear_calendar(struct tk_calendar *c)
{
	size_t i;

	for (i = 0; i < 7; i++)
		free(c->week[i].v);
	for (i = 0; i < c->n_special; i++)
		clear_special(&c->special[i]);
	free(c->special);
	tk_strv_clear(&c->include);
	free(c->id);
	free(c->name);
	free(c->zone);
	free(c->file);
}

void
tk_calendars_clear(struct tk_calendars *cs)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		clear_calendar(&cs->v[i]);
	for (i = 0; i < cs->n_lists; i++)
		clear_calendar(&cs->list[i]);
	free(cs->v);
	free(cs->list);
	memset(cs, 0, sizeof(*cs));
}

static const struct tk_calendar *
find(const struct tk_calendar *v, size_t n, const char *id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (tk_streq(v[i].id, id))
			return &v[i];
	return NULL;
}

const struct tk_calendar *
tk_calendar_find(const struct tk_calendars *cs, const char *id)
{
	return id != NULL ? find(cs->v, cs->n, id) : NULL;
}

/* Which comes first: yearly days, then dates. */
static int64_t
key_of(const struct tk_special *s)
{
	return s->day == -1 ? INT64_MIN + s->month * 100 + s->mday : s->day;
}

/* Stable: of two with the same key the later one is the company's own. */
static void
sort(struct tk_special *v, size_t n)
{
	struct tk_special one;
	size_t i, k;

	for (i = 1; i < n; i++) {
		one = v[i];
		for (k = i; k > 0 && key_of(&v[k - 1]) > key_of(&one); k--)
			v[k] = v[k - 1];
		v[k] = one;
	}
}

static void
set_always(struct tk_calendar *c)
{
	size_t i;

	c->always = c->n_special == 0;
	for (i = 0; c->always && i < 7; i++)
		c->always = c->week[i].n == 1 && c->week[i].v[0].from == 0 &&
		    c->week[i].v[0].to == TK_DAY;
}

static enum tk_status
include(
    struct tk_calendar *c, const struct tk_calendars *cs, struct tk_err *err)
{
	const struct tk_calendar *from;
	struct tk_special *own = c->special, *s;
	size_t n_own = c->n_special, i, k;
	enum tk_status st = TK_OK;

	c->special = NULL;
	c->n_special = c->special_cap = 0;
	for (i = 0; st == TK_OK && i < c->include.n; i++) {
		from = find(cs->list, cs->n_lists, c->include.v[i]);
		if (from == NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: there is no "
			      "regulation/calendars/%s.yaml"),
			    c->file, c->line, c->include.v[i]);
		for (k = 0; st == TK_OK && k < from->n_special; k++) {
			TK_GROW(c->special, c->n_special, c->special_cap);
			s = &c->special[c->n_special++];
			*s = from->special[k];
			s->name = tk_strdup(s->name);
			s->file = tk_strdup(s->file);
			copy_spans(&s->hours, &from->special[k].hours);
		}
	}
	for (i = 0; i < n_own; i++) {
		TK_GROW(c->special, c->n_special, c->special_cap);
		c->special[c->n_special++] = own[i];
	}
	free(own);
	return st;
}

enum tk_status
tk_calendars_finish(struct tk_calendars *cs, struct tk_err *err)
{
	struct tk_calendar *c;
	enum tk_status st = TK_OK;
	size_t i, k, n;

	for (i = 0; st == TK_OK && i < cs->n; i++) {
		c = &cs->v[i];
		if ((st = include(c, cs, err)) != TK_OK)
			break;
		sort(c->special, c->n_special);
		for (k = n = 0; k < c->n_special; k++) {
			if (n > 0 &&
			    key_of(&c->special[n - 1]) ==
				key_of(&c->special[k]))
				clear_special(&c->special[--n]);
			c->special[n++] = c->special[k];
		}
		c->n_special = n;
		for (k = 0; k < n && c->special[k].day == -1; k++)
			;
		c->n_yearly = k;
		set_always(c);
	}
	return st;
}

const struct tk_special *
tk_calendar_special(const struct tk_calendar *c, int64_t day)
{
	size_t low = c->n_yearly, high = c->n_special, mid, i;
	int year, month, mday;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (c->special[mid].day == day)
			return &c->special[mid];
		if (c->special[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	if (c->n_yearly == 0)
		return NULL;
	tk_day_date(day, &year, &month, &mday);
	for (i = 0; i < c->n_yearly; i++)
		if (c->special[i].month == month && c->special[i].mday == mday)
			return &c->special[i];
	return NULL;
}

const struct tk_spans *
tk_calendar_spans(const struct tk_calendar *c, int64_t day)
{
	const struct tk_special *s = tk_calendar_special(c, day);

	if (s == NULL)
		return &c->week[tk_day_weekday(day)];
	return s->as >= 0 ? &c->week[s->as] : &s->hours;
}
