/* body - which parts of a letter are its text, and that text. */
#include "mail/body.h"

#include <stdlib.h>
#include <string.h>

#include "base/invite.h"
#include "base/mem.h"
#include "mail/html.h"
#include "mail/text.h"
#include "mail/words.h"

#define CALENDARS_MAX 5
/* Bytes of one part that are read: HTML is cut at 2 MiB, text at 1 MiB. */
#define SOURCE_MAX ((size_t)2 * 1024 * 1024 + 1024)

static bool
is_text(const struct tk_leaf *leaf)
{
	return strcmp(leaf->type, "text/plain") == 0 ||
	    strcmp(leaf->type, "text/html") == 0;
}

static bool
is_calendar(const struct tk_leaf *leaf)
{
	return strcmp(leaf->type, "text/calendar") == 0 ||
	    strcmp(leaf->type, "application/ics") == 0;
}

/* A named or attached part is a file, whatever its type. */
static bool
is_file(const struct tk_leaf *leaf)
{
	struct tk_str s = TK_STR_INIT;
	bool file;

	tk_params_first(&s, leaf->disposition);
	file = strcmp(s.data, "attachment") == 0;
	tk_str_reset(&s);
	file = file || tk_params_get(&s, leaf->disposition, "filename", NULL) ||
	    tk_params_get(&s, leaf->content, "name", NULL);
	tk_str_clear(&s);
	return file;
}

static void
set_text(struct tk_leaf *leaf)
{
	leaf->role =
	    strcmp(leaf->type, "text/html") == 0 ? TK_LEAF_HTML : TK_LEAF_TEXT;
}

static bool
is_report(const struct tk_mime *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (strcmp(m->v[i].type, "message/delivery-status") == 0)
			return true;
	return false;
}

void
tk_body_roles(struct tk_mime *m)
{
	struct tk_str s = TK_STR_INIT;
	bool any = false, report = is_report(m);
	size_t i;

	for (i = 0; i < m->n; i++) {
		m->v[i].role = TK_LEAF_FILE;
		if (is_text(&m->v[i]) && !is_file(&m->v[i])) {
			set_text(&m->v[i]);
			any = true;
		}
	}
	/* the only text may be a named file that is to be shown inline; in a
	 * report it is what there is to read */
	for (i = 0; i < m->n && !any; i++) {
		tk_str_reset(&s);
		tk_params_first(&s, m->v[i].disposition);
		if (is_text(&m->v[i]) &&
		    (report || strcmp(s.data, "attachment") != 0)) {
			set_text(&m->v[i]);
			m->v[i].named = any = true;
		}
	}
	/* text/enriched and others are better than nothing */
	if (!any && m->n > 0 && tk_starts(m->v[0].type, "text/") &&
	    !is_calendar(&m->v[0]) && !is_file(&m->v[0]))
		m->v[0].role = TK_LEAF_TEXT;
	for (i = 0; i < m->n; i++)
		m->v[i].empty = (m->v[i].role == TK_LEAF_FILE ||
				    m->v[i].named) &&
		    tk_mime_is_empty(m, i);
	tk_str_clear(&s);
}

bool
tk_leaf_is_file(const struct tk_leaf *leaf)
{
	return !leaf->empty && (leaf->role == TK_LEAF_FILE || leaf->named);
}

static char *
declared_of(const struct tk_leaf *leaf)
{
	struct tk_str s = TK_STR_INIT;

	(void)tk_params_get(&s, leaf->content, "charset", NULL);
	return tk_str_detach(&s);
}

static bool
param_is(const struct tk_leaf *leaf, const char *name, const char *want)
{
	struct tk_str s = TK_STR_INIT;
	bool same;

	same = tk_params_get(&s, leaf->content, name, NULL) &&
	    tk_strcaseeq(s.data, want);
	tk_str_clear(&s);
	return same;
}

void
tk_body_leaf(struct tk_str *out, const struct tk_mime *m, size_t i,
    const char *hint, char used[TK_CHARSET_MAX])
{
	const struct tk_leaf *leaf = &m->v[i];
	struct tk_str bytes = TK_STR_INIT, text = TK_STR_INIT;
	bool html = strcmp(leaf->type, "text/html") == 0;
	char *declared = declared_of(leaf), meta[TK_CHARSET_MAX];

	tk_mime_data_max(&bytes, m, i, SOURCE_MAX);
	tk_str_cut(&bytes, SOURCE_MAX);
	if (html && *declared == '\0') {
		tk_html_charset(meta, sizeof(meta), bytes.data, bytes.len);
		free(declared);
		declared = tk_strdup(meta);
	}
	tk_charset_decode(&text, bytes.data, bytes.len, declared, hint, used);
	tk_text_clean(&text);
	if (html) {
		tk_html_text(out, text.data, text.len);
	} else {
		if (param_is(leaf, "format", "flowed"))
			tk_text_unflow(&text, param_is(leaf, "delsp", "yes"));
		tk_str_add_data(out, text.data, text.len);
		if (bytes.len >= SOURCE_MAX)
			tk_str_add(out, "\n[...]");
	}
	free(declared);
	tk_str_clear(&text);
	tk_str_clear(&bytes);
}

/* Visible bytes; a text of blanks has none. */
static size_t
weight(const struct tk_str *s)
{
	size_t i, n = 0;

	for (i = 0; i < s->len; i++)
		n += (unsigned char)s->data[i] > ' ';
	return n;
}

#define SAYS_SO 400 /* bytes; a text that long says more than that */
#define HTML_TIMES 5 /* longer: the HTML is the letter */

/* "Your mail program cannot show HTML": there are many ways to say it. */
static bool
is_stub(const struct tk_str *plain, const struct tk_str *html)
{
	size_t p = weight(plain), h = weight(html);

	return h > 0 &&
	    (p == 0 || p * HTML_TIMES < h ||
		(p < SAYS_SO && p < h && tk_text_find(plain->data, "html") &&
		    (tk_text_find(plain->data, "view") ||
			tk_text_find(plain->data, "просмотр") ||
			tk_text_find(plain->data, "формате"))));
}

static void
join(struct tk_str *to, const struct tk_str *more)
{
	if (more->len == 0)
		return;
	if (to->len > 0)
		tk_str_add(to, "\n\n");
	tk_str_add_data(to, more->data, more->len);
}

/* All leaves of one role in one multipart/alternative; the text of the first
 * leaf is there already. */
static void
read_group(struct tk_str *out, const struct tk_mime *m, size_t first,
    enum tk_leaf_role role, const char *hint, const struct tk_str *of_first)
{
	struct tk_str one = TK_STR_INIT;
	size_t i;

	for (i = first; i < m->n && out->len <= TK_TEXT_MAX; i++) {
		if (m->v[i].role != role ||
		    m->v[i].alternative != m->v[first].alternative)
			continue;
		if (i == first) {
			join(out, of_first);
			continue;
		}
		tk_str_reset(&one);
		tk_body_leaf(&one, m, i, hint, NULL);
		tk_text_clean(&one);
		join(out, &one);
	}
	tk_str_clear(&one);
}

/* Without parsing the HTML: is the plain text no stub of it? Cyrillic of one
 * byte a letter has two in UTF-8. */
static bool
surely_no_stub(
    const struct tk_str *plain, const struct tk_mime *m, size_t first)
{
	struct tk_str html = TK_STR_INIT;
	size_t i, p = weight(plain), h = 0;

	for (i = first; p >= SAYS_SO && i < m->n; i++) {
		if (m->v[i].role != TK_LEAF_HTML ||
		    m->v[i].alternative != m->v[first].alternative)
			continue;
		tk_str_reset(&html);
		tk_mime_data_max(&html, m, i, SOURCE_MAX);
		h += 2 * tk_html_weight(html.data, html.len);
	}
	tk_str_clear(&html);
	return p >= SAYS_SO && p * HTML_TIMES >= h;
}

static void
add_alternative(struct tk_body *body, const struct tk_mime *m, size_t first,
    const char *hint, const struct tk_str *of_first)
{
	struct tk_str plain = TK_STR_INIT, html = TK_STR_INIT;

	read_group(&plain, m, first, TK_LEAF_TEXT, hint, of_first);
	if (!surely_no_stub(&plain, m, first))
		read_group(&html, m, first, TK_LEAF_HTML, hint, of_first);
	if (is_stub(&plain, &html)) {
		join(&body->stub, &plain);
		join(&body->text, &html);
		body->from_html = true;
	} else {
		join(&body->text, &plain);
	}
	tk_str_clear(&html);
	tk_str_clear(&plain);
}

/* An alternative is handled whole where its first text leaf stands. */
static bool
is_first_of_group(const struct tk_mime *m, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (m->v[k].role != TK_LEAF_FILE &&
		    m->v[k].alternative == m->v[i].alternative)
			return false;
	return true;
}

/* Invitations stay files as well: a calendar program may want them. */
static void
read_calendars(struct tk_body *body, const struct tk_mime *m)
{
	struct tk_str text = TK_STR_INIT, lines = TK_STR_INIT;
	size_t i, seen = 0;

	for (i = 0; i < m->n && seen < CALENDARS_MAX; i++) {
		if (!is_calendar(&m->v[i]))
			continue;
		seen++;
		tk_str_reset(&text);
		tk_str_reset(&lines);
		tk_body_leaf(&text, m, i, NULL, NULL);
		if (!tk_invite_text(
			&lines, text.data, text.len, body->text.len == 0) &&
		    body->text.len == 0)
			tk_str_add(&lines, text.data);
		if (strstr(body->below.data, lines.data) == NULL)
			join(&body->below, &lines);
	}
	tk_text_clean(&body->below);
	tk_str_clear(&text);
	tk_str_clear(&lines);
}

void
tk_body_read(struct tk_body *body, const struct tk_mime *m, const char *hint)
{
	struct tk_str one = TK_STR_INIT;
	char used[TK_CHARSET_MAX];
	size_t i;

	*body = (struct tk_body){
		.text = TK_STR_INIT, .below = TK_STR_INIT, .stub = TK_STR_INIT
	};
	for (i = 0; i < m->n && body->text.len <= TK_TEXT_MAX; i++) {
		const struct tk_leaf *leaf = &m->v[i];

		if (leaf->role == TK_LEAF_FILE)
			continue;
		tk_str_reset(&one);
		if (leaf->alternative >= 0 && !is_first_of_group(m, i))
			continue;
		tk_body_leaf(&one, m, i, hint, used);
		tk_text_clean(&one);
		if (body->declared == NULL) {
			body->declared = declared_of(leaf);
			memcpy(body->used, used, sizeof(used));
		}
		if (leaf->alternative >= 0) {
			add_alternative(body, m, i, hint, &one);
			continue;
		}
		if (leaf->role == TK_LEAF_HTML && one.len > 0)
			body->from_html |= body->text.len == 0;
		join(&body->text, &one);
	}
	if (body->declared == NULL)
		body->declared = tk_strdup("");
	tk_text_clean(&body->text);
	tk_text_cut(&body->text);
	read_calendars(body, m);
	tk_str_clear(&one);
}

void
tk_body_clear(struct tk_body *body)
{
	tk_str_clear(&body->text);
	tk_str_clear(&body->stub);
	tk_str_clear(&body->below);
	free(body->declared);
	body->declared = NULL;
}
