/* zone - the time zones of the world. */
#include "base/zone.h"

#include "base/libical.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

struct tk_zone {
	char *name;
	icaltimezone *ical; /* borrowed from libical; NULL: the process's */
	/* From low to high (where that is not less) it is known to be this. */
	int64_t low, high;
	int offset;
	struct tk_zone *next;
};

static struct tk_zone *zones;

/* No paths: libical would read any file there is. */
static bool
is_name(const char *name)
{
	return name[0] != '\0' && name[0] != '/' && name[0] != '.' &&
	    strstr(name, "..") == NULL &&
	    strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789_+-/") == strlen(name);
}

bool
tk_zone_exists(const char *name)
{
	char *path = tk_strf("/usr/share/zoneinfo/%s", name);
	bool is = is_name(name) &&
	    (strcmp(name, "UTC") == 0 ||
		(tk_file_exists(path) && !tk_is_dir(path)));

	free(path);
	return is;
}

enum tk_status
tk_zone_find(struct tk_zone **out, const char *name, struct tk_err *err)
{
	const char *own = getenv("TZ");
	icaltimezone *ical = NULL;
	struct tk_zone *z;
	enum tk_status st;

	for (z = zones; z != NULL; z = z->next)
		if (strcmp(z->name, name) == 0)
			break;
	if (z == NULL) {
		/* tk_date_zone() has seen that it is there; and libical takes
		 * its time to unroll a zone. */
		if (own == NULL || strcmp(own, name) != 0) {
			if ((st = tk_libical_load(err)) != TK_OK)
				return st;
			/* libical would make up what is not there. */
			if (tk_zone_exists(name))
				ical = tk_libical
					   .icaltimezone_get_builtin_timezone(
					       name);
			if (ical == NULL)
				return tk_fail(err, TK_EINPUT,
				    _("no such time zone here: %s"), name);
		}
		z = tk_calloc(1, sizeof(*z));
		z->name = tk_strdup(name);
		z->ical = ical;
		z->low = 1; /* nothing yet */
		z->high = 0;
		z->next = zones;
		zones = z;
	}
	*out = z;
	return TK_OK;
}

static int
look_up(const struct tk_zone *z, int64_t at)
{
	struct icaltimetype utc;
	time_t t = (time_t)at;
	struct tm tm;

	if (z->ical == NULL)
		return localtime_r(&t, &tm) != NULL ? (int)tm.tm_gmtoff : 0;
	utc = tk_libical.icaltime_from_timet_with_zone(
	    t, 0, tk_libical.icaltimezone_get_utc_timezone());
	return tk_libical.icaltimezone_get_utc_offset_of_utc_time(
	    z->ical, &utc, NULL);
}

/* Hours are counted day after day: what was found is remembered, and grows.
 * No zone changes twice within a day. */
int
tk_zone_offset(struct tk_zone *z, int64_t at)
{
	int offset;

	if (at >= z->low && at <= z->high)
		return z->offset;
	offset = look_up(z, at);
	if (offset == z->offset && at > z->high && at - z->high <= TK_DAY) {
		z->high = at;
	} else if (offset == z->offset && at < z->low &&
	    z->low - at <= TK_DAY) {
		z->low = at;
	} else {
		z->low = z->high = at;
		z->offset = offset;
	}
	return offset;
}

int64_t
tk_zone_change(struct tk_zone *z, int64_t at, int64_t until)
{
	int off = tk_zone_offset(z, at);
	int64_t mid;

	/* No zone changes twice within a day. */
	if (at >= until || tk_zone_offset(z, until) == off)
		return until;
	while (until - at > 1) {
		mid = at + (until - at) / 2;
		if (tk_zone_offset(z, mid) == off)
			at = mid;
		else
			until = mid;
	}
	return until;
}

int64_t
tk_zone_epoch(struct tk_zone *z, int64_t day, int second)
{
	int64_t clock = day * TK_DAY + second;
	int before = tk_zone_offset(z, clock - TK_DAY);
	int after = tk_zone_offset(z, clock + TK_DAY);
	int64_t early = clock - before, late = clock - after;

	if (tk_zone_offset(z, early) == before)
		return early;
	if (tk_zone_offset(z, late) == after)
		return late;
	return tk_zone_change(z, late, early); /* it was left out */
}

/* Days are counted from the first of March of the year 0: then the leap day
 * is the last of the year. H. Hinnant, chrono-Compatible Low-Level Date
 * Algorithms. */
int64_t
tk_day_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int64_t of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

void
tk_day_date(int64_t day, int *year, int *month, int *mday)
{
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097, y, of_year, m;

	y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * y + y / 4 - y / 100);
	m = (5 * of_year + 2) / 153;
	*mday = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

int
tk_day_weekday(int64_t day)
{
	int64_t n = (day + 3) % 7; /* 1970-01-01 was a Thursday */

	return (int)(n < 0 ? n + 7 : n);
}

static int
number(const char *digits, int n)
{
	int value = 0;

	while (n-- > 0)
		value = value * 10 + (*digits++ - '0');
	return value;
}

bool
tk_day_parse(int64_t *day, const char *text)
{
	int n[3], y, m, d;
	size_t i;

	if (strlen(text) != 10)
		return false;
	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-'
				     : text[i] < '0' || text[i] > '9')
			return false;
	n[0] = number(text, 4);
	n[1] = number(text + 5, 2);
	n[2] = number(text + 8, 2);
	if (n[1] < 1 || n[1] > 12 || n[2] < 1)
		return false;
	*day = tk_day_of(n[0], n[1], n[2]);
	tk_day_date(*day, &y, &m, &d);
	return y == n[0] && m == n[1] && d == n[2];
}

int64_t
tk_day_at(int64_t at, int offset, int *second)
{
	int64_t clock = at + offset, day = clock / TK_DAY;

	if (clock % TK_DAY < 0)
		day--;
	*second = (int)(clock - day * TK_DAY);
	return day;
}
