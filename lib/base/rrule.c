/* rrule - when a thing comes round again. */
#include "base/rrule.h"

#include <ctype.h>
#include "base/libical.h"
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/local.h"
#include "base/mem.h"
#include "base/str.h"

#define STEPS_MAX 20000 /* of a counted rule, before it is given up */

struct tk_rrule {
	struct icalrecurrencetype rule;
	int64_t start;
};

static struct icaltimetype
to_ical(int64_t local)
{
	struct icaltimetype t =
	    tk_libical.icaltime_from_timet_with_zone((time_t)local, 0, NULL);

	t.is_date = 0;
	t.zone = NULL;
	return t;
}

static int64_t
from_ical(struct icaltimetype t)
{
	int64_t local;

	tk_local_of(&local, t.year, t.month, t.day, t.hour, t.minute, t.second);
	return local;
}

/* libical reads past what it does not know; a slip must not become another
 * rule. */
static bool
has_only_known_parts(const char *text)
{
	static const char *const known[] = { "FREQ", "UNTIL", "COUNT",
		"INTERVAL", "BYHOUR", "BYMINUTE", "BYDAY", "BYMONTHDAY",
		"BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST" };
	const char *p = text;
	size_t n, i;

	for (;;) {
		n = strcspn(p, "=;");
		for (i = 0; i < TK_COUNT(known); i++)
			if (strlen(known[i]) == n &&
			    strncmp(p, known[i], n) == 0)
				break;
		if (i == TK_COUNT(known) || p[n] != '=')
			return false;
		p += n + 1;
		n = strcspn(p, ";");
		if (n == 0 || strcspn(p, "= \t") < n)
			return false;
		p += n;
		if (*p == '\0')
			return true;
		p++;
	}
}

static bool
is_seldom(const struct icalrecurrencetype *r)
{
	return (r->freq == ICAL_YEARLY_RECURRENCE ||
		   r->freq == ICAL_MONTHLY_RECURRENCE ||
		   r->freq == ICAL_WEEKLY_RECURRENCE ||
		   r->freq == ICAL_DAILY_RECURRENCE ||
		   r->freq == ICAL_HOURLY_RECURRENCE) &&
	    r->by_minute[1] == ICAL_RECURRENCE_ARRAY_MAX;
}

enum tk_status
tk_rrule_parse(
    struct tk_rrule **out, const char *text, int64_t start, struct tk_err *err)
{
	struct tk_rrule *r;
	enum tk_status st;

	*out = NULL;
	if ((st = tk_libical_load(err)) != TK_OK)
		return st;
	tk_libical.icalerror_clear_errno();
	r = tk_calloc(1, sizeof(*r));
	r->start = start;
	if (!has_only_known_parts(text))
		r->rule.freq = ICAL_NO_RECURRENCE;
	else
		r->rule = tk_libical.icalrecurrencetype_from_string(text);
	if (r->rule.freq == ICAL_NO_RECURRENCE ||
	    *tk_libical.icalerrno_return() != ICAL_NO_ERROR ||
	    r->rule.interval < 1) {
		tk_libical.icalerror_clear_errno();
		free(r);
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\" is no rule like FREQ=MONTHLY;BYDAY=1TU "
		      "(RFC 5545)"),
		    text);
	}
	if (!is_seldom(&r->rule)) {
		free(r);
		return tk_fail(err, TK_EINPUT,
		    _("\"%s\": once an hour is as often as it can be"), text);
	}
	/* A last day is meant with all its hours. */
	if (r->rule.until.is_date &&
	    !tk_libical.icaltime_is_null_time(r->rule.until)) {
		r->rule.until.is_date = 0;
		r->rule.until.hour = 23;
		r->rule.until.minute = r->rule.until.second = 59;
	}
	*out = r;
	return TK_OK;
}

void
tk_rrule_free(struct tk_rrule *r)
{
	if (r != NULL)
		tk_libical.icalrecurrencetype_clear(&r->rule);
	free(r);
}

bool
tk_rrule_is_counted(const struct tk_rrule *r)
{
	return r->rule.count > 0;
}

void
tk_rrule_between(struct tk_times *out, const struct tk_rrule *r, int64_t from,
    int64_t to, size_t max)
{
	icalrecur_iterator *it =
	    tk_libical.icalrecur_iterator_new(r->rule, to_ical(r->start));
	struct icaltimetype t;
	size_t steps = 0, n = 0;
	int64_t local;

	if (it == NULL)
		return;
	/* A counted rule is counted from its start. */
	if (r->rule.count == 0 && from > r->start)
		tk_libical.icalrecur_iterator_set_start(it, to_ical(from));
	while (n < max && steps++ < STEPS_MAX) {
		t = tk_libical.icalrecur_iterator_next(it);
		if (tk_libical.icaltime_is_null_time(t))
			break;
		local = from_ical(t);
		if (local >= to)
			break;
		if (local < from || local < r->start)
			continue;
		TK_GROW(out->v, out->n, out->cap);
		out->v[out->n++] = local;
		n++;
	}
	tk_libical.icalrecur_iterator_free(it);
}
