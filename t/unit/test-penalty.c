/* test-penalty - model/penalty.h. */
#include <stdio.h>
#include <string.h>

#include "model/penalty.h"

#include "tap.h"

static struct tk_err err;

static struct tk_penalty_rules
rules(const char *text)
{
	struct tk_penalty_rules r = { NULL, 0, 0 };
	struct tk_yaml *root = NULL;

	err.text[0] = '\0';
	if (tk_yaml_read(&root, text, strlen(text), "r.yaml", &err) == TK_OK &&
	    tk_penalty_rules_read(&r, root, "r.yaml", &err) != TK_OK)
		tk_penalty_rules_clear(&r);
	tk_yaml_free(root);
	return r;
}

static void
counting(void)
{
	struct tk_penalty_rules r = rules("penalties:\n"
		"- {class: home, for: downtime, over: 4h, each: 1h, refund: 2%}\n"
		"- {class: all, for: response, over: 24h, refund: 7d}\n"
		"- {for: resolution, priority: [p1], refund: 500.50}\n");

	is_int((long)r.n, 3, "three rules");
	is_int((long)r.v[1].line, 3, "each knows its line");
	is_int(tk_penalty_times(&r.v[0], 4 * 3600, 0), 0, "what is allowed");
	is_int(tk_penalty_times(&r.v[0], 4 * 3600 + 1, 0), 1, "one begun");
	is_int(tk_penalty_times(&r.v[0], 6 * 3600, 0), 2, "two whole ones");
	is_int(tk_penalty_times(&r.v[1], 90 * 3600, 3600), 1, "once");
	is_int(tk_penalty_times(&r.v[2], 3601, 3600), 1, "over the term");
	is_int(tk_penalty_times(&r.v[2], 3600, 3600), 0, "on the second");
	is_int(tk_penalty_amount(&r.v[0], 3, 100000), 6000, "6% of 1000.00");
	is_int(tk_penalty_amount(&r.v[0], 51, 100000), 100000,
	    "never more than the fee");
	is_int(tk_penalty_amount(&r.v[0], 3, 0), 0, "of no fee nothing");
	is_int(tk_penalty_amount(&r.v[1], 1, 300000), 70000,
	    "a week of thirty days");
	is_int(tk_penalty_amount(&r.v[2], 2, 0), 100100, "a sum needs no fee");
	ok(tk_penalty_fits(&r.v[0], "home", "x", "y"), "its class");
	ok(!tk_penalty_fits(&r.v[0], "gold", "x", "y"), "another class");
	ok(tk_penalty_fits(&r.v[1], "gold", "x", "y"), "all classes");
	ok(!tk_penalty_fits(&r.v[2], "gold", "x", "p2"), "another priority");
	tk_penalty_rules_clear(&r);
}

static void
slips(void)
{
	static const char *const bad[][2] = {
		{ "penalties: [{for: delay, refund: 2%}]", "delay" },
		{ "penalties: [{for: response}]", "refund" },
		{ "penalties: [{refund: 2%}]", "for" },
		{ "penalties: [{for: response, refund: much}]", "much" },
		{ "penalties: [{for: response, refund: 101%}]", "101%" },
		{ "penalties: [{for: response, refund: -5}]", "-5" },
		{ "penalties: [{for: response, refund: 5%, over: 0h}]", "over" },
		{ "penalties: {for: response}", "list of maps" },
		{ "penalties: [a]", "list of maps" },
	};
	struct tk_penalty_rules r;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = rules(bad[i][0]);
		ok(r.n == 0 && strstr(err.text, bad[i][1]) != NULL &&
			strncmp(err.text, "r.yaml:1: ", 10) == 0,
		    bad[i][0]);
		tk_penalty_rules_clear(&r);
	}
	r = rules("penalties: []");
	ok(r.n == 0 && err.text[0] == '\0', "none are none");
	r = rules("other: 1");
	ok(r.n == 0 && err.text[0] == '\0', "no list is none");
}

int
main(void)
{
	counting();
	slips();
	done_testing();
	return tap_done();
}
