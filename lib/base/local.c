/* local - times as a clock on the wall shows them. */
#include "base/local.h"

#include <string.h>
#include <time.h>

#include "base/zone.h"

static int64_t
day_of(int64_t local)
{
	return (local - (local % TK_DAY + TK_DAY) % TK_DAY) / TK_DAY;
}

void
tk_local_of(int64_t *local, int year, int month, int day, int hour, int minute,
    int second)
{
	*local = tk_day_of(year, month, day) * TK_DAY + 3600 * (int64_t)hour +
	    60 * (int64_t)minute + second;
}

/* "T09:00"; -1: no such time. */
static int64_t
time_of(const char *text)
{
	static const char form[] = "T00:00";
	int hour, minute;
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9'
				   : text[i] != form[i])
			return -1;
	hour = 10 * (text[1] - '0') + text[2] - '0';
	minute = 10 * (text[4] - '0') + text[5] - '0';
	return text[i] == '\0' && hour < 24 && minute < 60
	    ? 60 * (60 * (int64_t)hour + minute)
	    : -1;
}

bool
tk_local_parse(int64_t *local, const char *text)
{
	size_t n = strlen("2026-11-23");
	char date[11] = "";
	int64_t day, time = 0;

	if (strlen(text) > n)
		time = time_of(text + n);
	memcpy(date, text, strlen(text) < n ? strlen(text) : n);
	if (time < 0 || !tk_day_parse(&day, date) || day < 0)
		return false;
	*local = day * TK_DAY + time;
	return true;
}

void
tk_local_text(struct tk_str *out, int64_t local)
{
	int64_t day = day_of(local), rest = local - day * TK_DAY;
	int year, month, mday;

	tk_day_date(day, &year, &month, &mday);
	tk_str_addf(out, "%04d-%02d-%02d", year, month, mday);
	if (rest >= 60)
		tk_str_addf(out, "T%02d:%02d", (int)(rest / 3600),
		    (int)(rest / 60 % 60));
}

int64_t
tk_local_from_time(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;
	int64_t local;

	if (localtime_r(&t, &tm) == NULL)
		return at;
	tk_local_of(&local, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
	return local;
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
	return day_of(local) * TK_DAY;
}

int
tk_local_weekday(int64_t local)
{
	return tk_day_weekday(day_of(local));
}
