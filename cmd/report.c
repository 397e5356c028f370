/* tk-report - count what the desk did. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/main.h"
#include "report/report-mail.h"
#include "report/report.h"
#include "view/table.h"

static const char *from, *to, *part;
static struct tk_strv by, mail;
static bool csv, excel, json, html;

static const struct tk_opt opts[] = {
	{ .name = "from",
	    .arg = "TIME",
	    .value = &from,
	    .help = N_("from this day, month or year on") },
	{ .name = "to",
	    .arg = "TIME",
	    .value = &to,
	    .help = N_("up to this day, month or year, with it") },
	{ .name = "by",
	    .arg = "FIELD",
	    .values = &by,
	    .help = N_("group by this instead") },
	{ .name = "part",
	    .arg = "N",
	    .value = &part,
	    .help = N_("only table N of the report") },
	{ .name = "csv", .set = &csv, .help = N_("as CSV, for programs") },
	{ .name = "excel",
	    .set = &excel,
	    .help = N_("as CSV that spreadsheets open") },
	{ .name = "json", .help = N_("one JSON object a line"), .set = &json },
	{ .name = "html",
	    .set = &html,
	    .help = N_("as one HTML page with charts") },
	{ .name = "mail",
	    .arg = "ADDRESS",
	    .values = &mail,
	    .help = N_("send it there, each period once") },
	{ 0 },
};

static enum tk_status
list(struct tk_desk *desk, struct tk_err *err)
{
	static const struct tk_column columns[] = { { .min = 4 },
		{ .min = 4, .flexible = true } };
	struct tk_table *t = tk_table_new(columns, 2);
	struct tk_table_how how = tk_table_how();
	struct tk_report_list l = { NULL, 0, 0 };
	enum tk_status st = tk_desk_reports(&l, desk, err);
	size_t i;

	how.no_header = true;
	for (i = 0; i < l.n; i++) {
		tk_table_add(t, l.v[i].name, TK_BOLD);
		tk_table_add(t, l.v[i].title, TK_PLAIN);
	}
	if (st == TK_OK)
		tk_table_print(stdout, t, &how);
	tk_table_free(t);
	tk_report_list_clear(&l);
	return st;
}

static void
print(const struct tk_paper *p)
{
	struct tk_str text = TK_STR_INIT;

	if (csv || excel)
		tk_paper_csv(&text, p, excel);
	else if (json)
		tk_paper_json(&text, p);
	else if (html)
		tk_paper_html(&text, p);
	if (text.len > 0) {
		fwrite(text.data, 1, text.len, stdout);
	} else {
		tk_pager_start();
		tk_paper_text(stdout, p, tk_term_width(), tk_term_has_colour());
		tk_pager_stop();
	}
	tk_str_clear(&text);
}

/* Numbers that are not all there are worse than none. What is in the archive
 * of a year may have begun in any year before. */
static void
tell_archives(struct tk_desk *desk, const struct tk_paper *p)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str years = TK_STR_INIT, at = TK_STR_INIT;
	struct tk_err none = TK_ERR_INIT;
	size_t i;

	tk_date_rfc3339(&at, p->from);
	if (desk->archive == NULL &&
	    tk_store_list(desk->store, &names, "archives", &none) == TK_OK)
		for (i = 0; i < names.n; i++)
			if (tk_ends(names.v[i], "/") &&
			    strncmp(names.v[i], at.data, 4) >= 0)
				tk_str_addf(&years, "%s%.4s",
				    years.len > 0 ? ", " : "", names.v[i]);
	if (years.len > 0)
		tk_warn(_("tickets of that time are also in the archives of "
			  "%s; ask them with: tk --archive YEAR report"),
		    years.data);
	tk_strv_clear(&names);
	tk_str_clear(&years);
	tk_str_clear(&at);
}

/* The words behind the name are a query, as tk list has it. */
static enum tk_status
ask(struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_report_request r = {
		.name = argv[0], .from = from, .to = to, .by = &by
	};
	struct tk_paper p = { .n = 0 };
	struct tk_str query = TK_STR_INIT;
	enum tk_status st = TK_OK;
	char *end = NULL;
	int i;

	for (i = 1; i < argc; i++)
		tk_str_addf(&query, "%s%s", i > 1 ? " " : "", argv[i]);
	r.query = query.data;
	if (part != NULL &&
	    ((r.only = strtoul(part, &end, 10)) == 0 || *end != '\0'))
		st =
		    tk_fail(err, TK_EUSAGE, _("--part %s: not a number"), part);
	else if (strcmp(argv[0], "bill") == 0 && argc != 3)
		st = tk_fail(err, TK_EUSAGE,
		    _("whose bill, and for which month? As in: tk report bill "
		      "romashka 2026-11"));
	else if (strcmp(argv[0], "bill") == 0)
		r = (struct tk_report_request){ .name = argv[0],
			.client = argv[1],
			.from = argv[2],
			.to = argv[2],
			.by = &by,
			.only = r.only };
	if (st == TK_OK && mail.n > 0)
		st = tk_report_mail(desk, &r, &mail, err);
	else if (st == TK_OK &&
	    (st = tk_desk_report(&p, desk, &r, err)) == TK_OK) {
		print(&p);
		tell_archives(desk, &p);
	}
	tk_paper_clear(&p);
	tk_str_clear(&query);
	return st;
}

static enum tk_status
report(int argc, char **argv, struct tk_err *err)
{
	struct tk_desk *desk = NULL;
	enum tk_status st = tk_desk_open(&desk, tk_main_desk(), err);

	if (st == TK_OK)
		st = argc == 0 ? list(desk, err) : ask(desk, argc, argv, err);
	tk_strv_clear(&by);
	tk_strv_clear(&mail);
	tk_desk_free(desk);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-report",
		.operands = "[NAME [QUERY...]]",
		.summary = N_("count what the desk did"),
		.opts = opts,
		.min = 0,
		.max = -1,
		.run = report,
	};

	return tk_main(&cmd, argc, argv);
}
