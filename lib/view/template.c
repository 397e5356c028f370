/* template - letters and ready answers with places to fill in. */
#include "view/template.h"

#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define MAX_DEPTH 8 /* blocks in blocks */
#define MAX_NAME 63 /* bytes of a variable's name */

struct render {
	struct tk_str *out;
	const char *name; /* of the template, for messages */
	const struct tk_var *vars;
	size_t n;
	unsigned line;
	const struct tk_var *open[MAX_DEPTH];
	unsigned open_line[MAX_DEPTH];
	int depth;
	int hidden; /* this depth and all deeper are not shown; 0: all are */
	struct tk_err *err;
};

struct tag {
	char kind; /* '#', '/' or 0: a value */
	char name[MAX_NAME + 1];
	const char *end; /* after the }} */
};

static bool
is_empty(const struct tk_var *v)
{
	return v->value == NULL || v->value[0] == '\0';
}

/* The tag at p, which is at "{{". */
static bool
parse_tag(struct tag *t, const char *p)
{
	size_t n = 0;

	p += 2;
	p += strspn(p, " ");
	t->kind = *p == '#' || *p == '/' ? *p++ : '\0';
	p += strspn(p, " ");
	while (isalnum((unsigned char)p[n]) ||
	    (p[n] != '\0' && strchr("._-", p[n]) != NULL))
		n++;
	if (n == 0 || n > MAX_NAME)
		return false;
	memcpy(t->name, p, n);
	t->name[n] = '\0';
	p += n;
	p += strspn(p, " ");
	t->end = p + 2;
	return p[0] == '}' && p[1] == '}';
}

static const struct tk_var *
find_var(const struct render *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (strcmp(r->vars[i].name, name) == 0)
			return &r->vars[i];
	return NULL;
}

static enum tk_status
open_block(struct render *r, const struct tk_var *v)
{
	if (r->depth == MAX_DEPTH)
		return tk_fail(r->err, TK_EINPUT,
		    _("%s:%u: blocks nested too deeply"), r->name, r->line);
	r->open[r->depth] = v;
	r->open_line[r->depth++] = r->line;
	if (r->hidden == 0 && is_empty(v))
		r->hidden = r->depth;
	return TK_OK;
}

static enum tk_status
close_block(struct render *r, const struct tk_var *v)
{
	if (r->depth == 0 || r->open[r->depth - 1] != v)
		return tk_fail(r->err, TK_EINPUT,
		    _("%s:%u: {{/%s}} closes nothing"), r->name, r->line,
		    v->name);
	if (r->hidden == r->depth)
		r->hidden = 0;
	r->depth--;
	return TK_OK;
}

static enum tk_status
do_tag(struct render *r, const struct tag *t)
{
	const struct tk_var *v = find_var(r, t->name);

	if (v == NULL)
		return tk_fail(r->err, TK_EINPUT,
		    _("%s:%u: unknown variable \"%s\""), r->name, r->line,
		    t->name);
	if (t->kind == '#')
		return open_block(r, v);
	if (t->kind == '/')
		return close_block(r, v);
	if (r->hidden == 0 && !is_empty(v))
		tk_str_add(r->out, v->value);
	return TK_OK;
}

static void
add_text(struct render *r, const char *p, size_t n)
{
	if (r->hidden == 0)
		tk_str_add_data(r->out, p, n);
}

/* Is this line, from p to end, one block tag and blanks? */
static bool
is_tag_line(const char *p, const char *end)
{
	struct tag t;

	p += strspn(p, " \t");
	if (!tk_starts(p, "{{") || !parse_tag(&t, p) || t.kind == '\0')
		return false;
	return t.end + strspn(t.end, " \t\r") == end;
}

static enum tk_status
do_line(struct render *r, const char *p, const char *end)
{
	bool only_tag = is_tag_line(p, end);
	enum tk_status st = TK_OK;
	const char *at;
	struct tag t;

	while (st == TK_OK && p < end) {
		at = strstr(p, "{{");
		if (at == NULL || at >= end)
			at = end;
		if (!only_tag)
			add_text(r, p, (size_t)(at - p));
		if (at == end)
			break;
		if (!parse_tag(&t, at))
			return tk_fail(r->err, TK_EINPUT,
			    _("%s:%u: a tag that cannot be read: %.*s"),
			    r->name, r->line,
			    (int)tk_utf8_cut(at, (size_t)(end - at), 20), at);
		st = do_tag(r, &t);
		p = t.end;
	}
	if (st == TK_OK && !only_tag && *end == '\n')
		add_text(r, "\n", 1);
	return st;
}

static enum tk_status
render(struct render *r, const char *text)
{
	size_t start = r->out->len;
	enum tk_status st = TK_OK;
	const char *end;

	while (st == TK_OK && *text != '\0') {
		end = text + strcspn(text, "\n");
		st = do_line(r, text, end);
		text = end + (*end == '\n');
		r->line++;
	}
	if (st == TK_OK && r->depth > 0)
		st = tk_fail(r->err, TK_EINPUT,
		    _("%s:%u: {{#%s}} is not closed"), r->name,
		    r->open_line[r->depth - 1], r->open[r->depth - 1]->name);
	if (st != TK_OK)
		tk_str_cut(r->out, start);
	return st;
}

enum tk_status
tk_template_render(struct tk_str *out, const char *text, const char *name,
    const struct tk_var *vars, size_t n, struct tk_err *err)
{
	struct render r = { .out = out,
		.name = name,
		.vars = vars,
		.n = n,
		.line = 1,
		.err = err };

	return render(&r, text);
}

bool
tk_template_needs(const char *text, const char *name)
{
	int within = 0;
	struct tag t;

	while ((text = strstr(text, "{{")) != NULL) {
		if (!parse_tag(&t, text)) {
			text += 2;
			continue;
		}
		text = t.end;
		if (strcmp(t.name, name) != 0)
			continue;
		if (t.kind == '\0' && within == 0)
			return true;
		within += t.kind == '#' ? 1 : t.kind == '/' ? -1 : 0;
	}
	return false;
}

const char *
tk_template_split(struct tk_str *subject, const char *text)
{
	static const char word[] = "Subject:";
	struct tk_str line = TK_STR_INIT;
	const char *end;

	if (!tk_starts(text, word))
		return text;
	text += sizeof(word) - 1;
	end = text + strcspn(text, "\n");
	tk_str_add_data(&line, text, (size_t)(end - text));
	tk_str_trim(&line);
	tk_str_add_data(subject, line.data, line.len);
	tk_str_clear(&line);
	text = end + (*end == '\n');
	if (*text == '\r')
		text++;
	return text + (*text == '\n');
}

enum tk_status
tk_template_letter(struct tk_str *subject, struct tk_str *body,
    const char *text, const char *name, const struct tk_var *vars, size_t n,
    struct tk_err *err)
{
	struct tk_str line = TK_STR_INIT, filled = TK_STR_INIT;
	const char *rest = tk_template_split(&line, text), *p;
	struct render r = { .out = body,
		.name = name,
		.vars = vars,
		.n = n,
		.line = 1,
		.err = err };
	enum tk_status st =
	    tk_template_render(&filled, line.data, name, vars, n, err);

	for (p = text; p < rest; p++)
		r.line += *p == '\n';
	if (st == TK_OK)
		st = render(&r, rest);
	if (st == TK_OK)
		tk_utf8_safe(subject, filled.data, false);
	tk_str_clear(&line);
	tk_str_clear(&filled);
	return st;
}
