/* html - the text of an HTML letter. */
#include "mail/html.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>

#include "base/lazy.h"
#include "base/mem.h"
#include "mail/text.h"

#define SIZE_LIMIT ((size_t)2 * 1024 * 1024)
#define DEPTH_LIMIT 500
#define LINKS 16 /* nested <a>; more is junk */
#define LISTS 16
#define QUOTES 10

enum element_kind {
	INLINE,
	LINE,  /* begins on a line of its own */
	BLOCK, /* with an empty line around it */
	SKIP,  /* with all that is in it */
};

struct list {
	bool ordered;
	int n;
};

struct html {
	struct tk_str *out;
	size_t start; /* of our text in out */
	int newlines; /* wanted before the next word */
	bool space;   /* wanted before the next word */
	bool fresh;   /* nothing stands on this line yet */
	bool cell;    /* this row of a table has text already */
	bool tab;     /* wanted before the next word: it is in another cell */
	int quotes;   /* blockquotes around here */
	int quoted;   /* how many of them on the last line */
	int pre;
	int skip; /* depth inside of something that is dropped */
	int depth;
	bool stopped;
	struct list lists[LISTS];
	int n_lists;
	struct {
		char *href;
		size_t from;  /* where its text begins in out */
		bool picture; /* it has one */
	} links[LINKS];
	int n_links;
	const char *marker; /* of the list item that begins */
	char number[16];
};

static enum element_kind
kind_of(const char *name)
{
	static const struct {
		const char *name;
		enum element_kind kind;
	} all[] = {
		{ "p", BLOCK },
		{ "h1", BLOCK },
		{ "h2", BLOCK },
		{ "h3", BLOCK },
		{ "h4", BLOCK },
		{ "h5", BLOCK },
		{ "h6", BLOCK },
		{ "ul", BLOCK },
		{ "ol", BLOCK },
		{ "dl", BLOCK },
		{ "pre", BLOCK },
		{ "blockquote", BLOCK },
		{ "table", BLOCK },
		{ "hr", BLOCK },
		{ "div", LINE },
		{ "tr", LINE },
		{ "li", LINE },
		{ "dt", LINE },
		{ "dd", LINE },
		{ "section", LINE },
		{ "article", LINE },
		{ "header", LINE },
		{ "footer", LINE },
		{ "address", LINE },
		{ "center", LINE },
		{ "form", LINE },
		{ "caption", LINE },
		{ "fieldset", LINE },
		{ "option", LINE },
		{ "body", LINE },
		{ "script", SKIP },
		{ "style", SKIP },
		{ "title", SKIP },
		{ "template", SKIP },
		{ "object", SKIP },
		{ "svg", SKIP },
		{ "noframes", SKIP },
		{ "xml", SKIP },
	};
	size_t i;

	for (i = 0; i < TK_COUNT(all); i++)
		if (strcasecmp(all[i].name, name) == 0)
			return all[i].kind;
	return INLINE;
}

static const char *
attribute(const xmlChar **atts, const char *name)
{
	for (; atts != NULL && atts[0] != NULL; atts += 2)
		if (strcasecmp((const char *)atts[0], name) == 0)
			return atts[1] != NULL ? (const char *)atts[1] : "";
	return NULL;
}

/* "display: none" in a style; used for what only machines should see. */
static bool
is_hidden(const xmlChar **atts)
{
	const char *style = attribute(atts, "style"), *p;

	if (style == NULL || (p = tk_text_find(style, "display")) == NULL)
		return false;
	p += strlen("display");
	p += strspn(p, " :");
	return strncasecmp(p, "none", 4) == 0;
}

static void
want(struct html *h, int newlines)
{
	if (h->newlines < newlines)
		h->newlines = newlines;
	h->space = false;
}

/* Ends the line and begins another with that many quotes around it. */
static void
new_line(struct html *h, int quotes)
{
	int i;

	/* the mark of an empty line ends without a blank */
	if (h->fresh && h->out->len > h->start &&
	    h->out->data[h->out->len - 1] == ' ')
		tk_str_cut(h->out, h->out->len - 1);
	if (h->out->len > h->start)
		tk_str_add_char(h->out, '\n');
	for (i = 0; i < quotes && i < QUOTES; i++)
		tk_str_add(h->out, "> ");
	h->fresh = true;
}

/* Everything that goes in front of a word. */
static void
lead(struct html *h)
{
	int i, between = h->quotes < h->quoted ? h->quotes : h->quoted;

	if (h->out->len == h->start)
		h->newlines = 1;
	if (h->newlines > 0)
		h->tab = false;
	for (; h->newlines > 0; h->newlines--)
		new_line(h, h->newlines > 1 ? between : h->quotes);
	h->quoted = h->quotes;
	if (h->tab)
		tk_str_add_char(h->out, '\t');
	else if (h->space && !h->fresh)
		tk_str_add_char(h->out, ' ');
	h->space = h->tab = false;
	if (h->marker != NULL) {
		for (i = 1; i < h->n_lists; i++)
			tk_str_add(h->out, "  ");
		tk_str_add(h->out, h->marker);
		h->marker = NULL;
	}
	h->fresh = false;
	h->cell = true;
}

static void
on_text(void *data, const xmlChar *text, int len)
{
	struct html *h = data;
	int i;

	if (h->skip > 0 || h->stopped)
		return;
	for (i = 0; i < len; i++) {
		const char *s = (const char *)text + i;

		/* a no-break space is a blank to the reader */
		if (*s == '\xC2' && i + 1 < len && s[1] == '\xA0') {
			h->space = true;
			i++;
			continue;
		}
		if (h->pre > 0 && *s == '\n') {
			h->newlines++;
		} else if (h->pre > 0 && (*s == ' ' || *s == '\t')) {
			lead(h);
			tk_str_add_char(h->out, *s);
		} else if (isspace((unsigned char)*s)) {
			h->space = true;
		} else {
			lead(h);
			tk_str_add_char(h->out, *s);
		}
	}
}

static void
add_text(struct html *h, const char *text)
{
	on_text(h, (const xmlChar *)text, (int)strlen(text));
}

static void
start_list(struct html *h, bool ordered)
{
	if (h->n_lists < LISTS) {
		h->lists[h->n_lists].ordered = ordered;
		h->lists[h->n_lists].n = 0;
	}
	h->n_lists++;
}

static void
start_item(struct html *h)
{
	int top = h->n_lists - 1;

	h->marker = "- ";
	if (top >= 0 && top < LISTS && h->lists[top].ordered) {
		snprintf(
		    h->number, sizeof(h->number), "%d. ", ++h->lists[top].n);
		h->marker = h->number;
	}
}

static void
start_link(struct html *h, const xmlChar **atts)
{
	const char *href = attribute(atts, "href");

	if (h->n_links < LINKS) {
		h->links[h->n_links].href = tk_strdup(href ? href : "");
		h->links[h->n_links].from = h->out->len;
		h->links[h->n_links].picture = false;
	}
	h->n_links++;
}

static bool
is_target(const char *href)
{
	return strncasecmp(href, "http", 4) == 0 ||
	    strncasecmp(href, "ftp:", 4) == 0 ||
	    strncasecmp(href, "mailto:", 7) == 0 ||
	    strncasecmp(href, "tel:", 4) == 0;
}

/* "www.a.example" says https://www.a.example/ well enough. */
static bool
says_target(const char *text, const char *href)
{
	return *text != '\0' &&
	    (strstr(text, href) != NULL ||
		(strlen(text) > 3 && strstr(href, text) != NULL &&
		    strlen(href) <= strlen(text) + 9));
}

/* "text <target>", and the target alone where the text says the same. */
static void
end_link(struct html *h)
{
	const char *text, *href;
	size_t from;
	char *own;

	if (h->n_links == 0 || --h->n_links >= LINKS)
		return;
	own = h->links[h->n_links].href;
	from = h->links[h->n_links].from;
	h->links[h->n_links].href = NULL;
	text = h->out->data + (from < h->out->len ? from : h->out->len);
	text += strspn(text, " \n>");
	href = own;
	if (strncasecmp(href, "mailto:", 7) == 0)
		href += 7;
	if (is_target(own) && *href != '\0' &&
	    (*text != '\0' || h->links[h->n_links].picture) &&
	    !says_target(text, href)) {
		h->space = true;
		lead(h);
		tk_str_add_char(h->out, '<');
		for (; *href != '\0'; href++)
			if ((unsigned char)*href > ' ')
				tk_str_add_char(h->out, *href);
		tk_str_add_char(h->out, '>');
	}
	free(own);
}

static void
picture(struct html *h, const xmlChar **atts)
{
	const char *alt = attribute(atts, "alt");
	const char *width = attribute(atts, "width");
	const char *src = attribute(atts, "src");

	if (h->n_links > 0 && h->n_links <= LINKS && !tk_streq(width, "1"))
		h->links[h->n_links - 1].picture = true;
	/* the letter knows what file that is */
	if (src != NULL && strncasecmp(src, "cid:", 4) == 0 && src[4] != '\0' &&
	    src[strcspn(src, " \t\r\n[]")] == '\0' && !tk_streq(width, "1")) {
		add_text(h, "[");
		h->space = false;
		add_text(h, src);
		add_text(h, "]");
		return;
	}
	if (alt == NULL || alt[strspn(alt, " \t\r\n")] == '\0' ||
	    tk_streq(width, "1"))
		return;
	add_text(h, "[");
	add_text(h, alt);
	h->space = false;
	add_text(h, "]");
}

static void
on_start(void *data, const xmlChar *name_x, const xmlChar **atts)
{
	struct html *h = data;
	const char *name = (const char *)name_x;
	enum element_kind kind = kind_of(name);

	if (++h->depth > DEPTH_LIMIT)
		h->stopped = true;
	if (h->skip > 0 || kind == SKIP || is_hidden(atts)) {
		/* void elements have an end here too: libxml2 sends it */
		h->skip++;
		return;
	}
	if (kind == LINE || kind == BLOCK)
		want(h, kind == BLOCK ? 2 : 1);
	if (strcasecmp(name, "br") == 0) {
		h->newlines++;
		h->space = false;
	} else if (strcasecmp(name, "td") == 0 || strcasecmp(name, "th") == 0) {
		h->tab = h->cell;
	} else if (strcasecmp(name, "tr") == 0) {
		h->cell = false;
	} else if (strcasecmp(name, "hr") == 0) {
		add_text(h, "---");
		want(h, 2);
	} else if (strcasecmp(name, "blockquote") == 0) {
		h->quotes++;
	} else if (strcasecmp(name, "pre") == 0) {
		h->pre++;
	} else if (strcasecmp(name, "ul") == 0 || strcasecmp(name, "ol") == 0) {
		if (h->n_lists > 0)
			h->newlines = 1;
		start_list(h, name[0] == 'o' || name[0] == 'O');
	} else if (strcasecmp(name, "li") == 0) {
		start_item(h);
	} else if (strcasecmp(name, "a") == 0) {
		start_link(h, atts);
	} else if (strcasecmp(name, "img") == 0) {
		picture(h, atts);
	}
}

static void
on_end(void *data, const xmlChar *name_x)
{
	struct html *h = data;
	const char *name = (const char *)name_x;
	enum element_kind kind = kind_of(name);

	h->depth--;
	if (h->skip > 0) {
		h->skip--;
		return;
	}
	if (strcasecmp(name, "a") == 0)
		end_link(h);
	else if (strcasecmp(name, "blockquote") == 0 && h->quotes > 0)
		h->quotes--;
	else if (strcasecmp(name, "pre") == 0 && h->pre > 0)
		h->pre--;
	else if ((strcasecmp(name, "ul") == 0 || strcasecmp(name, "ol") == 0) &&
	    h->n_lists > 0)
		h->n_lists--;
	else if (strcasecmp(name, "li") == 0)
		h->marker = NULL;
	if (kind == LINE || kind == BLOCK)
		want(h, kind == BLOCK && h->n_lists == 0 ? 2 : 1);
}

/* libxml2 would complain on standard error about what people send. */
static void
on_error(void *data, const char *fmt, ...)
{
	(void)data;
	(void)fmt;
}

static struct {
	__typeof__(&xmlInitParser) xmlInitParser;
	__typeof__(&htmlCreatePushParserCtxt) htmlCreatePushParserCtxt;
	__typeof__(&htmlCtxtUseOptions) htmlCtxtUseOptions;
	__typeof__(&htmlParseChunk) htmlParseChunk;
	__typeof__(&htmlFreeParserCtxt) htmlFreeParserCtxt;
} xml;

static bool is_there;

static void
load_once(void)
{
	static const struct tk_lazy want[] = {
		TK_LAZY(xml, xmlInitParser),
		TK_LAZY(xml, htmlCreatePushParserCtxt),
		TK_LAZY(xml, htmlCtxtUseOptions),
		TK_LAZY(xml, htmlParseChunk),
		TK_LAZY(xml, htmlFreeParserCtxt),
	};

	is_there = tk_lazy_load(TK_SO_XML, want, sizeof(want) / sizeof(*want));
	/* Letters are read by many threads; this is once for all of them. */
	if (is_there)
		xml.xmlInitParser();
}

static bool
load(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, load_once);
	return is_there;
}

void
tk_html_text(struct tk_str *out, const char *html, size_t len)
{
	htmlSAXHandler sax = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.warning = on_error,
		.error = on_error,
	};
	struct html h = { .out = out, .start = out->len, .fresh = true };
	size_t take = len < SIZE_LIMIT ? len : SIZE_LIMIT, done, step;
	struct tk_str piece = TK_STR_INIT;
	htmlParserCtxtPtr ctxt = NULL;

	if (load())
		ctxt = xml.htmlCreatePushParserCtxt(
		    &sax, &h, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (ctxt == NULL) {
		/* Tags and all is better than nothing. */
		tk_str_add_data(out, html, take);
		return;
	}
	xml.htmlCtxtUseOptions(ctxt,
	    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC);
	/* in pieces, so that a bottomless letter can be given up */
	for (done = 0; done < take && !h.stopped; done += step) {
		step = take - done < 4096 ? take - done : 4096;
		tk_str_reset(&piece);
		tk_html_piece(
		    &piece, html + done, html + done + step, html + take);
		xml.htmlParseChunk(ctxt, piece.data, (int)piece.len, 0);
	}
	tk_str_clear(&piece);
	xml.htmlParseChunk(ctxt, NULL, 0, 1);
	while (h.n_links > 0)
		end_link(&h);
	xml.htmlFreeParserCtxt(ctxt);
	if (take < len || h.stopped)
		tk_str_add(out, "\n[...]");
}
