/* when - a time as people say it. */
#include "base/when.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/when-words.h"
#include "base/zone.h"

#define LAST_MINUTE (23 * 60 + 59)
#define DAY 86400
#define FAR (100 * 366) /* days; who says so has slipped */

/* What has been read so far. */
struct words {
	int64_t day;     /* days since 1970-01-01; -1: not said */
	int minute;      /* of the day; -1: not said */
	int month, year; /* a month without a day; 0: not said */
	int64_t span;    /* seconds from now */
	bool has_span;
	int64_t today;
	bool past; /* what could be either lies behind us */
};

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

static bool
set_day(struct words *w, int year, int month, int day)
{
	char *text = tk_strf("%04d-%02d-%02d", year, month, day);
	bool is = tk_day_parse(&w->day, text);

	free(text);
	return is;
}

/* Without a year: the next such day, or the last one; the 29th of February may
 * be years away. */
static bool
set_near_day(struct words *w, int month, int day)
{
	int year, k;

	tk_day_date(w->today, &year, &k, &k);
	for (k = 0; k < 9; k++)
		if (set_day(w, w->past ? year - k : year + k, month, day) &&
		    (w->past ? w->day <= w->today : w->day >= w->today))
			return true;
	w->day = -1;
	return false;
}

/* 2026-11-30, 30.11, 30.11.2026 */
static bool
take_date(struct words *w, const char *word)
{
	int day, month;
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
	return set_near_day(w, month, day);
}

static bool
take_named(struct words *w, const char *word)
{
	int ahead;

	if (tk_when_near(&ahead, word)) {
		w->day = w->today + ahead;
		return true;
	}
	if ((ahead = tk_when_weekday(word)) < 0)
		return false;
	ahead -= tk_day_weekday(w->today);
	if (w->past)
		w->day = w->today + (ahead < 0 ? ahead : ahead - 7);
	else
		w->day = w->today + (ahead > 0 ? ahead : ahead + 7);
	return true;
}

/* 30, 30th, 30-го: the day of a month; 0: no such thing. */
static int
month_day(const char *word)
{
	static const char *const ends[] = { "", "st", "nd", "rd", "th", "-е",
		"-го" };
	int n = number(&word);
	size_t i;

	for (i = 0; i < TK_COUNT(ends); i++)
		if (strcmp(word, ends[i]) == 0)
			return n > 0 ? n : 0;
	return 0;
}

static int
year_of(const char *word)
{
	return strlen(word) == 4 && strspn(word, "0123456789") == 4
	    ? (int)strtol(word, NULL, 10)
	    : 0;
}

/* 30 ноября, 30 November 2026, Nov 30, ноябрь 2026: how many words? */
static size_t
take_month(struct words *w, const struct tk_strv *v, size_t i)
{
	bool english = false, good;
	int day = month_day(v->v[i]), month, year;
	size_t n = day > 0 ? 2 : 1;

	if (w->month > 0 || i + n > v->n ||
	    (month = tk_when_month(v->v[i + n - 1], &english)) == 0)
		return 0;
	if (day == 0 && english && i + 1 < v->n &&
	    (day = month_day(v->v[i + 1])) > 0)
		n++;
	year = i + n < v->n ? year_of(v->v[i + n]) : 0;
	if (day == 0) {
		w->month = month;
		w->year = year;
		return n + (year > 0);
	}
	good = year > 0 ? set_day(w, year, month, day)
			: set_near_day(w, month, day);
	return good ? n + (year > 0) : 0;
}

/* A number and a unit, in one word or in two: how many words? */
static size_t
take_amount(int64_t *sum, const struct tk_strv *v, size_t i)
{
	const char *word = v->v[i];
	size_t digits = strspn(word, "0123456789"), at;
	int64_t n, unit;

	if ((n = tk_when_alone(word)) > 0) {
		*sum += n;
		return 1;
	}
	if (strcmp(word, "half") == 0 || strcmp(word, "пів") == 0) {
		at = i + 1;
		if (at < v->n && strcmp(v->v[at], "an") == 0)
			at++;
		unit = at < v->n ? tk_when_unit(v->v[at]) : 0;
		*sum += unit / 2;
		return unit > 0 ? at + 1 - i : 0;
	}
	if (digits == 0) { /* an hour, час, годину */
		*sum += tk_when_unit(word);
		return tk_when_unit(word) > 0;
	}
	n = digits <= 5 ? strtol(word, NULL, 10) : 0;
	if (word[digits] != '\0')
		unit = tk_when_unit(word + digits);
	else
		unit = i + 1 < v->n ? tk_when_unit(v->v[i + 1]) : 0;
	*sum += n * unit;
	return n == 0 || unit == 0 ? 0 : 1U + (word[digits] == '\0');
}

/* in 2 hours, через 1 час 30 минут, 2 години тому: how many words? */
static size_t
take_span(struct words *w, const struct tk_strv *v, size_t i)
{
	bool ahead = tk_when_is_ahead(v->v[i]);
	size_t at = i + ahead, n;
	int64_t sum = 0;

	if (at < v->n &&
	    (strcmp(v->v[at], "an") == 0 || strcmp(v->v[at], "a") == 0))
		at++;
	for (n = at; n < v->n; at = n)
		if ((n += take_amount(&sum, v, n)) == at)
			break;
	if (sum == 0 || sum > (int64_t)FAR * DAY)
		return 0;
	if (!ahead && (at == v->n || !tk_when_is_ago(v->v[at++])))
		return 0;
	w->span = ahead ? sum : -sum;
	w->has_span = true;
	return at - i;
}

/* How many words from the i-th on; 0: they say nothing. */
static size_t
take(struct words *w, const struct tk_strv *v, size_t i)
{
	struct words had = *w;
	const char *word = v->v[i];
	size_t n;

	if (!w->has_span && w->day < 0 && (n = take_span(w, v, i)) > 0)
		return n;
	*w = had;
	if (tk_when_is_filler(word) || (w->minute < 0 && take_clock(w, word)))
		return 1;
	*w = had;
	if (w->day >= 0 || w->has_span)
		return 0;
	if ((n = take_month(w, v, i)) > 0)
		return n;
	*w = had;
	return take_named(w, word) || take_date(w, word);
}

static void
split(struct tk_strv *out, const char *text)
{
	struct tk_str low = TK_STR_INIT;
	const char *p;
	size_t n;

	tk_utf8_lower(&low, text);
	for (p = low.data;; p += n) {
		p += strspn(p, " \t,");
		if (*p == '\0')
			break;
		/* 2026-11-30T14:00 */
		n = strcspn(p, " \t,");
		if (n > 11 && p[10] == 't' && p[4] == '-')
			n = 10;
		tk_strv_add_own(out, tk_strndup(p, n));
		n += p[n] == 't';
	}
	tk_str_clear(&low);
}

static bool
read_words(struct words *w, const char *text, int64_t now, bool past)
{
	struct tk_strv v = TK_STRV_INIT;
	int second;
	size_t i, n = 1;

	*w = (struct words){ .day = -1, .minute = -1, .past = past };
	w->today = tk_day_at(now, tk_date_offset(now) * 60, &second);
	split(&v, text);
	for (i = 0; i < v.n && n > 0; i += n)
		n = take(w, &v, i);
	tk_strv_clear(&v);
	/* In three days at 10:00 is a day; in three hours at 10:00 is none. */
	if (w->has_span && w->minute >= 0 && w->span % DAY == 0) {
		w->day = w->today + w->span / DAY;
		w->has_span = false;
	}
	return n > 0 && !(w->has_span && w->minute >= 0) &&
	    !(w->month > 0 && (w->day >= 0 || w->minute >= 0 || w->has_span)) &&
	    (w->day >= 0 || w->minute >= 0 || w->has_span || w->month > 0);
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

bool
tk_when_parse(int64_t *at, const char *text, int64_t now)
{
	struct words w;

	if (tk_date_parse(at, text))
		return true;
	if (text[0] == '+') {
		if (!tk_span_parse(at, text + 1))
			return false;
		*at += now;
		return true;
	}
	if (!read_words(&w, text, now, false) || w.month > 0)
		return false;
	if (w.has_span) {
		*at = now + w.span;
		return true;
	}
	if (w.day < 0)
		w.day = w.today + (local(w.today, w.minute) <= now);
	*at = local(w.day, w.minute >= 0 ? w.minute : LAST_MINUTE);
	return true;
}

/* A month: this one, or the nearest on that side. */
static bool
month_span(int64_t *from, int64_t *to, struct words *w)
{
	int year, month, day;

	tk_day_date(w->today, &year, &month, &day);
	if (w->year > 0)
		year = w->year;
	else if (w->past && w->month > month)
		year--;
	else if (!w->past && w->month < month)
		year++;
	if (!set_day(w, year, w->month, 1))
		return false;
	*from = local(w->day, 0);
	year += w->month == 12;
	if (!set_day(w, year, w->month % 12 + 1, 1))
		return false;
	*to = local(w->day, 0);
	return true;
}

bool
tk_when_span(
    int64_t *from, int64_t *to, const char *text, int64_t now, bool past)
{
	struct words w;

	if (!read_words(&w, text, now, past))
		return false;
	if (w.month > 0)
		return month_span(from, to, &w);
	if (w.has_span) {
		*from = now + w.span;
		*to = *from + 1;
		return true;
	}
	if (w.day < 0 && past)
		w.day = w.today - (local(w.today, w.minute) > now);
	else if (w.day < 0)
		w.day = w.today + (local(w.today, w.minute) <= now);
	*from = local(w.day, w.minute >= 0 ? w.minute : 0);
	*to = w.minute >= 0 ? *from + 60 : local(w.day + 1, 0);
	return true;
}
