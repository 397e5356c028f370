/* tk-plan - what is due and what is planned. */
#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "report/plan.h"
#include "view/term.h"

static const char *from, *to;
static bool all, ical, json;

static const struct tk_opt opts[] = {
	{ .flag = 'A',
	    .name = "all",
	    .help = N_("everybody's, not only yours"),
	    .set = &all },
	{ .name = "from",
	    .arg = "DATE",
	    .help = N_("from this day on"),
	    .value = &from },
	{ .name = "to",
	    .arg = "DATE",
	    .help = N_("until this day, its end included"),
	    .value = &to },
	{ .name = "ical",
	    .help = N_("as a calendar for other programs"),
	    .set = &ical },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ 0 },
};

static enum tk_status
print(const struct tk_plan *p, const struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;

	if (ical) {
		st = tk_plan_ical(&text, p, desk, err);
		fputs(text.data, stdout);
	} else if (json) {
		tk_plan_json(stdout, p);
	} else {
		tk_pager_start();
		tk_plan_print(stdout, p);
		tk_pager_stop();
	}
	tk_str_clear(&text);
	return st;
}

static enum tk_status
plan(int argc, char **argv, struct tk_err *err)
{
	struct tk_plan p = { NULL, 0, 0, 0 };
	struct tk_desk *desk = NULL;
	int64_t first, last;
	enum tk_status st;

	if (ical && json)
		return tk_fail(err, TK_EUSAGE, _("--ical or --json, not both"));
	/* The dates are those of the desk's zone, which opening it sets. */
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_plan_span(&first, &last, argc > 0 ? argv[0] : NULL, from,
		 to, err)) == TK_OK &&
	    (st = tk_plan_make(&p, desk, first, last, all, err)) == TK_OK) {
		st = print(&p, desk, err);
		/* An empty calendar is one; an empty list is not. */
		if (st == TK_OK && p.n == 0 && !ical) {
			if (isatty(STDOUT_FILENO))
				tk_warn(_("nothing found"));
			st = TK_ENOENT;
		}
	}
	tk_plan_clear(&p);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-plan",
		.operands = "[WEEK]",
		.summary = N_("show what is due and what is planned"),
		.opts = opts,
		.min = 0,
		.max = 1,
		.run = plan,
	};

	return tk_main(&cmd, argc, argv);
}
