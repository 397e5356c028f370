/* doc-html - a document as one page that needs nothing else. */
#include "view/doc-parts.h"
#include "view/markdown.h"
#include "view/xml.h"

/* Nothing is loaded, and a browser is told so. The colours are the reader's;
 * wide tables and figures scroll by themselves on a phone. */
static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;"
    "padding:1rem;overflow-wrap:break-word}"
    "h1,h2,h3,h4{line-height:1.25;break-after:avoid}"
    "h2{margin-top:2.5rem;border-bottom:1px solid}"
    "nav ol{list-style:none;padding-left:1rem}nav a{text-decoration:none}"
    ".wide{overflow-x:auto;margin:1rem 0}"
    "table{border-collapse:collapse;font-size:.9rem}"
    "th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;"
    "vertical-align:top}"
    "th{background:#8882}tr{break-inside:avoid}"
    "svg{max-width:100%;min-width:34rem;height:auto}"
    "svg text{font:12px system-ui,sans-serif;fill:currentColor}"
    "pre{overflow-x:auto}blockquote{border-left:3px solid #8888;"
    "margin-left:0;padding-left:1rem}"
    "@media print{body{max-width:none;padding:0;font-size:10pt}"
    "nav{break-after:page}.wide{overflow:visible}"
    "svg{min-width:0;break-inside:avoid}}";

static void
put_row(struct tk_str *out, char *const *cell, size_t n, const char *tag)
{
	size_t i;

	tk_str_add(out, "<tr>");
	for (i = 0; i < n; i++) {
		tk_str_addf(out, "<%s>", tag);
		tk_xml_add(out, cell[i]);
		tk_str_addf(out, "</%s>", tag);
	}
	tk_str_add(out, "</tr>\n");
}

static void
put_table(struct tk_str *out, const struct tk_doc_block *b)
{
	size_t i;

	tk_str_add(out, "<div class=\"wide\"><table>\n");
	if (b->title.n > 0) {
		tk_str_add(out, "<thead>");
		put_row(out, b->title.v, b->columns, "th");
		tk_str_add(out, "</thead>\n");
	}
	tk_str_add(out, "<tbody>\n");
	for (i = 0; i < tk_doc_rows(b); i++)
		put_row(out, b->cell.v + i * b->columns, b->columns, "td");
	tk_str_add(out, "</tbody></table></div>\n");
}

static void
put_contents(struct tk_str *out, const struct tk_doc *d)
{
	size_t i;

	tk_str_add(out, "<nav><ol>\n");
	for (i = 0; i < d->n; i++) {
		if (d->v[i].kind != TK_DOC_HEADING || d->v[i].level > 1)
			continue;
		tk_str_addf(out, "<li><a href=\"#s%s\">%s ", d->v[i].number,
		    d->v[i].number);
		tk_xml_add(out, d->v[i].text);
		tk_str_add(out, "</a></li>\n");
	}
	tk_str_add(out, "</ol></nav>\n");
}

static void
put_block(struct tk_str *out, const struct tk_doc_block *b)
{
	switch (b->kind) {
	case TK_DOC_HEADING:
		tk_str_addf(out, "<h%d id=\"s%s\">%s ", b->level + 1, b->number,
		    b->number);
		tk_xml_add(out, b->text);
		tk_str_addf(out, "</h%d>\n", b->level + 1);
		break;
	case TK_DOC_PROSE:
		tk_markdown_html(out, b->text);
		break;
	case TK_DOC_FIGURE:
		tk_str_addf(out, "<div class=\"wide\">%s</div>\n", b->text);
		break;
	case TK_DOC_TABLE:
		if (tk_doc_rows(b) > 0)
			put_table(out, b);
	}
}

void
tk_doc_html(struct tk_str *out, const struct tk_doc *d)
{
	size_t i;

	tk_str_add(out, "<!DOCTYPE html>\n<html");
	if (d->language != NULL) {
		tk_str_add(out, " lang=\"");
		tk_xml_add(out, d->language);
		tk_str_add_char(out, '"');
	}
	tk_str_add(out,
	    ">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n<title>");
	tk_xml_add(out, d->title);
	tk_str_addf(
	    out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style);
	tk_xml_add(out, d->title);
	tk_str_add(out, "</h1>\n");
	put_contents(out, d);
	for (i = 0; i < d->n; i++)
		put_block(out, &d->v[i]);
	tk_str_add(out, "</body>\n</html>\n");
}
