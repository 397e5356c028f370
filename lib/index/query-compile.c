/* query-compile - a query's tree as one WHERE and one ORDER BY. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/stem.h"
#include "base/utf8.h"
#include "index/term.h"

#define AROUND 60 /* columns of the query shown before the caret */

/* The query on a line of its own, and below it the caret. */
static void
add_caret(struct tk_err *err, const char *query, size_t at)
{
	struct tk_str line = TK_STR_INIT, before = TK_STR_INIT;
	struct tk_str safe = TK_STR_INIT;
	size_t from = at > AROUND ? at - AROUND : 0;

	while (from > 0 && ((unsigned char)query[from] & 0xC0) == 0x80)
		from--;
	tk_str_add_data(&before, query + from, at - from);
	tk_utf8_safe(&safe, before.data, false);
	tk_utf8_safe(&line, query + from, false);
	tk_str_cut(&line, tk_utf8_cut(line.data, line.len, safe.len + AROUND));
	tk_err_add_line(err, "  %s", line.data);
	tk_err_add_line(err, "  %*s", (int)(tk_utf8_width(safe.data) + 1), "^");
	tk_str_clear(&safe);
	tk_str_clear(&before);
	tk_str_clear(&line);
}

enum tk_status
tk_term_bad(struct tk_err *err, const char *query, const struct tk_term *t,
    size_t at, const char *what)
{
	size_t column = 1, i;
	enum tk_status st;

	for (i = 0; i < at; i++)
		column += ((unsigned char)query[i] & 0xC0) != 0x80;
	if (t->len > 0)
		st = tk_fail(err, TK_EINPUT, _("query, column %zu: %.*s: %s"),
		    column, (int)t->len, query + t->at, what);
	else
		st = tk_fail(
		    err, TK_EINPUT, _("query, column %zu: %s"), column, what);
	add_caret(err, query, at);
	return st;
}

/* Is something said about which states are wanted? */
static bool
says_states(const struct tk_term *t)
{
	size_t i;

	if (strcmp(t->field->name, "is") == 0)
		for (i = 0; i < t->n; i++)
			if (tk_strcaseeq(t->value[i].text, "open") ||
			    tk_strcaseeq(t->value[i].text, "closed"))
				return true;
	if (t->field == tk_field_word())
		return !t->value[0].quoted &&
		    strspn(t->value[0].text, "#0123456789") ==
		    strlen(t->value[0].text);
	return t->field->states;
}

static enum tk_status
compile(struct tk_compiler *c, const struct tk_node *n, struct tk_err *err);

static enum tk_status
compile_list(struct tk_compiler *c, const struct tk_node *n, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	tk_str_add_char(&c->where, '(');
	for (i = 0; st == TK_OK && i < n->n; i++) {
		if (i > 0)
			tk_str_add(&c->where,
			    n->kind == TK_NODE_AND ? " AND " : " OR ");
		st = compile(c, n->v[i], err);
	}
	tk_str_add_char(&c->where, ')');
	return st;
}

static enum tk_status
compile(struct tk_compiler *c, const struct tk_node *n, struct tk_err *err)
{
	if (n->kind == TK_NODE_TERM) {
		c->states = c->states || says_states(&n->term);
		return n->term.field->compile(c, &n->term, err);
	}
	if (n->kind != TK_NODE_NOT)
		return n->n == 1 ? compile(c, n->v[0], err)
				 : compile_list(c, n, err);
	tk_str_add(&c->where, "NOT ");
	return compile_list(c, n, err);
}

/* Words joined by or. */
static bool
is_any_word(const struct tk_node *n)
{
	size_t i;

	if (n->kind != TK_NODE_OR)
		return false;
	for (i = 0; i < n->n; i++) {
		const struct tk_node *one = n->v[i];

		while (one->n == 1 && one->kind != TK_NODE_NOT)
			one = one->v[0];
		if (one->kind != TK_NODE_TERM)
			return false;
	}
	return true;
}

/* Expressions from the one numbered from become one, if there is one for each
 * of the n terms; none of them else. */
static void
join_words(struct tk_strv *words, size_t from, size_t n)
{
	struct tk_str all = TK_STR_INIT;
	bool whole = words->n - from == n;

	while (words->n > from) {
		if (whole)
			tk_str_addf(&all, "%s(%s)", all.len > 0 ? " OR " : "",
			    words->v[words->n - 1]);
		free(words->v[--words->n]);
		words->v[words->n] = NULL;
	}
	if (whole)
		tk_strv_add(words, all.data);
	tk_str_clear(&all);
}

/* A condition that must hold for the whole. What is looked for in texts has
 * no part in rest. */
static enum tk_status
compile_top(struct tk_compiler *c, const struct tk_node *n, struct tk_err *err)
{
	size_t words = c->words.n, values = c->values.n, from, i;
	enum tk_status st;

	if (c->where.len > 0)
		tk_str_add(&c->where, " AND ");
	from = c->where.len;
	c->top = n->kind == TK_NODE_TERM || is_any_word(n);
	st = compile(c, n, err);
	c->top = false;
	if (n->kind == TK_NODE_OR && c->words.n > words)
		join_words(&c->words, words, n->n);
	if (st != TK_OK || c->words.n > words)
		return st;
	tk_str_addf(&c->rest, "%s%s", c->rest.len > 0 ? " AND " : "",
	    c->where.data + from);
	for (i = values; i < c->values.n; i++)
		tk_strv_add(&c->rest_values, c->values.v[i]);
	return TK_OK;
}

/* One text more, all of which must hold too. */
static enum tk_status
add_text(struct tk_compiler *c, const char *text, struct tk_err *err)
{
	struct tk_node *root = NULL;
	const struct tk_node *n;
	enum tk_status st;
	size_t i;

	c->text = text;
	st = tk_node_read(&root, c, err);
	for (n = root; n != NULL && n->n == 1 && n->kind != TK_NODE_NOT;)
		n = n->v[0];
	if (n != NULL && n->kind == TK_NODE_AND)
		for (i = 0; st == TK_OK && i < n->n; i++)
			st = compile_top(c, n->v[i], err);
	else if (st == TK_OK && n != NULL)
		st = compile_top(c, n, err);
	tk_node_free(root);
	return st;
}

static void
take(struct tk_query *q, struct tk_compiler *c)
{
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
	q->where_values = c->values.n;
	tk_strv_copy(&q->values, &c->order_values);
	if (c->rest.len == 0)
		tk_str_add(&c->rest, "1");
	q->rest = c->rest;
	tk_str_init(&c->rest);
	tk_strv_copy(&q->rest_values, &c->rest_values);
	tk_strv_copy(&q->words, &c->words);
	tk_strv_copy(&q->shown, &c->shown);
	tk_strv_copy(&q->shown_prefixes, &c->shown_prefixes);
	if (c->ctx->finals != NULL)
		tk_strv_copy(&q->finals, c->ctx->finals);
}

enum tk_status
tk_query_parse(struct tk_query **out, const char *text,
    const struct tk_query_context *ctx, struct tk_err *err)
{
	struct tk_compiler c = {
		.ctx = ctx, .where = TK_STR_INIT, .order = TK_STR_INIT
	};
	enum tk_status st;

	*out = NULL;
	st = add_text(&c, text, err);
	if (st == TK_OK && ctx->fallback != NULL && !c.states)
		st = add_text(&c, ctx->fallback, err);
	if (st == TK_OK && ctx->limit != NULL)
		st = add_text(&c, ctx->limit, err);
	if (st == TK_OK && ctx->order != NULL && c.order.len == 0)
		st = add_text(&c, ctx->order, err);
	if (st == TK_OK) {
		*out = tk_calloc(1, sizeof(**out));
		take(*out, &c);
	}
	tk_str_clear(&c.where);
	tk_str_clear(&c.order);
	tk_strv_clear(&c.values);
	tk_strv_clear(&c.order_values);
	tk_strv_clear(&c.sorted);
	tk_str_clear(&c.rest);
	tk_strv_clear(&c.rest_values);
	tk_strv_clear(&c.words);
	tk_strv_clear(&c.shown);
	tk_strv_clear(&c.shown_prefixes);
	tk_stemmer_free(c.stemmer);
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
	tk_str_clear(&q->rest);
	tk_strv_clear(&q->rest_values);
	tk_strv_clear(&q->words);
	tk_strv_clear(&q->shown);
	tk_strv_clear(&q->shown_prefixes);
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

const struct tk_strv *
tk_query_stems(const struct tk_query *q)
{
	return &q->shown;
}

const struct tk_strv *
tk_query_prefixes(const struct tk_query *q)
{
	return &q->shown_prefixes;
}
