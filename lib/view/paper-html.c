/* paper-html - a report as one page that needs nothing else. */
#include "base/i18n.h"
#include "view/markdown.h"
#include "view/paper.h"
#include "view/xml.h"

/* As doc-html has it: nothing is loaded, the colours are the reader's, and
 * what is wide scrolls by itself on a phone. */
static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.45 system-ui,sans-serif;max-width:60rem;"
    "margin:0 auto;padding:1rem;overflow-wrap:break-word}"
    "h1,h2{line-height:1.25;break-after:avoid}h2{margin-top:2rem}"
    "p.about,footer{font-size:.85rem;opacity:.75}"
    ".wide{overflow-x:auto;margin:1rem 0}"
    "table{border-collapse:collapse;font-size:.9rem;"
    "font-variant-numeric:tabular-nums}"
    "th,td{border-bottom:1px solid #8886;padding:.25rem .6rem;"
    "text-align:left;vertical-align:top}"
    "td.n,th.n{text-align:right;white-space:nowrap}"
    "tfoot td{font-weight:600;border-bottom:0}"
    "th{background:#8882}tr{break-inside:avoid}"
    "svg{width:100%;max-width:45rem;min-width:30rem;height:auto}"
    "svg text{font:12px system-ui,sans-serif;fill:currentColor}"
    ".c0{fill:#3b7dc4;stroke:#3b7dc4}.c1{fill:#d9822b;stroke:#d9822b}"
    ".c2{fill:#5aa155;stroke:#5aa155}.c3{fill:#a05ab4;stroke:#a05ab4}"
    ".grid{stroke:#8886}polyline{fill:none;stroke-width:2}"
    "@media print{body{max-width:none;padding:0;font-size:10pt}"
    ".wide{overflow:visible}svg{min-width:0;break-inside:avoid}}";

static void
put_cell(struct tk_str *out, const char *tag, bool number, const char *text)
{
	tk_str_addf(out, "<%s%s>", tag, number ? " class=\"n\"" : "");
	tk_xml_add(out, text);
	tk_str_addf(out, "</%s>", tag);
}

static bool
is_number(const struct tk_report_column *c)
{
	return c->unit != TK_UNIT_TEXT && c->unit != TK_UNIT_TIME;
}

static void
put_row(struct tk_str *out, const struct tk_report_table *t,
    const struct tk_report_cell *row, bool total)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_str_add(out, "<tr>");
	for (i = 0; i < t->n; i++) {
		tk_str_reset(&text);
		if (total && i == 0 && row[i].none)
			tk_str_add(&text, _("Total"));
		else if (!total || !row[i].none)
			tk_paper_value(
			    &text, &t->column[i], &row[i], TK_PAPER_HUMAN);
		put_cell(out, "td", is_number(&t->column[i]), text.data);
	}
	tk_str_add(out, "</tr>\n");
	tk_str_clear(&text);
}

static void
put_table(struct tk_str *out, const struct tk_report_table *t)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_str_add(out, "<div class=\"wide\"><table>\n<thead><tr>");
	for (i = 0; i < t->n; i++) {
		tk_str_reset(&text);
		tk_paper_column(&text, &t->column[i]);
		put_cell(out, "th", is_number(&t->column[i]), text.data);
	}
	tk_str_add(out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < t->n_cells; i += t->n)
		put_row(out, t, &t->cell[i], false);
	tk_str_add(out, "</tbody>\n");
	if (t->total != NULL) {
		tk_str_add(out, "<tfoot>");
		put_row(out, t, t->total, true);
		tk_str_add(out, "</tfoot>\n");
	}
	tk_str_add(out, "</table></div>\n");
	tk_str_clear(&text);
}

static void
put_part(struct tk_str *out, const struct tk_report_table *t)
{
	struct tk_str svg = TK_STR_INIT;

	if (t->title != NULL) {
		tk_str_add(out, "<h2>");
		tk_xml_add(out, t->title);
		tk_str_add(out, "</h2>\n");
	}
	if (t->n_cells == 0) {
		tk_str_add(out, "<p>");
		tk_xml_add(out, _("nothing"));
		tk_str_add(out, "</p>\n");
		return;
	}
	tk_paper_svg(&svg, t);
	if (svg.len > 0)
		tk_str_addf(out, "<div class=\"wide\">%s</div>\n", svg.data);
	put_table(out, t);
	tk_str_clear(&svg);
}

static void
put_about(struct tk_str *out, const struct tk_paper *p)
{
	struct tk_str text = TK_STR_INIT;

	tk_str_addf(&text, _("period %s, tickets: %s, commit %.12s"), p->period,
	    p->query[0] != '\0' ? p->query : _("all"), p->commit);
	tk_str_add(out, "<p class=\"about\">");
	tk_xml_add(out, text.data);
	tk_str_add(out, "</p>\n");
	tk_str_clear(&text);
}

void
tk_paper_html(struct tk_str *out, const struct tk_paper *p)
{
	size_t i;

	tk_str_add(out, "<!DOCTYPE html>\n<html lang=\"");
	tk_xml_add(out, p->language);
	tk_str_add(out,
	    "\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n<title>");
	tk_xml_add(out, p->title);
	tk_str_addf(
	    out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style);
	tk_xml_add(out, p->desk);
	tk_str_add(out, ": ");
	tk_xml_add(out, p->title);
	tk_str_add(out, "</h1>\n");
	put_about(out, p);
	if (p->text != NULL)
		tk_markdown_html(out, p->text);
	for (i = 0; i < p->n; i++)
		put_part(out, &p->part[i]);
	tk_str_add(out, "</body>\n</html>\n");
}
