/* tk-list - list tickets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "desk/listing.h"
#include "desk/saved.h"
#include "view/term.h"

static const char *limit, *sort, *columns, *group_by;
static bool json, all, no_header, count, nul, csv, excel;

static const struct tk_opt opts[] = {
	{ .flag = 'A', .name = "all", .set = &all,
	    .help = N_("closed tickets too") },
	{ .name = "columns", .arg = "FIELDS", .value = &columns,
	    .help = N_("these columns, separated by commas") },
	{ .name = "count", .help = N_("only how many"), .set = &count },
	{ .name = "csv", .help = N_("as CSV, for programs"), .set = &csv },
	{ .name = "excel", .set = &excel,
	    .help = N_("as CSV, for sheets: BOM and semicolons") },
	{ .name = "group-by", .arg = "FIELD", .value = &group_by,
	    .help = N_("how many tickets for each value of FIELD") },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .flag = 'l', .name = "limit", .arg = "N", .value = &limit,
	    .help = N_("at most N tickets") },
	{ .name = "no-header", .set = &no_header,
	    .help = N_("no line with column names") },
	{ .name = "sort", .arg = "FIELDS", .value = &sort,
	    .help = N_("sort by these, -FIELD for the other way round") },
	{ .flag = 'z', .name = "null", .set = &nul,
	    .help = N_("only ids, each ended by NUL") },
	{ 0 },
};

static void
split(struct tk_strv *out, const char *text)
{
	char *copy = tk_strf("%s", text), *rest = copy, *word;

	while ((word = strsep(&rest, ", ")) != NULL)
		if (word[0] != '\0')
			tk_strv_add(out, word);
	free(copy);
}

/* Without a word about states, only what is open; without an order, the
 * urgent and the old first. */
static enum tk_status
print(size_t *found, struct tk_desk *desk, const char *typed, size_t most,
    struct tk_err *err)
{
	struct tk_saved view = { NULL, NULL, NULL, TK_STRV_INIT };
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str query = TK_STR_INIT, order = TK_STR_INIT;
	struct tk_listing l = { .out = stdout, .columns = &names, .group_by = group_by,
		.csv = csv, .excel = excel, .json = json, .nul = nul,
		.count = count, .no_header = no_header,
		.ask = { .fallback = all ? NULL : "is:open", .limit = most } };
	enum tk_status st = tk_saved_expand(&query, &view, desk, typed, err);

	if (st == TK_OK) {
		tk_str_addf(&order, "sort:%s", sort != NULL ? sort
		    : view.sort != NULL ? view.sort : "priority,created");
		l.ask.query = query.data;
		l.ask.order = order.data;
		if (columns != NULL)
			split(&names, columns);
		else if (!json && !nul)
			tk_strv_copy(&names, &view.columns);
		st = tk_listing_print(found, desk, &l, err);
	}
	tk_strv_clear(&names);
	tk_str_clear(&order);
	tk_str_clear(&query);
	tk_saved_clear(&view);
	return st;
}

static enum tk_status
list(int argc, char **argv, struct tk_err *err)
{
	struct tk_str typed = TK_STR_INIT;
	struct tk_desk *desk = NULL;
	size_t most = 0, found = 0;
	enum tk_status st;
	char *end;
	int i;

	if (limit != NULL &&
	    ((most = strtoul(limit, &end, 10)) == 0 || *end != '\0'))
		return tk_fail(
		    err, TK_EUSAGE, _("--limit %s: not a number"), limit);
	for (i = 0; i < argc; i++)
		tk_str_addf(&typed, "%s%s", i > 0 ? " " : "", argv[i]);
	if ((st = tk_desk_open(&desk, tk_main_desk(), err)) == TK_OK) {
		if (!json && !nul && !count && !csv && !excel)
			tk_pager_start();
		st = print(&found, desk, typed.data, most, err);
		tk_pager_stop();
	}
	/* As grep: nothing found is status 1; programs are told no more. */
	if (st == TK_OK && found == 0 && !count) {
		if (isatty(STDOUT_FILENO))
			tk_warn(_("nothing found"));
		st = TK_ENOENT;
	}
	tk_str_clear(&typed);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = { .name = "tk-list",
		.operands = "[:VIEW] [QUERY...]",
		.summary = N_("list tickets"),
		.opts = opts, .min = 0, .max = -1, .run = list };

	return tk_main(&cmd, argc, argv);
}
