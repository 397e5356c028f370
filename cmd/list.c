/* tk-list - list tickets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "desk/labels.h"
#include "desk/overview.h"
#include "desk/rows.h"
#include "view/jsonview.h"
#include "view/term.h"

static const char *limit;
static bool json, all, no_header, count, nul;

static const struct tk_opt opts[] = {
	{ .flag = 'A',
	    .name = "all",
	    .help = N_("closed tickets too"),
	    .set = &all },
	{ .flag = 'l',
	    .name = "limit",
	    .arg = "N",
	    .help = N_("at most N tickets"),
	    .value = &limit },
	{ .name = "count", .help = N_("only how many"), .set = &count },
	{ .name = "no-header",
	    .help = N_("no line with column names"),
	    .set = &no_header },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .flag = 'z',
	    .name = "null",
	    .help = N_("only ids, each ended by NUL"),
	    .set = &nul },
	{ 0 },
};

static void
print_json(const struct tk_row *r)
{
	const struct tk_jsonview_field fields[] = {
		{ "id", TK_JSONVIEW_TEXT, r->id, 0 },
		{ "subject", TK_JSONVIEW_TEXT, r->subject, 0 },
		{ "type", TK_JSONVIEW_TEXT, r->type, 0 },
		{ "state", TK_JSONVIEW_TEXT, r->state, 0 },
		{ "queue", TK_JSONVIEW_TEXT, r->queue, 0 },
		{ "line", TK_JSONVIEW_NUMBER, NULL, r->line },
		{ "priority", TK_JSONVIEW_TEXT, r->priority, 0 },
		{ "category", TK_JSONVIEW_TEXT, r->category, 0 },
		{ "client", TK_JSONVIEW_TEXT, r->client, 0 },
		{ "requester", TK_JSONVIEW_TEXT, r->requester, 0 },
		{ "assignee", TK_JSONVIEW_TEXT, r->assignee, 0 },
		{ "channel", TK_JSONVIEW_TEXT, r->channel, 0 },
		{ "created", TK_JSONVIEW_TIME, NULL, r->created },
		{ "updated", TK_JSONVIEW_TIME, NULL, r->updated },
		{ "closed", TK_JSONVIEW_TIME, NULL, r->closed },
		{ "messages", TK_JSONVIEW_NUMBER, NULL, r->messages },
		{ "sla", TK_JSONVIEW_TEXT, r->sla, 0 },
		{ "due", TK_JSONVIEW_TIME, NULL, r->due },
		{ "due_response", TK_JSONVIEW_TIME, NULL, r->due_response },
		{ "due_update", TK_JSONVIEW_TIME, NULL, r->due_update },
		{ "due_resolution", TK_JSONVIEW_TIME, NULL, r->due_resolution },
		{ "promised", TK_JSONVIEW_TIME, NULL, r->promised },
	};
	struct tk_json *o =
	    tk_jsonview_record(fields, sizeof(fields) / sizeof(fields[0]));
	struct tk_str line = TK_STR_INIT;

	tk_json_text(&line, o);
	puts(line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

/* Without a word about states, only what is open; without an order, the
 * urgent and the old first. */
static enum tk_status
find(struct tk_rows *rows, struct tk_desk *desk, int argc, char **argv,
    struct tk_err *err)
{
	struct tk_str query = TK_STR_INIT;
	struct tk_ask ask = { .fallback = all ? NULL : "is:open",
		.order = "sort:priority,created" };
	enum tk_status st;
	char *end;
	int i;

	if (limit != NULL &&
	    ((ask.limit = strtoul(limit, &end, 10)) == 0 || *end != '\0'))
		return tk_fail(
		    err, TK_EUSAGE, _("--limit %s: not a number"), limit);
	for (i = 0; i < argc; i++)
		tk_str_addf(&query, "%s%s", i > 0 ? " " : "", argv[i]);
	ask.query = query.data;
	st = tk_overview_ask(desk, rows, &ask, err);
	tk_str_clear(&query);
	return st;
}

static void
print(const struct tk_rows *rows, const struct tk_lists *lists)
{
	size_t i;

	if (count) {
		printf("%zu\n", rows->n);
	} else if (!json && !nul) {
		tk_pager_start();
		tk_rows_print(stdout, rows, rows->n, &lists->urgent, no_header);
		tk_pager_stop();
	}
	for (i = 0; !count && (json || nul) && i < rows->n; i++) {
		if (json)
			print_json(&rows->v[i]);
		else
			printf("%s%c", rows->v[i].id, '\0');
	}
}

static enum tk_status
list(int argc, char **argv, struct tk_err *err)
{
	struct tk_rows rows = { NULL, 0, 0 };
	struct tk_lists lists = { TK_STRV_INIT, TK_STRV_INIT, TK_STRV_INIT };
	struct tk_desk *desk = NULL;
	enum tk_status st;

	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK &&
	    (st = tk_desk_lists(&lists, desk, err)) == TK_OK &&
	    (st = find(&rows, desk, argc, argv, err)) == TK_OK) {
		print(&rows, &lists);
		/* As grep: nothing found is status 1; programs
		 * are told no more. */
		if (rows.n == 0 && !count) {
			if (isatty(STDOUT_FILENO))
				tk_warn(_("nothing found"));
			st = TK_ENOENT;
		}
	}
	tk_rows_clear(&rows);
	tk_lists_clear(&lists);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-list",
		.operands = "[QUERY...]",
		.summary = N_("list tickets"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = list,
	};

	return tk_main(&cmd, argc, argv);
}
