/* test-pattern - texts with holes. */
#include <stdio.h>
#include <string.h>

#include "base/pattern.h"
#include "tap.h"

/* What the holes hold, joined with "|"; "no" where the text does not fit. */
static const char *
match(const char *pattern, const char *text)
{
	struct tk_strv names = TK_STRV_INIT, values = TK_STRV_INIT;
	static char out[400];
	size_t i;

	out[0] = '\0';
	if (!tk_pattern_match(&names, &values, pattern, text))
		snprintf(out, sizeof(out), "no");
	else
		for (i = 0; i < values.n; i++)
			snprintf(out + strlen(out), sizeof(out) - strlen(out),
			    "%s%s=%s", i > 0 ? "|" : "", names.v[i],
			    values.v[i]);
	tk_strv_clear(&names);
	tk_strv_clear(&values);
	return out;
}

int
main(void)
{
	static char many[60000];

	is(match("Problem: {key}", "problem: CPU on web1"), "key=CPU on web1",
	    "a hole at the end takes the rest, case does not count");
	is(match("Problem: {key}", "Problem: "), "no", "it is not empty");
	is(match("Resolved in *: {key}", "Resolved in 5m 3s: CPU: high"),
	    "key=CPU: high", "each hole is as short as can be");
	is(match("* ALERT {host}/{service} is *", "** ALERT a/b is DOWN **"),
	    "host=a|service=b", "several holes");
	is(match("*SR#{n}*", "RE: SR#5551 update"), "n=5551",
	    "a word where * follows");
	is(match("*SR#{n}*", "RE: SR# update"), "no", "but one there must be");
	is(match("plain", "plain"), "", "no hole at all");
	is(match("plain", "plainer"), "no", "the whole text must fit");
	is(match("a*a", "a"), "no", "ends do not overlap");
	is(match("*", ""), "", "* may be nothing");
	memset(many, 'a', sizeof(many) - 1);
	is(match("*a*a*a*a*a*a*b", many), "no", "and it takes no time");
	ok(tk_pattern_valid("{a} on {b}*"), "valid");
	ok(!tk_pattern_valid("{a}{b}"), "two holes in a row are not");
	ok(!tk_pattern_valid("{"), "nor is an open brace");
	ok(!tk_pattern_valid("**"), "nor two stars");
	done_testing();
	return tap_done();
}
