/* local - times as a clock on the wall shows them. */
#include "base/local.h"

#include <string.h>
#include <time.h>

static struct tm
broken_down(int64_t local)
{
	time_t t = (time_t)local;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL)
		memset(&tm, 0, sizeof(tm));
	return tm;
}

void
tk_local_of(int64_t *local, int year, int month, int day, int hour, int minute,
    int second)
{
	struct tm tm = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_sec = second };

	*local = (int64_t)timegm(&tm);
}

/* Digits at their places, nothing else behind them. */
static bool
has_form(const char *text, const char *form)
{
	for (; *form != '\0'; form++, text++)
		if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	return *text == '\0';
}

/* n digits; the form has been looked at. */
static int
digits(const char *text, size_t n)
{
	int value = 0;

	while (n-- > 0)
		value = 10 * value + (*text++ - '0');
	return value;
}

bool
tk_local_parse(int64_t *local, const char *text)
{
	bool timed = has_form(text, "0000-00-00T00:00");
	int year, month, day, hour = 0, minute = 0;
	struct tm tm;

	if (!timed && !has_form(text, "0000-00-00"))
		return false;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day = digits(text + 8, 2);
	if (timed) {
		hour = digits(text + 11, 2);
		minute = digits(text + 14, 2);
	}
	if (year < 1970 || hour > 23 || minute > 59)
		return false;
	tk_local_of(local, year, month, day, hour, minute, 0);
	tm = broken_down(*local);
	return tm.tm_mon == month - 1 && tm.tm_mday == day;
}

void
tk_local_text(struct tk_str *out, int64_t local)
{
	struct tm tm = broken_down(local);

	tk_str_addf(out, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1,
	    tm.tm_mday);
	if (tm.tm_hour != 0 || tm.tm_min != 0)
		tk_str_addf(out, "T%02d:%02d", tm.tm_hour, tm.tm_min);
}

int64_t
tk_local_from_time(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL)
		return at;
	return (int64_t)timegm(&tm);
}

int64_t
tk_local_to_time(int64_t local)
{
	/* Both offsets of the days around; one of them holds. */
	int64_t before = local - TK_DAY, after = local + TK_DAY;
	int64_t first = local - (tk_local_from_time(before) - before);
	int64_t second = local - (tk_local_from_time(after) - after);

	if (tk_local_from_time(first) == local)
		return first;
	return tk_local_from_time(second) == local ? second : first;
}

int64_t
tk_local_day(int64_t local)
{
	int64_t rest = local % TK_DAY;

	return local - (rest < 0 ? rest + TK_DAY : rest);
}

int
tk_local_weekday(int64_t local)
{
	return (broken_down(local).tm_wday + 6) % 7;
}
