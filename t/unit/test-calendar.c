/* test-calendar - working hours, against a minute-by-minute oracle. */
#include "rules/calendar.h"

#include "base/date.h"
#include "oracle.h"
#include "tap.h"

#define CALENDARS 60
#define QUESTIONS 800 /* of each */

static enum tk_status
read_calendars(struct tk_calendars *cs, const char *text, struct tk_err *err)
{
	struct tk_yaml *y;
	enum tk_status st = tk_yaml_read(&y, text, strlen(text), "c.yaml", err);

	memset(cs, 0, sizeof(*cs));
	if (st != TK_OK)
		return st;
	if ((st = tk_calendars_read(cs, "c.yaml", y, err)) == TK_OK)
		st = tk_calendars_finish(cs, err);
	tk_yaml_free(y);
	return st;
}

static int64_t
minutes(const struct oracle *o, int a, int b)
{
	int64_t n = 0;

	for (; a < b; a++)
		n += o->open[a];
	return n;
}

/* The earliest minute when n have been worked since a; -1: later. */
static int
after(const struct oracle *o, int a, int64_t n)
{
	for (; a < MINUTES; a++) {
		if (n == 0)
			return a;
		n -= o->open[a];
	}
	return -1;
}

static bool
ask(const struct tk_calendar *c, const struct oracle *o)
{
	int a = chance(MINUTES / 2), b = a + chance(MINUTES / 2), want, i;
	int64_t at = o->start + a * (int64_t)60, n, got;

	if (tk_calendar_between(c, at, o->start + b * (int64_t)60) !=
		minutes(o, a, b) * 60 ||
	    tk_calendar_is_open(c, at) != o->open[a])
		return false;
	n = 1 + chance(chance(2) ? 600 : 12000);
	want = after(o, a, n);
	got = tk_calendar_add(c, at, n * 60);
	if (want >= 0 ? got != o->start + want * (int64_t)60
		      : got != 0 && got <= o->start + MINUTES * (int64_t)60)
		return false;
	for (i = a; i < MINUTES && !o->open[i]; i++)
		;
	got = tk_calendar_opens(c, at);
	if (i < MINUTES && got != o->start + i * (int64_t)60)
		return false;
	for (; i < MINUTES && o->open[i]; i++)
		;
	return i >= MINUTES || got == 0 ||
	    tk_calendar_closes(c, got) == o->start + i * (int64_t)60;
}

static void
test_oracle(void)
{
	struct oracle *o = calloc(1, sizeof(*o));
	struct tk_calendars cs;
	struct tk_err err = TK_ERR_INIT;
	char *text = NULL;
	size_t len = 0;
	int i, k, bad = 0, unread = 0;
	FILE *f;

	for (i = 0; i < CALENDARS; i++) {
		oracle_make(o, 0);
		f = open_memstream(&text, &len);
		fprintf(f, "calendars:\n");
		oracle_put(f, o, "c");
		fclose(f);
		unread += read_calendars(&cs, text, &err) != TK_OK;
		for (k = 0; cs.n > 0 && k < QUESTIONS; k++)
			if (!ask(&cs.v[0], o) && bad++ == 0)
				printf("# %d: %s\n", i, text);
		tk_calendars_clear(&cs);
		free(text);
		text = NULL;
	}
	is_int(unread, 0, "all calendars are read");
	is_int(bad, 0, "48,000 questions are answered as the oracle does");
	free(o);
}

static int64_t
at(const char *text)
{
	int64_t when = 0;

	if (!tk_date_parse(&when, text))
		ok(false, text);
	return when;
}

#define OFFICE                                                      \
	"calendars:\n- id: c\n  timezone: Europe/Kyiv\n"            \
	"  hours: {mon: [\"09:00-18:00\"], tue: [\"09:00-18:00\"]," \
	" wed: [\"09:00-18:00\"], thu: [\"09:00-18:00\"],"          \
	" fri: [\"09:00-18:00\"]}\n"                                \
	"  holidays: [{from: 2027-01-01, to: 2027-01-08}]\n"        \
	"  working: [{date: 2026-12-26, as: fri}]\n"

static void
test_known(void)
{
	struct tk_calendars cs;
	const struct tk_calendar *c;
	struct tk_err err = TK_ERR_INIT;

	is_int(read_calendars(&cs, OFFICE, &err), TK_OK, "the office is read");
	c = tk_calendar_find(&cs, "c");
	is_int(tk_calendar_add(c, at("2026-11-20T17:00:00+02:00"), 7200),
	    at("2026-11-23T10:00:00+02:00"), "Friday evening to Monday");
	is_int(tk_calendar_add(c, at("2026-12-25T17:00:00+02:00"), 7200),
	    at("2026-12-26T10:00:00+02:00"), "a Saturday that is worked");
	is_int(tk_calendar_add(c, at("2026-12-31T17:00:00+02:00"), 7200),
	    at("2027-01-11T10:00:00+02:00"), "over the New Year");
	is_int(tk_calendar_add(c, at("2026-11-23T10:00:00+02:00"), 8 * 3600),
	    at("2026-11-23T18:00:00+02:00"), "to the last second of the day");
	is_int(tk_calendar_add(c, at("2026-11-22T10:00:30+02:00"), 0),
	    at("2026-11-22T10:00:30+02:00"), "nothing is now");
	is_int(tk_calendar_between(c, at("2026-11-23T10:00:30+02:00"),
		   at("2026-11-23T10:01:00+02:00")),
	    30, "seconds count");
	is_int(tk_calendar_between(
		   c, at("2026-11-24T10:00:00Z"), at("2026-11-23T10:00:00Z")),
	    0, "never less than nothing");
	tk_calendars_clear(&cs);
}

static void
test_never(void)
{
	struct tk_calendars cs;
	struct tk_err err = TK_ERR_INIT;

	is_int(
	    read_calendars(&cs, "calendars:\n- {id: c, timezone: UTC}\n", &err),
	    TK_OK, "a calendar without hours");
	is_int(tk_calendar_add(&cs.v[0], 0, 60), 0, "never comes to an end");
	is_int(tk_calendar_opens(&cs.v[0], 0), 0, "never opens");
	tk_calendars_clear(&cs);
}

static void
test_bad(void)
{
	static const char *const bad[][2] = {
		{ "{id: c, timezone: Europe/Nowhere}", "c.yaml:2: no such" },
		{ "{id: c, timezone: ../../etc/passwd}", "c.yaml:2: no such" },
		{ "{id: c, hours: {mon: [\"9-18\"]}}", "c.yaml:2: hours are" },
		{ "{id: c, hours: {mon: [\"09:00-24:01\"]}}", "hours are" },
		{ "{id: c, hours: {mon: [\"09:60-18:00\"]}}", "hours are" },
		{ "{id: c, hours: {mon: [\"09:00-09:00\"]}}", "hours are" },
		{ "{id: c, hours: {mon: [\"09:00-12:00\", \"11:00-13:00\"]}}",
		    "overlap" },
		{ "{id: c, holidays: [2027-02-29]}", "c.yaml:2: a day is" },
		{ "{id: c, holidays: [{from: 2027-02-03, to: 2027-02-01}]}",
		    "a day is" },
		{ "{id: c, working: [{date: 2027-02-20}]}", "a working day" },
		{ "{id: c, working: [{date: 2027-02-20, as: day}]}",
		    "a working day" },
		{ "{id: c, include: [moon]}", "calendars/moon.yaml" },
		{ "{name: c}", "\"id\" is missing" },
	};
	struct tk_calendars cs;
	struct tk_err err;
	char *text;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		err = (struct tk_err)TK_ERR_INIT;
		text = tk_strf("calendars:\n- %s\n", bad[i][0]);
		ok(read_calendars(&cs, text, &err) == TK_EINPUT &&
			strstr(err.text, bad[i][1]) != NULL,
		    bad[i][0]);
		tk_calendars_clear(&cs);
		free(text);
	}
}

int
main(void)
{
	setenv("TZ", "UTC", 1);
	tzset();
	test_known();
	test_never();
	test_bad();
	test_oracle();
	done_testing();
	return tap_done();
}
