/* date - times as files and people write them. */
#include "base/date.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#define ZONES "/usr/share/zoneinfo/"

enum tk_status
tk_date_zone(const char *zone, struct tk_err *err)
{
	char *path;
	bool found;

	/* glibc takes an unknown zone for UTC without a word. */
	path = tk_strf(ZONES "%s", zone);
	found = strstr(zone, "..") == NULL && zone[0] != '/' &&
	    ((tk_file_exists(path) && !tk_is_dir(path)) ||
		strcmp(zone, "UTC") == 0);
	free(path);
	if (!found)
		return tk_fail(err, TK_EINPUT,
		    _("no such time zone here: %s"), zone);
	setenv("TZ", zone, 1);
	tzset();
	return TK_OK;
}

char *
tk_date_system_zone(void)
{
	char buf[PATH_MAX];
	const char *at;
	ssize_t n;
	struct tk_str text = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;

	at = getenv("TZ");
	if (at != NULL && at[0] != '\0' && at[0] != ':' && at[0] != '/')
		return tk_strf("%s", at);
	n = readlink("/etc/localtime", buf, sizeof(buf) - 1);
	if (n > 0) {
		buf[n] = '\0';
		at = strstr(buf, "zoneinfo/");
		if (at != NULL && strchr(at + 9, '/') != NULL &&
		    strncmp(at + 9, "Etc/", 4) != 0)
			return tk_strf("%s", at + 9);
	}
	if (tk_file_read(&text, "/etc/timezone", 256, &ignored) == TK_OK) {
		tk_str_trim(&text);
		if (text.len > 0 && strncmp(text.data, "Etc/", 4) != 0)
			return tk_str_detach(&text);
	}
	tk_str_clear(&text);
	return tk_strf("UTC");
}

static struct tm
local(int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	if (localtime_r(&t, &tm) == NULL) {
		t = 0;
		gmtime_r(&t, &tm);
	}
	return tm;
}

int
tk_date_offset(int64_t at)
{
	return (int)(local(at).tm_gmtoff / 60);
}

void
tk_date_rfc3339(struct tk_str *out, int64_t at)
{
	struct tm tm = local(at);
	long off = tm.tm_gmtoff / 60, away = off < 0 ? -off : off;

	tk_str_addf(out, "%04d-%02d-%02dT%02d:%02d:%02d%c%02ld:%02ld",
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
	    tm.tm_sec, off < 0 ? '-' : '+', away / 60, away % 60);
}

/* Not strftime: the names must be English whatever the locale is. */
void
tk_date_rfc5322(struct tk_str *out, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm = local(at);
	long off = tm.tm_gmtoff / 60, away = off < 0 ? -off : off;

	tk_str_addf(out, "%s, %02d %s %04d %02d:%02d:%02d %c%02ld%02ld",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec, off < 0 ? '-' : '+', away / 60,
	    away % 60);
}

void
tk_date_stamp(struct tk_str *out, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm;

	gmtime_r(&t, &tm);
	tk_str_addf(out, "%04d%02d%02dT%02d%02d%02dZ", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void
tk_date_human(struct tk_str *out, int64_t at)
{
	struct tm tm = local(at);

	tk_str_addf(out, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
}

/* Exactly n digits at *p, which moves on; -1 where there are none. */
static int
digits(const char **p, int n)
{
	int value = 0;

	for (; n > 0; n--, (*p)++) {
		if (!isdigit((unsigned char)**p))
			return -1;
		value = value * 10 + (**p - '0');
	}
	return value;
}

static bool
skip(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static int
days_in(int year, int month) /* from 0 */
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month] + (month == 1 && leap);
}

bool
tk_date_parse(int64_t *at, const char *text)
{
	const char *p = text;
	struct tm tm = { 0 };
	int year, hours, minutes, sign;
	long off = 0;

	if ((year = digits(&p, 4)) < 0 || !skip(&p, '-') ||
	    (tm.tm_mon = digits(&p, 2) - 1) < 0 || tm.tm_mon > 11 ||
	    !skip(&p, '-') || (tm.tm_mday = digits(&p, 2)) < 1 ||
	    tm.tm_mday > days_in(year, tm.tm_mon))
		return false;
	if ((*p != 'T' && *p != ' ') || (p++, false) ||
	    (tm.tm_hour = digits(&p, 2)) < 0 || tm.tm_hour > 23 ||
	    !skip(&p, ':') || (tm.tm_min = digits(&p, 2)) < 0 || tm.tm_min > 59)
		return false;
	if (skip(&p, ':') &&
	    ((tm.tm_sec = digits(&p, 2)) < 0 || tm.tm_sec > 60))
		return false;
	if (*p == 'Z') {
		p++;
	} else if (*p == '+' || *p == '-') {
		sign = *p++ == '-' ? -1 : 1;
		hours = digits(&p, 2);
		(void)skip(&p, ':');
		minutes = digits(&p, 2);
		if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
			return false;
		off = sign * (hours * 60L + minutes) * 60;
	} else {
		return false;
	}
	if (*p != '\0')
		return false;
	tm.tm_year = year - 1900;
	*at = (int64_t)timegm(&tm) - off;
	return true;
}

/* Seconds in the unit; no unit means minutes; 0: there is no such unit. */
static int64_t
unit_of(char c)
{
	switch (c) {
	case 's':
		return 1;
	case '\0':
	case 'm':
		return 60;
	case 'h':
		return 3600;
	case 'd':
		return 86400;
	case 'w':
		return 7 * (int64_t)86400;
	default:
		return 0;
	}
}

/* 4h, 1.5h, or 1h30m: from the longest unit to the shortest, each once. */
bool
tk_span_parse(int64_t *seconds, const char *text)
{
	int64_t sum = 0, n, unit, last = INT64_MAX, part, tenth;
	const char *p = text;

	do {
		if (!isdigit((unsigned char)*p))
			return false;
		for (n = 0; isdigit((unsigned char)*p); p++)
			if ((n = n * 10 + (*p - '0')) > 1000000)
				return false;
		part = 0;
		tenth = 1;
		if (*p == '.' && isdigit((unsigned char)p[1]))
			for (p++; isdigit((unsigned char)*p); p++) {
				if ((tenth *= 10) > 1000)
					return false;
				part = part * 10 + (*p - '0');
			}
		unit = unit_of(*p);
		/* 1h30 is a slip, and 1.5 of what? */
		if (unit == 0 || unit >= last ||
		    (*p == '\0' && (tenth > 1 || last != INT64_MAX)))
			return false;
		sum += n * unit + part * unit / tenth;
		last = unit;
		if (*p != '\0')
			p++;
	} while (*p != '\0');
	*seconds = sum;
	return true;
}
