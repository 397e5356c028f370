/* test-date - base/date.h, base/ambient.h. */
#include <stdlib.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/date.h"

#include "tap.h"

static struct tk_str text = TK_STR_INIT;

static const char *
shown(void (*show)(struct tk_str *, int64_t), int64_t at)
{
	tk_str_reset(&text);
	show(&text, at);
	return text.data;
}

static int64_t
parsed(const char *s)
{
	int64_t at = -7;

	return tk_date_parse(&at, s) ? at : -1;
}

static int64_t
span(const char *s)
{
	int64_t n = -7;

	return tk_span_parse(&n, s) ? n : -1;
}

static void
zones(void)
{
	struct tk_err err = TK_ERR_INIT;
	const int64_t at = 1795328102; /* 2026-11-22T06:15:02Z */

	is_int(tk_date_zone("Europe/Moscow", &err), TK_OK, "a zone");
	is(shown(tk_date_rfc3339, at), "2026-11-22T09:15:02+03:00", "RFC 3339");
	is(shown(tk_date_rfc5322, at), "Sun, 22 Nov 2026 09:15:02 +0300",
	    "RFC 5322");
	is(shown(tk_date_stamp, at), "20261122T061502Z", "a stamp is in UTC");
	is(shown(tk_date_human, at), "2026-11-22 09:15", "for people");
	is_int(tk_date_offset(at), 180, "the offset in minutes");

	is_int(tk_date_zone("America/St_Johns", &err), TK_OK, "west, halves");
	is(shown(tk_date_rfc3339, at), "2026-11-22T02:45:02-03:30", "RFC 3339");
	is(shown(tk_date_rfc5322, at), "Sun, 22 Nov 2026 02:45:02 -0330",
	    "RFC 5322");

	is_int(tk_date_zone("Europe/Kyiv", &err), TK_OK, "summer time");
	is_int(tk_date_offset(parsed("2026-03-29T00:59:59Z")), 120, "before");
	is_int(tk_date_offset(parsed("2026-03-29T01:00:00Z")), 180, "after");

	is_int(tk_date_zone("UTC", &err), TK_OK, "UTC");
	is(shown(tk_date_rfc3339, 0), "1970-01-01T00:00:00+00:00", "the epoch");
	is_int(tk_date_zone("Mars/Phobos", &err), TK_EINPUT, "no such zone");
	is_int(tk_date_zone("../../../etc/passwd", &err), TK_EINPUT,
	    "not a way out of the folder");
	is_int(tk_date_zone("/etc/passwd", &err), TK_EINPUT, "nor a path");
	is_int(tk_date_zone("Europe", &err), TK_EINPUT, "nor a folder of it");
	is_int(tk_date_zone("", &err), TK_EINPUT, "nor nothing");
}

static void
parsing(void)
{
	static const char *const bad[] = { "", "now", "2026", "2026-11-22",
		"2026-11-22T09:15:02", "2026-13-01T00:00:00Z",
		"2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z",
		"2026-02-29T00:00:00Z", "2026-11-22T25:00:00Z",
		"2026-11-22T24:30:00Z", "2026-11-22T09:60:00Z",
		"2026-11-22T09:15:61Z", "2026-11-22T09:15:02+3",
		"2026-11-22T09:15:02+15:00", "2026-11-22T09:15:02Zz",
		"2026-11-22T09:15:02 Z", "26-11-22T09:15:02Z",
		"2026-11-22T-9:15:02Z", "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA6" };
	size_t i;

	is_int(parsed("2026-11-22T06:15:02Z"), 1795328102, "Z");
	is_int(parsed("2026-11-22T09:15:02+03:00"), 1795328102, "an offset");
	is_int(parsed("2026-11-22 02:45:02-03:30"), 1795328102, "a blank");
	is_int(parsed("2026-11-22T06:15Z"), 1795328100, "without seconds");
	is_int(parsed("2024-02-29T00:00:00Z"), 1709164800, "a leap day");
	is_int(parsed("2000-02-29T00:00:00Z"), 951782400, "and that of 2000");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (!is_int(parsed(bad[i]), -1, "not a time"))
			printf("# \"%s\"\n", bad[i]);
}

static void
spans(void)
{
	is_int(span("90s"), 90, "seconds");
	is_int(span("30"), 1800, "minutes where no unit is given");
	is_int(span("30m"), 1800, "minutes");
	is_int(span("4h"), 14400, "hours");
	is_int(span("14d"), 14 * 86400, "days");
	is_int(span("2w"), 14 * 86400, "weeks");
	is_int(span("1h30m"), 5400, "hours and minutes");
	is_int(span("1.5h"), 5400, "a fraction of an hour");
	is_int(span("1d2h3m4s"), 93784, "four units");
	is_int(span("1h30"), -1, "the second needs its unit");
	is_int(span("30m1h"), -1, "the longest first");
	is_int(span("1h1h"), -1, "each unit once");
	is_int(span("1.5"), -1, "a fraction of nothing said");
	is_int(span("1.h"), -1, "not a fraction without digits");
	is_int(span("0"), 0, "none");
	is_int(span("-4h"), -1, "not negative");
	is_int(span("4hh"), -1, "one unit only");
	is_int(span("4y"), -1, "not years");
	is_int(span(""), -1, "not nothing");
	is_int(span("h"), -1, "not a unit alone");
	is_int(span("99999999999999999999w"), -1, "not beyond all measure");
}

static void
ambient(void)
{
	unsigned char a[16] = { 0 }, b[16] = { 0 };
	char *one, *two;

	setenv("TK_NOW", "2026-11-22T06:15:02Z", 1);
	is_int(tk_now(), 1795328102, "TK_NOW as a date");
	setenv("TK_NOW", "1795328102", 1);
	is_int(tk_now(), 1795328102, "TK_NOW as seconds");
	unsetenv("TK_NOW");
	ok(tk_now() > 1700000000, "the clock without it");
	setenv("TK_HOST", "desk.firma.example", 1);
	is(tk_host(), "desk.firma.example", "TK_HOST");
	unsetenv("TK_RANDOM");
	tk_random(a, sizeof(a));
	tk_random(b, sizeof(b));
	ok(memcmp(a, b, sizeof(a)) != 0, "random bytes differ");
	one = tk_unique_name();
	two = tk_unique_name();
	ok(strcmp(one, two) != 0 && strchr(one, '/') == NULL &&
		strchr(one, ':') == NULL,
	    "unique names differ and suit a maildir");
	free(one);
	free(two);
}

int
main(void)
{
	zones();
	parsing();
	spans();
	ambient();
	tk_str_clear(&text);
	done_testing();
	return tap_done();
}
