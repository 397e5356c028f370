/* period - days, weeks, months and years as people name them. */
#include "base/period.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/when.h"

/* Midnight of a day; the parts may lie outside of their ranges. */
static int64_t
midnight(int year, int month, int day)
{
	struct tm tm = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_isdst = -1 };

	return (int64_t)mktime(&tm);
}

static struct tm
local(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm = { .tm_year = 70, .tm_mday = 1 };

	(void)localtime_r(&t, &tm);
	return tm;
}

/* The beginning of the unit that lies so many units after that of at. */
static int64_t
begin(const char *unit, int64_t at, int more)
{
	struct tm tm = local(at);
	int year = tm.tm_year + 1900, month = tm.tm_mon + 1, day = tm.tm_mday;

	if (strcmp(unit, "year") == 0)
		return midnight(year + more, 1, 1);
	if (strcmp(unit, "quarter") == 0)
		return midnight(year, tm.tm_mon / 3 * 3 + 1 + 3 * more, 1);
	if (strcmp(unit, "month") == 0)
		return midnight(year, month + more, 1);
	if (strcmp(unit, "week") == 0)
		return midnight(
		    year, month, day - (tm.tm_wday + 6) % 7 + 7 * more);
	return midnight(year, month, day + more);
}

int64_t
tk_period_next(const char *unit, int64_t at)
{
	return begin(unit, at, 1);
}

void
tk_period_name(struct tk_str *out, const char *unit, int64_t at)
{
	struct tm tm = local(at);
	char text[24];

	if (strcmp(unit, "year") == 0)
		strftime(text, sizeof(text), "%Y", &tm);
	else if (strcmp(unit, "month") == 0)
		strftime(text, sizeof(text), "%Y-%m", &tm);
	else if (strcmp(unit, "week") == 0)
		strftime(text, sizeof(text), "%G-W%V", &tm);
	else
		strftime(text, sizeof(text), "%Y-%m-%d", &tm);
	tk_str_add(out, text);
}

/* The Monday of week 1 is that of the week with January 4. */
static bool
iso_week(int64_t *from, int64_t *to, int year, int week)
{
	int64_t first = begin("week", midnight(year, 1, 4), 0);
	struct tm tm = local(first);

	*from = midnight(
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday + 7 * (week - 1));
	*to = begin("week", *from, 1);
	return week >= 1 && week <= 53;
}

/* Does the text look like that: 0 stands for a digit? */
static bool
has_form(const char *text, const char *form)
{
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text[i])
				   : text[i] != form[i])
			return false;
	return text[i] == '\0';
}

static int
number(const char *digits, int n)
{
	int value = 0;

	for (; n > 0; n--)
		value = value * 10 + (*digits++ - '0');
	return value;
}

static bool
by_number(int64_t *from, int64_t *to, const char *text)
{
	int year = 0, month, day;
	int64_t exists;
	char check[32];

	if (strlen(text) < 4 || strspn(text, "0123456789") < 4)
		return false;
	year = number(text, 4);
	if (has_form(text, "0000-W00"))
		return iso_week(from, to, year, number(text + 6, 2));
	if (has_form(text, "0000-00-00")) {
		month = number(text + 5, 2);
		day = number(text + 8, 2);
		snprintf(check, sizeof(check), "%sT00:00:00Z", text);
		*from = midnight(year, month, day);
		*to = midnight(year, month, day + 1);
		return tk_date_parse(&exists, check);
	}
	if (has_form(text, "0000-00")) {
		month = number(text + 5, 2);
		*from = midnight(year, month, 1);
		*to = midnight(year, month + 1, 1);
		return month >= 1 && month <= 12;
	}
	*from = midnight(year, 1, 1);
	*to = midnight(year + 1, 1, 1);
	return has_form(text, "0000") && year >= 1970;
}

bool
tk_period_parse(int64_t *from, int64_t *to, const char *text, int64_t now)
{
	static const char *const units[] = { "day", "week", "month", "quarter",
		"year" };
	bool last = tk_starts(text, "last-");
	const char *unit = last ? text + strlen("last-") : text;
	size_t i;

	if (strcmp(text, "all") == 0) {
		*from = 0;
		*to = INT64_MAX;
		return true;
	}
	if (strcmp(text, "yesterday") == 0 || strcmp(text, "today") == 0) {
		last = text[0] == 'y';
		unit = "day";
	}
	for (i = 0; i < TK_COUNT(units); i++)
		if (strcmp(units[i], unit) == 0) {
			*from = begin(unit, now, last ? -1 : 0);
			*to = begin(unit, now, last ? 0 : 1);
			return true;
		}
	if (by_number(from, to, text))
		return true;
	if (!tk_date_parse(from, text))
		return tk_when_span(from, to, text, now, true);
	*to = *from + 1;
	return true;
}
