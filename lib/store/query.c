/* query - the text of a query read into terms. */
#include "store/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/term.h"

/* SQLite's expressions have a depth; nobody types as much as this. */
#define MAX_TEXT 65536 /* bytes */
#define MAX_VALUES 200

struct reader {
	const char *text;
	size_t pos;
	size_t values; /* so far */
};

enum tk_status
tk_term_bad(struct tk_err *err, const char *query, const struct tk_term *t,
    size_t at, const char *what)
{
	size_t column = 1, i;

	for (i = 0; i < at; i++)
		column += ((unsigned char)query[i] & 0xC0) != 0x80;
	return tk_fail(err, TK_EINPUT, _("query, column %zu: %.*s: %s"), column,
	    (int)t->len, query + t->at, what);
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The term up to the end of the query: so far is not known how far it goes. */
static enum tk_status
bad_rest(const struct reader *r, struct tk_term *t, size_t at, const char *what,
    struct tk_err *err)
{
	t->len = strlen(r->text + t->at);
	return tk_term_bad(err, r->text, t, at, what);
}

/* Up to a blank, or a comma where the term is a list, outside of quotes. */
static enum tk_status
read_value(struct reader *r, struct tk_term *t, bool list, struct tk_err *err)
{
	struct tk_value *v;
	struct tk_str s = TK_STR_INIT;
	size_t from = r->pos, open = 0;
	bool inside = false, quoted = false;
	char c;

	for (; (c = r->text[r->pos]) != '\0'; r->pos++) {
		if (!inside && (is_blank(c) || (list && c == ',')))
			break;
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

static void
read_op(struct reader *r, struct tk_term *t)
{
	bool less = r->text[r->pos] == '<', equal;

	if (!less && r->text[r->pos] != '>')
		return;
	equal = r->text[++r->pos] == '=';
	r->pos += equal;
	t->op = less ? equal ? TK_OP_LE : TK_OP_LT
	    : equal  ? TK_OP_GE
		     : TK_OP_GT;
}

/* The name of a field and ":", "<" or ">": *field. A bare word else. */
static enum tk_status
read_field(struct reader *r, struct tk_term *t, bool *field, struct tk_err *err)
{
	const char *p = r->text + r->pos;
	size_t n = 0;
	bool colon;

	while (isalpha((unsigned char)p[n]) || (n > 0 && p[n] == '_'))
		n++;
	colon = p[n] == ':';
	t->field = n > 0 ? tk_field_find(p, n) : NULL;
	*field = n > 0 &&
	    (colon || (t->field != NULL && (p[n] == '<' || p[n] == '>')));
	if (!*field) {
		t->field = tk_field_word();
		return TK_OK;
	}
	if (t->field == NULL) {
		for (t->len = r->pos + n - t->at;
		     p[n] != '\0' && !is_blank(p[n]); n++)
			t->len++;
		return tk_term_bad(err, r->text, t, t->at + t->negated,
		    _("no such field; put quotation marks around words with "
		      "a colon"));
	}
	r->pos += n + colon;
	read_op(r, t);
	return TK_OK;
}

static enum tk_status
read_term(struct reader *r, struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;
	bool field;

	t->at = r->pos;
	t->op = TK_OP_IS;
	if (r->text[r->pos] == '-') {
		t->negated = true;
		r->pos++;
	}
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

static void
clear_term(struct tk_term *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		free(t->value[i].text);
	free(t->value);
}

static struct tk_query *
new_query(struct tk_compiler *c)
{
	struct tk_query *q = tk_calloc(1, sizeof(*q));

	if (c->where.len == 0)
		tk_str_add(&c->where, "1");
	if (c->order.len == 0)
		tk_str_add(&c->order, "updated DESC, number DESC");
	else
		tk_str_add(&c->order, ", number");
	tk_str_add(&c->order, ", site, prefix"); /* no two have all the same */
	q->where = c->where;
	q->order = c->order;
	tk_str_init(&c->where);
	tk_str_init(&c->order);
	tk_strv_copy(&q->values, &c->values);
	tk_strv_copy(&q->values, &c->order_values);
	if (c->ctx->finals != NULL)
		tk_strv_copy(&q->finals, c->ctx->finals);
	return q;
}

enum tk_status
tk_query_parse(struct tk_query **out, const char *text,
    const struct tk_query_context *ctx, struct tk_err *err)
{
	struct reader r = { .text = text };
	struct tk_compiler c = { .text = text,
		.ctx = ctx,
		.where = TK_STR_INIT,
		.order = TK_STR_INIT };
	enum tk_status st = TK_OK;
	size_t len = strlen(text);

	*out = NULL;
	if (len > MAX_TEXT)
		return tk_fail(err, TK_EINPUT, _("the query is too long"));
	if (!tk_utf8_valid(text, len))
		return tk_fail(err, TK_EINPUT, _("the query is not UTF-8"));
	while (st == TK_OK) {
		struct tk_term t = { .n = 0 };

		while (is_blank(text[r.pos]))
			r.pos++;
		if (text[r.pos] == '\0')
			break;
		if ((st = read_term(&r, &t, err)) == TK_OK)
			st = tk_term_compile(&c, &t, err);
		clear_term(&t);
	}
	if (st == TK_OK)
		*out = new_query(&c);
	tk_str_clear(&c.where);
	tk_str_clear(&c.order);
	tk_strv_clear(&c.values);
	tk_strv_clear(&c.order_values);
	tk_strv_clear(&c.sorted);
	return st;
}

void
tk_query_free(struct tk_query *q)
{
	if (q == NULL)
		return;
	tk_str_clear(&q->where);
	tk_str_clear(&q->order);
	tk_strv_clear(&q->values);
	tk_strv_clear(&q->finals);
	free(q);
}

const char *
tk_query_where(const struct tk_query *q)
{
	return q->where.data;
}

const char *
tk_query_order(const struct tk_query *q)
{
	return q->order.data;
}

const struct tk_strv *
tk_query_values(const struct tk_query *q)
{
	return &q->values;
}

const struct tk_strv *
tk_query_finals(const struct tk_query *q)
{
	return &q->finals;
}
