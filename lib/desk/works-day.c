/* works-day - what a work does on a day that nobody works. */
#include <string.h>

#include "base/local.h"
#include "desk/works.h"

#define DAYS_MAX 31 /* longer holidays there are none */

static const struct tk_yaml *
find_calendar(const struct tk_workbook *b, const char *id)
{
	const struct tk_yaml *list = tk_yaml_get(b->calendars, "calendars");
	size_t i;

	for (i = 0; list != NULL && list->kind == TK_YAML_LIST && i < list->n;
	     i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			return list->item[i];
	return NULL;
}

static bool
is_working(const struct tk_yaml *calendar, int64_t day)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	const struct tk_yaml *hours = tk_yaml_get(
	    tk_yaml_get(calendar, "hours"), days[tk_local_weekday(day)]);
	struct tk_strv holidays = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	bool is;

	tk_yaml_strv(calendar, "holidays", &holidays);
	tk_local_text(&text, tk_local_day(day));
	is =
	    hours != NULL && hours->n > 0 && !tk_strv_has(&holidays, text.data);
	tk_strv_clear(&holidays);
	tk_str_clear(&text);
	return is;
}

bool
tk_workbook_shift(int64_t *day, const struct tk_workbook *b,
    const struct tk_work *w, int64_t when)
{
	const struct tk_yaml *calendar = find_calendar(b, w->calendar);
	int64_t step = w->holiday == TK_HOLIDAY_BEFORE ? -TK_DAY : TK_DAY;
	int n;

	*day = when;
	if (calendar == NULL || w->holiday == TK_HOLIDAY_AS_IS)
		return true;
	if (w->holiday == TK_HOLIDAY_SKIP)
		return is_working(calendar, when);
	for (n = 0; n < DAYS_MAX; n++, *day += step)
		if (is_working(calendar, *day))
			return true;
	*day = when;
	return true;
}
