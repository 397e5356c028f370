/* test-rrule - base/rrule.h, base/local.h. */
#include <stdlib.h>

#include "base/date.h"
#include "base/local.h"
#include "base/rrule.h"

#include "tap.h"

static struct tk_str text = TK_STR_INIT;

static int64_t
at(const char *s)
{
	int64_t local = -1;

	return tk_local_parse(&local, s) ? local : -1;
}

/* The times of a rule in one line, or the complaint. */
static const char *
times(const char *rule, const char *start, const char *from, const char *to)
{
	struct tk_err err = TK_ERR_INIT;
	struct tk_times v = { NULL, 0, 0 };
	struct tk_rrule *r;
	size_t i;

	tk_str_reset(&text);
	if (tk_rrule_parse(&r, rule, at(start), &err) != TK_OK) {
		tk_str_add(&text, "bad");
		return text.data;
	}
	tk_rrule_between(&v, r, at(from), at(to), 20);
	for (i = 0; i < v.n; i++) {
		tk_str_add(&text, i > 0 ? " " : "");
		tk_local_text(&text, v.v[i]);
	}
	free(v.v);
	tk_rrule_free(r);
	return text.data;
}

static void
rules(void)
{
	is(times("FREQ=MONTHLY;BYDAY=1TU", "2001-01-01", "2026-11-01",
	       "2027-02-01"),
	    "2026-11-03 2026-12-01 2027-01-05", "the first Tuesday");
	is(times("FREQ=MONTHLY", "2001-01-01", "2026-11-02", "2027-02-01"),
	    "2026-12-01 2027-01-01", "the day of the month is the start's");
	is(times("FREQ=MONTHLY;BYMONTHDAY=-1", "2001-01-01", "2028-02-01",
	       "2028-04-01"),
	    "2028-02-29 2028-03-31", "the last day of a month, in a leap year");
	is(times("FREQ=MONTHLY;BYMONTHDAY=31", "2001-01-31", "2026-11-01",
	       "2027-02-01"),
	    "2026-12-31 2027-01-31", "a month without a 31st has none");
	is(times("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-02", "2026-11-10",
	       "2026-12-20"),
	    "2026-11-16 2026-11-30 2026-12-14", "every other week");
	is(times("FREQ=DAILY;COUNT=3", "2026-11-20", "2026-11-21",
	       "2026-12-20"),
	    "2026-11-21 2026-11-22", "a counted one is counted from its start");
	is(times("FREQ=DAILY;UNTIL=20261122", "2026-11-20", "2026-11-21",
	       "2026-12-20"),
	    "2026-11-21 2026-11-22", "the last day is in it");
	is(times("FREQ=DAILY;BYHOUR=9,18;BYMINUTE=30", "2026-11-20",
	       "2026-11-22", "2026-11-23"),
	    "2026-11-22T09:30 2026-11-22T18:30", "hours");
	is(times("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2001-01-01",
	       "2026-01-01", "2033-01-01"),
	    "2028-02-29 2032-02-29", "leap days only");
	is(times("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2001-01-01",
	       "2026-01-01", "2033-01-01"),
	    "", "a day that never comes");
	is(times("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2001-01-01",
	       "2026-10-01", "2026-12-01"),
	    "2026-10-30 2026-11-30", "the last working day");
}

static void
slips(void)
{
	static const char *const bad[] = { "", "MONTHLY", "FREQ=", "FREQ=OFTEN",
		"FREQ=MONTHLY;BYDAY=1XX", "FREQ=MONTHLY;BYDAYS=1TU",
		"FREQ=MONTHLY;INTERVAL=0", "FREQ=MONTHLY;INTERVAL=-1",
		"BYDAY=1TU", "FREQ=MINUTELY", "FREQ=SECONDLY;INTERVAL=5",
		"FREQ=HOURLY;BYMINUTE=0,10", "FREQ=DAILY;", "FREQ=DAILY; X=1",
		"FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;UNTIL=soon" };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		is(times(bad[i], "2001-01-01", "2026-11-01", "2026-11-02"),
		    "bad", bad[i]);
}

static void
clocks(void)
{
	struct tk_err err = TK_ERR_INIT;
	int64_t gap;

	is_int(at("2026-11-22T24:00"), -1, "no such hour");
	is_int(at("2026-02-29"), -1, "no such day");
	is_int(at("2026-11-22 09:00"), -1, "no such form");
	is_int(tk_local_weekday(at("2026-11-22")), 6, "a Sunday");
	is_int(tk_local_day(at("2026-11-22T09:15")), at("2026-11-22"),
	    "midnight");
	is_int(tk_date_zone("Europe/Kyiv", &err), TK_OK, "a zone");
	is_int(tk_local_to_time(at("2026-07-01T12:00")), 1782896400,
	    "in summer");
	is_int(tk_local_to_time(at("2026-12-01T12:00")), 1796119200,
	    "in winter");
	gap = tk_local_to_time(at("2026-03-29T03:30"));
	tk_str_reset(&text);
	tk_date_rfc3339(&text, gap);
	is(text.data, "2026-03-29T04:30:00+03:00", "an hour that is not there");
	tk_str_reset(&text);
	tk_date_rfc3339(&text, tk_local_to_time(at("2026-10-25T03:30")));
	is(text.data, "2026-10-25T03:30:00+03:00", "an hour that is twice");
	is_int(tk_local_from_time(1782896400), at("2026-07-01T12:00"),
	    "and back");
}

int
main(void)
{
	rules();
	slips();
	clocks();
	tk_str_clear(&text);
	done_testing();
	return tap_done();
}
