/* markdown - prose in Markdown: for a terminal, for a page, as it is. */
#include "view/markdown.h"

#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "view/wrap.h"

#define DEPTH 24 /* lists in lists; deeper ones are left out */

/* HTML becomes code, a picture the text that describes it. */
static void
tame(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	cmark_node *now, *child;

	if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
		now = cmark_node_new(type == CMARK_NODE_HTML_BLOCK
			? CMARK_NODE_CODE_BLOCK
			: CMARK_NODE_CODE);
		cmark_node_set_literal(now, cmark_node_get_literal(node));
		cmark_node_replace(node, now);
		cmark_node_free(node);
	} else if (type == CMARK_NODE_IMAGE) {
		while ((child = cmark_node_first_child(node)) != NULL)
			cmark_node_insert_before(node, child);
		cmark_node_unlink(node);
		cmark_node_free(node);
	}
}

static cmark_node *
parse(const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	cmark_node **todo = NULL;
	cmark_node *doc, *node;
	cmark_event_type ev;
	cmark_iter *it;
	size_t i, n = 0, size = 0;

	tk_utf8_safe(&safe, text, true);
	doc = cmark_parse_document(safe.data, safe.len, CMARK_OPT_DEFAULT);
	tk_str_clear(&safe);
	/* A walk must not lose the node it stands on: first collected, then
	 * changed. On leaving a picture its own pictures are behind. */
	it = cmark_iter_new(doc);
	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(it);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_IMAGE:
			if (ev == CMARK_EVENT_ENTER)
				break;
			/* fall through */
		case CMARK_NODE_HTML_BLOCK:
		case CMARK_NODE_HTML_INLINE:
			TK_GROW(todo, n, size);
			todo[n++] = node;
			break;
		default:
			break;
		}
	}
	cmark_iter_free(it);
	for (i = 0; i < n; i++)
		tame(todo[i]);
	free(todo);
	return doc;
}

void
tk_markdown_html(struct tk_str *out, const char *text)
{
	cmark_node *doc = parse(text);
	char *html = cmark_render_html(doc, CMARK_OPT_DEFAULT);

	tk_str_add(out, html);
	free(html);
	cmark_node_free(doc);
}

void
tk_markdown_plain(struct tk_str *out, const char *text)
{
	cmark_node *doc = parse(text);
	char *plain = cmark_render_commonmark(doc, CMARK_OPT_DEFAULT, 0);

	tk_str_add(out, plain);
	free(plain);
	cmark_node_free(doc);
}

struct paper {
	struct tk_str *out;
	size_t width;
	bool colour;
	int depth;
};

static void
add_inlines(struct tk_str *s, cmark_node *parent)
{
	cmark_iter *it = cmark_iter_new(parent);
	const char *url;
	cmark_event_type ev;
	cmark_node *node;

	while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(it);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			tk_str_add(s, cmark_node_get_literal(node));
			break;
		case CMARK_NODE_SOFTBREAK:
			tk_str_add_char(s, ' ');
			break;
		case CMARK_NODE_LINEBREAK:
			tk_str_add_char(s, '\n');
			break;
		case CMARK_NODE_STRONG:
			tk_str_add_char(s,
			    ev == CMARK_EVENT_ENTER ? TK_WRAP_ON : TK_WRAP_OFF);
			break;
		case CMARK_NODE_LINK:
			url = cmark_node_get_url(node);
			if (ev == CMARK_EVENT_EXIT && url != NULL &&
			    !tk_ends(s->data, url))
				tk_str_addf(s, " (%s)", url);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(it);
}

/* text behind the prefixes: first for the first line, rest for the others */
static void
put(const struct paper *p, const char *text, const char *first,
    const char *rest)
{
	struct tk_strv lines = TK_STRV_INIT;
	size_t taken = tk_utf8_width(rest), i;
	bool on = false;

	tk_wrap_lines(
	    &lines, text, p->width > taken + 16 ? p->width - taken : 16);
	for (i = 0; i < lines.n; i++) {
		tk_str_add(p->out, i == 0 ? first : rest);
		tk_wrap_paint(p->out, lines.v[i], p->colour, &on);
		tk_str_add_char(p->out, '\n');
	}
	tk_strv_clear(&lines);
}

static void
put_code(const struct paper *p, const char *code, const char *rest)
{
	size_t n;

	while (*code != '\0') {
		n = strcspn(code, "\n");
		tk_str_add(p->out, rest);
		tk_str_add(p->out, "    ");
		tk_str_add_data(p->out, code, n);
		tk_str_add_char(p->out, '\n');
		code += n + (code[n] == '\n');
	}
}

static void put_blocks(struct paper *p, cmark_node *parent, const char *first,
    const char *rest, bool tight);

static void
put_list(struct paper *p, cmark_node *list, const char *first, const char *rest)
{
	bool tight = cmark_node_get_list_tight(list) != 0;
	int n = cmark_node_get_list_start(list);
	struct tk_str head = TK_STR_INIT, tail = TK_STR_INIT;
	char *mark;
	cmark_node *item;
	size_t i;

	for (item = cmark_node_first_child(list); item != NULL;
	     item = cmark_node_next(item), first = rest, n++) {
		if (!tight && item != cmark_node_first_child(list))
			tk_str_addf(p->out, "%s\n", rest);
		mark = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST
		    ? tk_strf("%d. ", n)
		    : tk_strf("- ");
		tk_str_reset(&head);
		tk_str_addf(&head, "%s%s", first, mark);
		tk_str_set(&tail, rest);
		for (i = 0; mark[i] != '\0'; i++)
			tk_str_add_char(&tail, ' ');
		free(mark);
		put_blocks(p, item, head.data, tail.data, tight);
	}
	tk_str_clear(&head);
	tk_str_clear(&tail);
}

static void
put_block(
    struct paper *p, cmark_node *node, const char *first, const char *rest)
{
	struct tk_str s = TK_STR_INIT;
	char *quote;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_LIST:
		put_list(p, node, first, rest);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		quote = tk_strf("%s> ", rest);
		put_blocks(p, node, quote, quote, false);
		free(quote);
		break;
	case CMARK_NODE_CODE_BLOCK:
		put_code(p, cmark_node_get_literal(node), rest);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		put(p, "---", first, rest);
		break;
	case CMARK_NODE_HEADING:
		tk_str_add_char(&s, TK_WRAP_ON);
		add_inlines(&s, node);
		tk_str_add_char(&s, TK_WRAP_OFF);
		put(p, s.data, first, rest);
		break;
	default:
		add_inlines(&s, node);
		put(p, s.data, first, rest);
	}
	tk_str_clear(&s);
}

static void
put_blocks(struct paper *p, cmark_node *parent, const char *first,
    const char *rest, bool tight)
{
	cmark_node *node = cmark_node_first_child(parent);

	if (++p->depth > DEPTH)
		node = NULL;
	for (; node != NULL; node = cmark_node_next(node)) {
		if (cmark_node_previous(node) != NULL && !tight)
			tk_str_addf(p->out, "%s\n", rest);
		put_block(p, node, first, rest);
		first = rest;
	}
	p->depth--;
}

void
tk_markdown_text(
    struct tk_str *out, const char *text, size_t width, bool colour)
{
	struct paper p = { out, width, colour, 0 };
	cmark_node *doc = parse(text);

	put_blocks(&p, doc, "", "", false);
	cmark_node_free(doc);
}
