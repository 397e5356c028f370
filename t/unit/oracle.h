/*
 * oracle.h - working hours minute by minute, the slow and simple way.
 *
 * Purpose    What lib/rules counts by days and offsets is looked up here for
 *            each minute with localtime(3), which knows nothing of it.
 * Units      Minutes since the beginning of the window.
 */
#ifndef TK_ORACLE_H
#define TK_ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MINUTES (75 * 1440) /* of a window */

struct oracle_day { /* of one date or weekday */
	int n;
	int from[3], to[3]; /* minutes of the day; "to" may be over 1440 */
};

struct oracle {
	const char *zone;
	struct oracle_day week[7]; /* Monday first */
	int n_off, off[8];         /* yyyymmdd */
	int n_on, on[4];
	struct oracle_day hours[4];
	bool own;                  /* it is the zone of the process, too */
	bool yearly;               /* no work on 29 February and 1 January */
	int64_t start;
	bool open[MINUTES];
};

static uint64_t oracle_seed = 20261122;

static int
chance(int n)
{
	oracle_seed = oracle_seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((oracle_seed >> 33) % (uint64_t)n);
}

static const struct oracle_day *
oracle_day(const struct oracle *o, const struct tm *tm)
{
	static const struct oracle_day none;
	int date = (tm->tm_year + 1900) * 10000 + (tm->tm_mon + 1) * 100 +
	    tm->tm_mday;
	int i;

	for (i = 0; i < o->n_on; i++)
		if (o->on[i] == date)
			return &o->hours[i];
	for (i = 0; i < o->n_off; i++)
		if (o->off[i] == date)
			return &none;
	if (o->yearly && (date % 10000 == 229 || date % 10000 == 101))
		return &none;
	return &o->week[(tm->tm_wday + 6) % 7];
}

static bool
oracle_minute(const struct oracle *o, int64_t at)
{
	time_t t = (time_t)at;
	struct tm tm, before;
	const struct oracle_day *d;
	int m, i;

	localtime_r(&t, &tm);
	m = tm.tm_hour * 60 + tm.tm_min;
	d = oracle_day(o, &tm);
	for (i = 0; i < d->n; i++)
		if (m >= d->from[i] && m < d->to[i])
			return true;
	/* The day before, whatever its length was: noon of it. */
	before = tm;
	before.tm_mday--;
	before.tm_hour = 12;
	before.tm_isdst = -1;
	mktime(&before);
	d = oracle_day(o, &before);
	for (i = 0; i < d->n; i++)
		if (m + 1440 >= d->from[i] && m + 1440 < d->to[i])
			return true;
	return false;
}

static void
oracle_fill(struct oracle *o)
{
	int i;

	setenv("TZ", o->zone, 1);
	tzset();
	for (i = 0; i < MINUTES; i++)
		o->open[i] = oracle_minute(o, o->start + (int64_t)i * 60);
	if (o->own)
		return;
	setenv("TZ", "UTC", 1);
	tzset();
}

static void
oracle_day_make(struct oracle_day *d, int shape)
{
	static const struct oracle_day shapes[] = {
		{ 1, { 540 }, { 1080 } },                 /* 09:00-18:00 */
		{ 2, { 540, 840 }, { 780, 1080 } },       /* with a break */
		{ 1, { 0 }, { 1440 } },                   /* 00:00-24:00 */
		{ 1, { 1320 }, { 1440 + 360 } },          /* 22:00-06:00 */
		{ 2, { 30, 1200 }, { 210, 1440 } },       /* 00:30-03:30, 20-24 */
		{ 3, { 0, 120, 1380 }, { 90, 180, 1440 + 75 } },
		{ 1, { 150 }, { 165 } },                  /* 02:30-02:45 */
		{ 0, { 0 }, { 0 } },
	};

	*d = shapes[shape];
}

/* Days of the window, as dates. */
static int
oracle_date(const struct oracle *o)
{
	time_t t = (time_t)(o->start + chance(MINUTES) * (int64_t)60);
	struct tm tm;

	gmtime_r(&t, &tm);
	return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
}

/* A calendar by chance; windows have a change of clocks, a leap day, a turn
 * of the year in them. start 0: any of them. */
static void
oracle_make(struct oracle *o, int64_t start)
{
	static const char *const zones[] = { "Europe/Kyiv", "Europe/Berlin",
		"America/New_York", "Europe/Moscow", "UTC", "Asia/Kathmandu",
		"Australia/Lord_Howe", "Europe/London" };
	static const char *const own[] = { "Europe/Kiev", "US/Eastern",
		"GB" };
	static const int64_t starts[] = {
		1790812800, /* 2026-10-01: autumn */
		1803859200, /* 2027-03-01: spring */
		1798675200, /* 2026-12-31 */
		1834012800, /* 2028-02-13: a leap year */
		1824249600, /* 2027-10-23 */
	};
	int i, shape = chance(8), other = chance(8);

	memset(o, 0, sizeof(*o));
	/* Names that are asked for only when they are TZ: then libc answers
	 * for tk, else libical does. */
	o->own = chance(4) == 0;
	o->zone = o->own ? own[chance(3)] : zones[chance(8)];
	o->start = start != 0 ? start : starts[chance(5)];
	if (shape == 7 && other == 7)
		shape = 0;
	for (i = 0; i < 7; i++)
		oracle_day_make(&o->week[i],
		    chance(4) == 0 ? other
			: i < 5 || chance(2) ? shape
					     : 7);
	o->n_off = chance(8);
	for (i = 0; i < o->n_off; i++)
		o->off[i] = oracle_date(o);
	o->n_on = chance(4);
	for (i = 0; i < o->n_on; i++) {
		o->on[i] = oracle_date(o);
		oracle_day_make(&o->hours[i], chance(7));
	}
	for (i = 1; i < o->n_on; i++) /* a date twice: the later one counts */
		if (o->on[i] == o->on[i - 1])
			o->n_on = i;
	o->yearly = chance(2);
	oracle_fill(o);
}

static void
oracle_put_hours(FILE *f, const struct oracle_day *d)
{
	int i, to;

	fprintf(f, "[");
	for (i = 0; i < d->n; i++) {
		to = d->to[i] > 1440 ? d->to[i] - 1440 : d->to[i];
		fprintf(f, "%s\"%02d:%02d-%02d:%02d\"", i > 0 ? ", " : "",
		    d->from[i] / 60, d->from[i] % 60, to / 60, to % 60);
	}
	fprintf(f, "]");
}

static void
oracle_put_date(FILE *f, int date)
{
	fprintf(f, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

/* The entry of calendar.yaml. */
static void
oracle_put(FILE *f, const struct oracle *o, const char *id)
{
	static const char *const days[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	int i;

	fprintf(f, "- id: %s\n  timezone: %s\n  hours:\n", id, o->zone);
	for (i = 0; i < 7; i++) {
		fprintf(f, "    %s: ", days[i]);
		oracle_put_hours(f, &o->week[i]);
		fprintf(f, "\n");
	}
	fprintf(f, "  holidays: [");
	if (o->yearly)
		fprintf(f, "02-29, 01-01%s", o->n_off > 0 ? ", " : "");
	for (i = 0; i < o->n_off; i++) {
		fprintf(f, "%s", i > 0 ? ", " : "");
		oracle_put_date(f, o->off[i]);
	}
	fprintf(f, "]\n  working:%s\n", o->n_on > 0 ? "" : " []");
	for (i = 0; i < o->n_on; i++) {
		fprintf(f, "  - {date: ");
		oracle_put_date(f, o->on[i]);
		fprintf(f, ", hours: ");
		oracle_put_hours(f, &o->hours[i]);
		fprintf(f, "}\n");
	}
}

#endif
