/* query - the text of a query read into a tree. */
#include "index/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/term.h"

/* SQLite's expressions have a depth; nobody types as much as this. */
#define MAX_TEXT 65536 /* bytes */
#define MAX_VALUES 200
#define MAX_DEPTH 20

struct reader {
	const char *text;
	size_t pos;
	size_t values; /* so far */
	int depth;     /* of brackets */
	struct tk_compiler *c;
};

void
tk_node_free(struct tk_node *n)
{
	size_t i;

	if (n == NULL)
		return;
	for (i = 0; i < n->n; i++)
		tk_node_free(n->v[i]);
	for (i = 0; i < n->term.n; i++)
		free(n->term.value[i].text);
	free(n->term.value);
	free(n->v);
	free(n);
}

static struct tk_node *
new_node(enum tk_node_kind kind)
{
	struct tk_node *n = tk_calloc(1, sizeof(*n));

	n->kind = kind;
	return n;
}

static void
add_node(struct tk_node *to, struct tk_node *n)
{
	if (n == NULL)
		return;
	TK_GROW(to->v, to->n, to->cap);
	to->v[to->n++] = n;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_blanks(struct reader *r)
{
	while (is_blank(r->text[r->pos]))
		r->pos++;
}

/* The term up to the end of the query: so far is not known how far it goes. */
static enum tk_status
bad_rest(const struct reader *r, struct tk_term *t, size_t at, const char *what,
    struct tk_err *err)
{
	t->len = strlen(r->text + t->at);
	return tk_term_bad(err, r->text, t, at, what);
}

/* One character of the query is in the way. */
static enum tk_status
bad_here(
    const struct reader *r, size_t at, const char *what, struct tk_err *err)
{
	struct tk_term t = { .at = at, .len = r->text[at] != '\0' };

	return tk_term_bad(err, r->text, &t, at, what);
}

/* Up to a blank, a bracket that closes one around the term, or a comma where
 * the term is a list; outside of quotes. */
static enum tk_status
read_value(struct reader *r, struct tk_term *t, bool list, struct tk_err *err)
{
	struct tk_value *v;
	struct tk_str s = TK_STR_INIT;
	size_t from = r->pos, open = 0;
	bool inside = false, quoted = false;
	int brackets = 0;
	char c;

	for (; (c = r->text[r->pos]) != '\0'; r->pos++) {
		if (!inside && (is_blank(c) || (list && c == ',')))
			break;
		if (!inside && c == ')' && brackets == 0 && r->depth > 0)
			break;
		if (!inside)
			brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
		if (c == '"') {
			inside = !inside;
			quoted = true;
			open = r->pos;
			continue;
		}
		if (inside && c == '\\' && r->text[r->pos + 1] != '\0')
			c = r->text[++r->pos];
		tk_str_add_char(&s, c);
	}
	TK_GROW(t->value, t->n, t->cap);
	v = &t->value[t->n++];
	v->text = tk_str_detach(&s);
	v->quoted = quoted;
	v->at = from;
	if (inside)
		return bad_rest(
		    r, t, open, _("this quotation mark has no end"), err);
	if (++r->values > MAX_VALUES)
		return bad_rest(r, t, from, _("the query is too long"), err);
	t->len = r->pos - t->at;
	if (v->text[0] == '\0' && !quoted)
		return tk_term_bad(err, r->text, t, from,
		    _("a value is missing here; \"none\" stands for nothing"));
	return TK_OK;
}

/* Behind the name of a field: how many bytes are a ":", "=", "!=", "<" ... */
static size_t
op_len(const char *p, struct tk_term *t)
{
	size_t n = p[0] == ':';

	if (p[n] == '<' || p[n] == '>') {
		if (p[n + 1] == '=')
			t->op = p[n] == '<' ? TK_OP_LE : TK_OP_GE;
		else
			t->op = p[n] == '<' ? TK_OP_LT : TK_OP_GT;
		return n + 1 + (p[n + 1] == '=');
	}
	if (n > 0)
		return n;
	if (p[0] == '!' && p[1] == '=') {
		t->negated = true;
		return 2;
	}
	return p[0] == '=';
}

/* The name of a field and ":", "<" or ">": *field. A bare word else. */
static enum tk_status
read_field(struct reader *r, struct tk_term *t, bool *field, struct tk_err *err)
{
	const char *p = r->text + r->pos;
	size_t n = 0, op;

	while (isalpha((unsigned char)p[n]) ||
	    (n > 0 &&
		(isalnum((unsigned char)p[n]) || strchr("_.-", p[n]) != NULL) &&
		p[n] != '\0'))
		n++;
	t->field = n > 0 ? tk_field_find(p, n) : NULL;
	op = n > 0 ? op_len(p + n, t) : 0;
	*field = op > 0 && (p[n] == ':' || t->field != NULL);
	if (!*field) {
		t->op = TK_OP_IS;
		t->negated = false;
		t->field = tk_field_word();
		return TK_OK;
	}
	if (t->field == NULL) {
		for (t->len = n; p[n] != '\0' && !is_blank(p[n]); n++)
			t->len++;
		return tk_term_bad(err, r->text, t, t->at,
		    _("no such field; put quotation marks around words with "
		      "a colon"));
	}
	r->pos += n + op;
	return TK_OK;
}

static enum tk_status
read_term(struct reader *r, struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;
	bool field;

	t->at = r->pos;
	t->op = TK_OP_IS;
	if ((st = read_field(r, t, &field, err)) != TK_OK ||
	    (st = read_value(r, t, field, err)) != TK_OK)
		return st;
	while (field && r->text[r->pos] == ',') {
		r->pos++;
		if ((st = read_value(r, t, true, err)) != TK_OK)
			return st;
	}
	if (t->op == TK_OP_IS)
		return TK_OK;
	if (!t->field->compares)
		return tk_term_bad(err, r->text, t, t->at,
		    _("< and > are for times and numbers"));
	if (t->n > 1)
		return tk_term_bad(err, r->text, t, t->value[1].at,
		    _("< and > take one value"));
	return TK_OK;
}

/* Is this word here, whole, in any case of letters? */
static bool
at_word(const struct reader *r, const char *word)
{
	const char *p = r->text + r->pos;
	size_t i, n = strlen(word);

	for (i = 0; i < n; i++)
		if (toupper((unsigned char)p[i]) != word[i])
			return false;
	return p[n] == '\0' || is_blank(p[n]) || p[n] == '(' || p[n] == ')';
}

/* "not" before a word may be a part of what is looked for: printer not
 * working. NOT, and not before a field or a bracket, is the operator. */
static bool
at_not(struct reader *r)
{
	struct tk_term ignored = { .n = 0 };
	const char *p;
	size_t n;

	if (!at_word(r, "NOT"))
		return false;
	if (r->text[r->pos] == 'N' && r->text[r->pos + 1] == 'O')
		return true;
	for (p = r->text + r->pos + 3; is_blank(*p); p++)
		;
	for (n = 0; isalpha((unsigned char)p[n]) || p[n] == '_'; n++)
		;
	return p[0] == '(' ||
	    (n > 0 && tk_field_find(p, n) != NULL &&
		op_len(p + n, &ignored) > 0);
}

static enum tk_status
read_or(struct reader *r, struct tk_node **out, struct tk_err *err);

static enum tk_status
read_group(struct reader *r, struct tk_node **out, struct tk_err *err)
{
	size_t open = r->pos++;
	enum tk_status st;

	if (++r->depth > MAX_DEPTH)
		return bad_here(r, open, _("too many brackets"), err);
	if ((st = read_or(r, out, err)) != TK_OK)
		return st;
	if (r->text[r->pos] != ')') {
		tk_node_free(*out);
		*out = NULL;
		return bad_here(r, open, _("this bracket has no end"), err);
	}
	r->depth--;
	r->pos++;
	if (*out == NULL)
		return bad_here(
		    r, open, _("there is nothing in these brackets"), err);
	return TK_OK;
}

/* *out stays NULL for an order, which is no condition. */
static enum tk_status
read_one(
    struct reader *r, struct tk_node **out, bool inside, struct tk_err *err)
{
	struct tk_node *n;
	enum tk_status st;

	*out = NULL;
	if (r->text[r->pos] == '(')
		return read_group(r, out, err);
	n = new_node(TK_NODE_TERM);
	if ((st = read_term(r, &n->term, err)) == TK_OK &&
	    n->term.field->orders) {
		if (inside || r->depth > 0 || n->term.negated)
			st = tk_term_bad(err, r->text, &n->term, n->term.at,
			    inside ? _("write sort:-FIELD for the other way "
				       "round")
				   : _("an order stands outside of brackets"));
		else
			st = n->term.field->compile(r->c, &n->term, err);
		tk_node_free(n);
		return st;
	}
	if (st == TK_OK)
		*out = n;
	else
		tk_node_free(n);
	return st;
}

static enum tk_status
read_not(struct reader *r, struct tk_node **out, struct tk_err *err)
{
	struct tk_node *n = NULL, *inner = NULL;
	bool no = false, inside = false;
	size_t from = r->pos;
	enum tk_status st;

	*out = NULL;
	for (;; from = r->pos) {
		if (r->text[r->pos] == '-')
			r->pos++;
		else if (at_not(r))
			r->pos += 3, skip_blanks(r);
		else
			break;
		no = !no;
		inside = true;
	}
	if (inside && (r->text[r->pos] == '\0' || is_blank(r->text[r->pos])))
		return bad_here(r, r->pos, _("what is this about?"), err);
	(void)from;
	if ((st = read_one(r, &inner, inside, err)) != TK_OK || inner == NULL)
		return st;
	if (inner->kind == TK_NODE_TERM && inner->term.negated)
		no = !no;
	if (no) {
		n = new_node(TK_NODE_NOT);
		add_node(n, inner);
		inner = n;
	}
	*out = inner;
	return TK_OK;
}

static enum tk_status
read_and(struct reader *r, struct tk_node **out, struct tk_err *err)
{
	struct tk_node *all = new_node(TK_NODE_AND), *one;
	enum tk_status st = TK_OK;
	bool joined = false;
	size_t from;

	*out = NULL;
	while (st == TK_OK) {
		skip_blanks(r);
		from = r->pos;
		if (at_word(r, "AND")) {
			if (all->n == 0 || joined)
				st = bad_here(r, from,
				    _("AND stands between two terms"), err);
			joined = true;
			r->pos += 3;
			continue;
		}
		if (r->text[r->pos] == '\0' || at_word(r, "OR") ||
		    (r->text[r->pos] == ')' && r->depth > 0)) {
			if (joined)
				st = bad_here(r, from,
				    _("AND stands between two terms"), err);
			break;
		}
		joined = false;
		if (r->text[r->pos] == ')')
			st = bad_here(
			    r, from, _("this bracket closes nothing"), err);
		else if ((st = read_not(r, &one, err)) == TK_OK)
			add_node(all, one);
	}
	if (st != TK_OK || all->n == 0) {
		tk_node_free(all);
		return st;
	}
	*out = all;
	return TK_OK;
}

static enum tk_status
read_or(struct reader *r, struct tk_node **out, struct tk_err *err)
{
	struct tk_node *any = new_node(TK_NODE_OR), *one = NULL;
	enum tk_status st;
	size_t at = 0;
	bool more = false;

	*out = NULL;
	for (;;) {
		if ((st = read_and(r, &one, err)) != TK_OK)
			break;
		if (one == NULL && (more || at_word(r, "OR"))) {
			st = bad_here(r, more ? at : r->pos,
			    _("OR stands between two terms"), err);
			break;
		}
		add_node(any, one);
		if (!(more = at_word(r, "OR")))
			break;
		at = r->pos;
		r->pos += 2;
	}
	if (st != TK_OK || any->n == 0) {
		tk_node_free(any);
		return st;
	}
	*out = any;
	return TK_OK;
}

enum tk_status
tk_node_read(struct tk_node **out, struct tk_compiler *c, struct tk_err *err)
{
	struct reader r = { .text = c->text, .c = c };
	size_t len = strlen(c->text);

	*out = NULL;
	if (len > MAX_TEXT)
		return tk_fail(err, TK_EINPUT, _("the query is too long"));
	if (!tk_utf8_valid(c->text, len))
		return tk_fail(err, TK_EINPUT, _("the query is not UTF-8"));
	return read_or(&r, out, err);
}
