/* tk-next - the most urgent ticket for me. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "desk/listing.h"
#include "desk/ticket.h"

static const char *limit;
static bool json, mine;

static const struct tk_opt opts[] = {
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .flag = 'l', .name = "limit", .arg = "N", .value = &limit,
	    .help = N_("the first N tickets (1)") },
	{ .name = "mine", .set = &mine,
	    .help = N_("not those that nobody has yet") },
	{ 0 },
};

/* Mine, and what nobody has in my queues (all of them, if I have none). */
static void
add_query(struct tk_str *out, const struct tk_actor *me)
{
	size_t i;

	tk_str_add(out, "is:open (assignee:me");
	if (!mine) {
		tk_str_add(out, " or (assignee:none");
		for (i = 0; i < me->queues.n; i++)
			tk_str_addf(out, "%s\"%s\"", i > 0 ? "," : " queue:",
			    me->queues.v[i]);
		tk_str_add_char(out, ')');
	}
	tk_str_add_char(out, ')');
}

static enum tk_status
next(int argc, char **argv, struct tk_err *err)
{
	const struct tk_strv usual = TK_STRV_INIT;
	struct tk_str query = TK_STR_INIT;
	struct tk_listing l = { .out = stdout, .columns = &usual, .json = json,
		.ask = { .order = "sort:due,priority,created", .limit = 1 } };
	struct tk_rows first = { NULL, 0, 0 };
	const struct tk_actor *me;
	struct tk_desk *desk = NULL;
	enum tk_status st;
	size_t found = 0;
	char *end;

	(void)argc;
	(void)argv;
	if (limit != NULL &&
	    ((l.ask.limit = strtoul(limit, &end, 10)) == 0 || *end != '\0'))
		return tk_fail(
		    err, TK_EUSAGE, _("--limit %s: not a number"), limit);
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) != TK_OK ||
	    (st = tk_desk_actor(desk, &me, err)) != TK_OK)
		goto out;
	add_query(&query, me);
	l.ask.query = query.data;
	if ((st = tk_listing_print(&found, desk, &l, err)) != TK_OK)
		goto out;
	l.ask.limit = 1;
	if ((st = tk_overview_ask(desk, &first, &l.ask, err)) == TK_OK &&
	    first.n > 0)
		tk_desk_looked_at(desk, first.v[0].id);
	if (st == TK_OK && found == 0) {
		if (isatty(STDOUT_FILENO))
			tk_warn(_("nothing is waiting for you"));
		st = TK_ENOENT;
	}
out:
	tk_rows_clear(&first);
	tk_str_clear(&query);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-next",
		.operands = "",
		.summary = N_("the most urgent ticket for you"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = next,
	};

	return tk_main(&cmd, argc, argv);
}
