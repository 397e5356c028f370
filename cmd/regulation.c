/* tk-regulation - read, check and acknowledge the company's regulation. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "people/ack-table.h"
#include "regulation/calendar-table.h"
#include "regulation/regdiff.h"
#include "regulation/regdoc.h"
#include "regulation/reglint.h"
#include "view/states.h"
#include "view/term.h"

static bool quiet, json, markdown, html;
static const char *from, *to;

static const struct tk_opt opts[] = {
	{ .name = "from",
	    .arg = "DAY",
	    .help = N_("the first day, as 2026-12-31 (calendar)"),
	    .value = &from },
	{ .name = "html", .help = N_("one HTML page (show)"), .set = &html },
	{ .name = "json",
	    .help = N_("one JSON object a line (who, calendar)"),
	    .set = &json },
	{ .name = "markdown", .help = N_("Markdown (show)"), .set = &markdown },
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ .name = "to",
	    .arg = "DAY",
	    .help = N_("the last day (calendar)"),
	    .value = &to },
	{ 0 },
};

/* As grep: a script can ask whether there is anything. */
static enum tk_status
say_lines(struct tk_strv *lines)
{
	enum tk_status st = lines->n > 0 ? TK_ENOENT : TK_OK;
	size_t i;

	for (i = 0; !quiet && i < lines->n; i++)
		tk_say("%s", lines->v[i]);
	tk_strv_clear(lines);
	return st;
}

static enum tk_status
show(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_str out = TK_STR_INIT;
	enum tk_status st;

	st = tk_regdoc_write(&out, desk != NULL ? desk->store : NULL,
	    argc > 0 ? argv[0] : NULL,
	    html           ? TK_REGDOC_HTML
		: markdown ? TK_REGDOC_MARKDOWN
			   : TK_REGDOC_TEXT,
	    err);
	if (st == TK_OK && !quiet) {
		if (!html && !markdown)
			tk_pager_start();
		fwrite(out.data, 1, out.len, stdout);
		tk_pager_stop();
	}
	tk_str_clear(&out);
	return st;
}

static enum tk_status
graph(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	const struct tk_process *only = NULL;
	struct tk_str out = TK_STR_INIT;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (argc > 0 && (only = tk_process_find(desk->reg, argv[0])) == NULL)
		return tk_fail(err, TK_ENOENT, _("no process \"%s\""), argv[0]);
	tk_states_dot(&out, desk->reg, only);
	if (!quiet)
		fwrite(out.data, 1, out.len, stdout);
	tk_str_clear(&out);
	return TK_OK;
}

static enum tk_status
lint(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_strv found = TK_STRV_INIT;
	enum tk_status st =
	    tk_reglint(&found, desk, argc > 0 ? argv[0] : NULL, err);

	return st == TK_OK ? say_lines(&found) : st;
}

static enum tk_status
diff(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_strv lines = TK_STRV_INIT;
	enum tk_status st;

	if (argc < 1)
		return tk_fail(err, TK_EUSAGE, _("diff from which revision?"));
	st = tk_regdiff_revisions(
	    &lines, desk->store, argv[0], argc > 1 ? argv[1] : NULL, err);
	(void)say_lines(&lines); /* a change is no failure */
	return st;
}

static enum tk_status
ack(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	enum tk_status st;
	int version;

	(void)argc;
	(void)argv;
	st = tk_ack_record(desk, &version, err);
	if ((st == TK_OK || st == TK_EOUTPUT) && !quiet)
		tk_say(
		    _("version %d of the regulation is acknowledged"), version);
	return st;
}

static enum tk_status
who(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_ack_row *rows = NULL;
	enum tk_status st;
	size_t n;

	(void)argc;
	(void)argv;
	if ((st = tk_ack_who(&rows, &n, desk, err)) == TK_OK &&
	    tk_ack_print(stdout, rows, n, json) > 0)
		st = TK_ENOENT;
	free(rows);
	return st;
}

static enum tk_status
calendar(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	if (argc < 1)
		return tk_fail(err, TK_EUSAGE, _("which calendar?"));
	return tk_calendar_print(stdout, desk, argv[0], from, to, json, err);
}

static const struct {
	const char *name;
	enum tk_status (*run)(
	    struct tk_desk *desk, int argc, char **argv, struct tk_err *err);
	int max;
	bool takes_folder; /* and needs no desk then */
} commands[] = {
	{ "show", show, 1, true },
	{ "graph", graph, 1, false },
	{ "lint", lint, 1, true },
	{ "diff", diff, 2, false },
	{ "ack", ack, 0, false },
	{ "who", who, 0, false },
	{ "calendar", calendar, 1, false },
};

static enum tk_status
regulation(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st = TK_OK;
	size_t i = 0;

	for (; argc > 0 && i < TK_COUNT(commands); i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			break;
	if (i == TK_COUNT(commands))
		return tk_fail(
		    err, TK_EUSAGE, _("\"%s\": no such subcommand"), argv[0]);
	if (argc > 0) {
		argc--;
		argv++;
	}
	if (argc > commands[i].max)
		return tk_fail(err, TK_EUSAGE, _("\"%s\": too many operands"),
		    argv[commands[i].max]);
	if (!commands[i].takes_folder || argc == 0 ||
	    !tk_regfiles_is_folder(argv[0]))
		st = tk_desk_open(&desk, tk_main_desk(), err);
	if (st == TK_OK)
		st = commands[i].run(desk, argc, argv, err);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-regulation",
		.operands = "[show [REVISION] | graph [PROCESS] | "
			    "lint [FOLDER] | diff A [B] | ack | who | "
			    "calendar NAME]",
		.summary = N_("read, check and acknowledge the regulation"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = regulation,
	};

	return tk_main(&cmd, argc, argv);
}
