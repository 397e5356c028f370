/* works-day - what a work does on a day that nobody works. */
#include "base/local.h"
#include "desk/works.h"

#define DAYS_MAX 31 /* longer holidays there are none */

static bool
is_working(const struct tk_calendar *c, int64_t when)
{
	return tk_calendar_spans(c, tk_local_day(when) / TK_DAY)->n > 0;
}

bool
tk_workbook_shift(int64_t *day, const struct tk_workbook *b,
    const struct tk_work *w, int64_t when)
{
	const struct tk_calendar *c = w->calendar != NULL
	    ? tk_calendar_find(&b->desk->reg->calendars, w->calendar)
	    : NULL;
	int64_t step = w->holiday == TK_HOLIDAY_BEFORE ? -TK_DAY : TK_DAY;
	int n;

	*day = when;
	if (c == NULL || w->holiday == TK_HOLIDAY_AS_IS)
		return true;
	if (w->holiday == TK_HOLIDAY_SKIP)
		return is_working(c, when);
	for (n = 0; n < DAYS_MAX; n++, *day += step)
		if (is_working(c, *day))
			return true;
	*day = when;
	return true;
}
