/* plan-span - from when to when: weeks and dates as people write them. */
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/zone.h"
#include "report/plan.h"

#define WEEK (7 * (int64_t)TK_DAY)

/* The Monday of the week that has the year's fourth of January (ISO 8601). */
static int64_t
first_week(int year)
{
	int64_t fourth = tk_day_of(year, 1, 4);

	return (fourth - tk_day_weekday(fourth)) * TK_DAY;
}

/* The year that most of that week is in. */
static int
year_of(int64_t monday)
{
	int year, month, day;

	tk_day_date(monday / TK_DAY + 3, &year, &month, &day);
	return year;
}

static bool
number(long *n, const char *text, long least, long most)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	*n = strtol(text, &end, 10);
	return *end == '\0' && *n >= least && *n <= most;
}

/* 2026-W48, or 48 of this year. */
static bool
parse_week(int64_t *monday, const char *text, int64_t this_week)
{
	long year = year_of(this_week), week;
	char digits[5] = "";

	if (strlen(text) > 6 && text[4] == '-' &&
	    (text[5] == 'W' || text[5] == 'w')) {
		memcpy(digits, text, 4);
		if (!number(&year, digits, 1970, 9999))
			return false;
		text += 6;
	}
	if (!number(&week, text, 1, 53))
		return false;
	*monday = first_week((int)year) + (week - 1) * WEEK;
	return year_of(*monday) == year;
}

static enum tk_status
parse_day(int64_t *day, const char *text, struct tk_err *err)
{
	if (!tk_local_parse(day, text))
		return tk_fail(err, TK_EUSAGE,
		    _("\"%s\" is not a date like 2026-11-23"), text);
	return TK_OK;
}

enum tk_status
tk_plan_span(int64_t *from, int64_t *to, const char *week, const char *first,
    const char *last, struct tk_err *err)
{
	int64_t today = tk_local_day(tk_local_from_time(tk_now()));
	int64_t monday = today - tk_local_weekday(today) * (int64_t)TK_DAY;
	enum tk_status st;

	*from = today;
	if (week != NULL && (first != NULL || last != NULL))
		return tk_fail(
		    err, TK_EUSAGE, _("a week, or --from and --to, not both"));
	if (week != NULL && (strcmp(week, "this") == 0 || strcmp(week, "week") == 0))
		*from = monday;
	else if (week != NULL && strcmp(week, "next") == 0)
		*from = monday + WEEK;
	else if (week != NULL && !parse_week(from, week, monday))
		return tk_fail(err, TK_EUSAGE,
		    _("\"%s\" is not a week: this, next, 48 or 2026-W48"),
		    week);
	if (first != NULL && (st = parse_day(from, first, err)) != TK_OK)
		return st;
	*to = *from + WEEK;
	if (last != NULL) {
		if ((st = parse_day(to, last, err)) != TK_OK)
			return st;
		/* The last day with all its hours. */
		if (*to == tk_local_day(*to))
			*to += TK_DAY;
	}
	if (*to <= *from)
		return tk_fail(err, TK_EUSAGE, _("--to is before --from"));
	*from = tk_local_to_time(*from);
	*to = tk_local_to_time(*to);
	return TK_OK;
}
