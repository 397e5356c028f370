/* when - a time as people say it. */
#include "base/when.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/zone.h"

#define LAST_MINUTE (23 * 60 + 59)

struct words {
	int64_t day; /* days since 1970-01-01; -1: not said */
	int minute;  /* of the day; -1: not said */
	int64_t today;
};

static const struct {
	const char *word;
	int days;
} near_days[] = {
	{ "today", 0 },
	{ "сегодня", 0 },
	{ "сьогодні", 0 },
	{ "tomorrow", 1 },
	{ "завтра", 1 },
	{ "послезавтра", 2 },
	{ "післязавтра", 2 },
};

/* How a weekday begins is enough: пт, пятн, пятница. */
static const struct {
	const char *starts, *full;
	int weekday;
} weekdays[] = {
	{ "mon", "monday", 0 },
	{ "tue", "tuesday", 1 },
	{ "wed", "wednesday", 2 },
	{ "thu", "thursday", 3 },
	{ "fri", "friday", 4 },
	{ "sat", "saturday", 5 },
	{ "sun", "sunday", 6 },
	{ "пн", "", 0 },
	{ "вт", "", 1 },
	{ "ср", "", 2 },
	{ "чт", "", 3 },
	{ "пт", "", 4 },
	{ "сб", "", 5 },
	{ "вс", "", 6 },
	{ "нд", "", 6 },
	{ "пон", "понедельник", 0 },
	{ "пон", "понеділок", 0 },
	{ "втор", "вторник", 1 },
	{ "вівт", "вівторок", 1 },
	{ "среда", "среда", 2 },
	{ "среду", "среду", 2 },
	{ "сер", "середа", 2 },
	{ "сер", "середу", 2 },
	{ "четв", "четверг", 3 },
	{ "четв", "четвер", 3 },
	{ "пятн", "пятница", 4 },
	{ "пятн", "пятницу", 4 },
	{ "п'ят", "п'ятниця", 4 },
	{ "п'ят", "п'ятницю", 4 },
	{ "п’ят", "п’ятниця", 4 },
	{ "п’ят", "п’ятницю", 4 },
	{ "суб", "суббота", 5 },
	{ "суб", "субботу", 5 },
	{ "суб", "субота", 5 },
	{ "суб", "суботу", 5 },
	{ "воскр", "воскресенье", 6 },
	{ "нед", "неділя", 6 },
	{ "нед", "неділю", 6 },
};

static bool
is_beginning(const char *word, const char *starts, const char *full)
{
	if (strcmp(word, starts) == 0)
		return true;
	return full[0] != '\0' && strncmp(word, starts, strlen(starts)) == 0 &&
	    strncmp(full, word, strlen(word)) == 0;
}

static bool
take_named(struct words *w, const char *word)
{
	size_t i;
	int ahead;

	for (i = 0; i < TK_COUNT(near_days); i++)
		if (strcmp(word, near_days[i].word) == 0) {
			w->day = w->today + near_days[i].days;
			return true;
		}
	for (i = 0; i < TK_COUNT(weekdays); i++)
		if (is_beginning(word, weekdays[i].starts, weekdays[i].full)) {
			ahead = weekdays[i].weekday - tk_day_weekday(w->today);
			w->day = w->today + (ahead > 0 ? ahead : ahead + 7);
			return true;
		}
	return false;
}

/* One or two digits, and how many they are. */
static int
number(const char **p)
{
	int n = 0, digits;

	for (digits = 0; digits < 2 && **p >= '0' && **p <= '9'; digits++)
		n = n * 10 + (*(*p)++ - '0');
	return digits > 0 ? n : -1;
}

/* 9:30, 14:00 */
static bool
take_clock(struct words *w, const char *word)
{
	int hour = number(&word), minute;

	if (hour < 0 || hour > 23 || *word++ != ':')
		return false;
	if (word[0] == '\0' || word[1] == '\0' ||
	    (minute = number(&word)) < 0 || minute > 59 || *word != '\0')
		return false;
	w->minute = hour * 60 + minute;
	return true;
}

/* 2026-11-30, 30.11, 30.11.2026 */
static bool
take_date(struct words *w, const char *word)
{
	int day, month, year, k;
	char *text;
	bool is;

	if (tk_day_parse(&w->day, word))
		return true;
	w->day = -1;
	if ((day = number(&word)) < 0 || *word++ != '.' ||
	    (month = number(&word)) < 0)
		return false;
	if (*word == '.' && word[1] != '\0') {
		text = tk_strf("%s-%02d-%02d", word + 1, month, day);
		is = tk_day_parse(&w->day, text);
		free(text);
		return is;
	}
	if (*word != '\0' && strcmp(word, ".") != 0)
		return false;
	/* The next such day; the 29th of February may be years ahead. */
	tk_day_date(w->today, &year, &k, &k);
	for (k = 0; k < 9; k++) {
		text = tk_strf("%04d-%02d-%02d", year + k, month, day);
		is = tk_day_parse(&w->day, text) && w->day >= w->today;
		free(text);
		if (is)
			return true;
	}
	w->day = -1;
	return false;
}

static bool
is_filler(const char *word)
{
	static const char *const fillers[] = { "at", "on", "в", "во", "до", "о",
		"об", "у", "до", "by", "к" };
	size_t i;

	for (i = 0; i < TK_COUNT(fillers); i++)
		if (strcmp(word, fillers[i]) == 0)
			return true;
	return false;
}

static bool
take(struct words *w, const char *word)
{
	struct words had = *w;

	if (is_filler(word))
		return true;
	if (w->minute < 0 && take_clock(w, word))
		return true;
	*w = had;
	return w->day < 0 && (take_named(w, word) || take_date(w, word));
}

static int64_t
local(int64_t day, int minute)
{
	struct tm tm = {
		.tm_isdst = -1, .tm_hour = minute / 60, .tm_min = minute % 60
	};
	int year, month;

	tk_day_date(day, &year, &month, &tm.tm_mday);
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	return (int64_t)mktime(&tm);
}

static bool
take_all(struct words *w, const char *text)
{
	const char *p = text;
	bool good = true;
	size_t n;
	char *word;

	for (; good; p += n) {
		p += strspn(p, " \t,");
		if (*p == '\0')
			break;
		/* 2026-11-30T14:00 */
		n = strcspn(p, " \t,");
		if (n > 11 && p[10] == 't' && p[4] == '-')
			n = 10;
		word = tk_strndup(p, n);
		good = take(w, word);
		free(word);
		n += p[n] == 't';
	}
	return good && (w->day >= 0 || w->minute >= 0);
}

bool
tk_when_parse(int64_t *at, const char *text, int64_t now)
{
	struct words w = { .day = -1, .minute = -1 };
	struct tk_str low = TK_STR_INIT;
	int second;
	bool good;

	if (tk_date_parse(at, text))
		return true;
	if (text[0] == '+') {
		if (!tk_span_parse(at, text + 1))
			return false;
		*at += now;
		return true;
	}
	w.today = tk_day_at(now, tk_date_offset(now) * 60, &second);
	tk_utf8_lower(&low, text);
	good = take_all(&w, low.data);
	tk_str_clear(&low);
	if (!good)
		return false;
	if (w.day < 0)
		w.day = w.today + (local(w.today, w.minute) <= now);
	*at = local(w.day, w.minute >= 0 ? w.minute : LAST_MINUTE);
	return true;
}
