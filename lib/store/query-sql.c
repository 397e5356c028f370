/* query-sql - the fields of a query, and what each becomes in SQL. */
#include "store/term.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/id.h"

/* A ? and what is bound there. */
static void
add_value(struct tk_compiler *c, const char *value)
{
	tk_str_add_char(&c->where, '?');
	tk_strv_add(&c->values, value);
}

void
tk_term_add(struct tk_compiler *c, const char *sql, int64_t n)
{
	tk_str_addf(&c->where, "%s ?", sql);
	tk_strv_add_own(&c->values, tk_strf("%lld", (long long)n));
}

/* (?, ?, ?); an empty list is allowed in SQLite and has nothing. */
static void
add_list(struct tk_str *sql, struct tk_strv *values, const struct tk_strv *list)
{
	size_t i;

	tk_str_add_char(sql, '(');
	for (i = 0; list != NULL && i < list->n; i++) {
		tk_str_add(sql, i > 0 ? ", ?" : "?");
		tk_strv_add(values, list->v[i]);
	}
	tk_str_add_char(sql, ')');
}

static bool
is_word(const struct tk_value *v, const char *word)
{
	return !v->quoted && tk_strcaseeq(v->text, word);
}

static bool
is_none(const struct tk_value *v)
{
	return v->text[0] == '\0' || is_word(v, "none");
}

static enum tk_status
by_name(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_value *v;
	size_t i;

	tk_str_addf(&c->where, "%s COLLATE NOCASE IN (", t->field->column);
	for (i = 0; i < t->n; i++) {
		v = &t->value[i];
		tk_str_add(&c->where, i > 0 ? ", " : "");
		if (t->field->me && is_word(v, "me") && c->ctx->me == NULL)
			return tk_term_bad(err, c->text, t, v->at,
			    _("it is not known who you are (tk.actor)"));
		if (t->field->me && is_word(v, "me"))
			add_value(c, c->ctx->me);
		else
			add_value(c, is_none(v) ? "" : v->text);
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

/* A folder of categories has all that is below it. */
static enum tk_status
by_path(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;
	struct tk_str low = TK_STR_INIT;
	size_t i;

	tk_str_add_char(&c->where, '(');
	st = by_name(c, t, err);
	for (i = 0; i < t->n && st == TK_OK; i++) {
		if (is_none(&t->value[i]))
			continue;
		tk_str_set(&low, t->value[i].text);
		for (char *p = low.data; *p != '\0'; p++)
			*p = (char)tolower((unsigned char)*p);
		if (!tk_ends(low.data, "/"))
			tk_str_add_char(&low, '/');
		tk_str_addf(
		    &c->where, " OR instr(lower(%s), ", t->field->column);
		add_value(c, low.data);
		tk_str_add(&c->where, ") = 1");
	}
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&low);
	return st;
}

/* instr() and not LIKE: %, _ and letters beyond ASCII. */
static void
add_contains(struct tk_compiler *c, const char *column, const char *text)
{
	struct tk_str low = TK_STR_INIT;

	tk_utf8_lower(&low, text);
	tk_str_addf(&c->where, "instr(%s, ", column);
	add_value(c, low.data);
	tk_str_add(&c->where, ") > 0");
	tk_str_clear(&low);
}

static enum tk_status
by_text(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	size_t i;

	(void)err;
	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (is_none(&t->value[i]))
			tk_str_addf(&c->where, "%s = ''", t->field->column);
		else
			add_contains(c, t->field->column, t->value[i].text);
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

/* As people write them: TK-42, tk-42.kyiv, 42 and #42. */
static bool
add_id(struct tk_compiler *c, const char *text, const char *before)
{
	struct tk_id id;
	struct tk_str s = TK_STR_INIT;
	bool prefixed = isalpha((unsigned char)text[0]), head = prefixed, ok;
	char *p;

	tk_str_add(&s, text);
	for (p = s.data; *p != '\0'; p++) {
		head = head && *p != '-';
		*p = (char)(head ? toupper((unsigned char)*p)
				 : tolower((unsigned char)*p));
	}
	ok = prefixed ? tk_id_parse(&id, s.data)
		      : text[0] != '-' && tk_id_parse_loose(&id, s.data, "");
	if (ok)
		tk_str_add(&c->where, before);
	if (ok && prefixed) {
		tk_str_add(&c->where, "id = ");
		add_value(c, s.data);
	} else if (ok) {
		tk_term_add(c, "(number =", (int64_t)id.number);
		tk_str_add(&c->where, " AND site = ");
		add_value(c, id.site);
		tk_str_add_char(&c->where, ')');
	}
	tk_str_clear(&s);
	return ok;
}

static enum tk_status
by_id(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (!add_id(c, t->value[i].text, i > 0 ? " OR " : "("))
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("this is no ticket number"));
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

static enum tk_status
by_word(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const char *text = t->value[0].text;

	if (text[0] == '\0')
		return tk_term_bad(
		    err, c->text, t, t->at, _("nothing to look for"));
	/* A number is a ticket's; in words it is looked for in quotes. A long
	 * one is a telephone's. */
	if (!t->value[0].quoted && strspn(text, "0123456789") == strlen(text) &&
	    strlen(text) <= 9 && add_id(c, text, "("))
		goto out;
	tk_str_add_char(&c->where, '(');
	add_contains(c, "subject_low", text);
	tk_str_add(&c->where, " OR ");
	add_contains(c, "requester_low", text);
	if (!t->value[0].quoted)
		(void)add_id(c, text, " OR ");
out:
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

static const char *
op_text(enum tk_term_op op)
{
	static const char *const text[] = { [TK_OP_IS] = "=",
		[TK_OP_LT] = "<",
		[TK_OP_LE] = "<=",
		[TK_OP_GT] = ">",
		[TK_OP_GE] = ">=" };

	return text[op];
}

static enum tk_status
by_number(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const char *text, *col = t->field->column;
	size_t i;

	for (i = 0; i < t->n; i++) {
		text = t->value[i].text;
		if (!is_none(&t->value[i]) &&
		    (strspn(text, "0123456789") != strlen(text) ||
			strlen(text) > 9))
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("this is no number"));
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (t->op != TK_OP_IS) /* 0 is none */
			tk_str_addf(&c->where, "%s > 0 AND ", col);
		tk_str_addf(&c->where, "%s %s ", col, op_text(t->op));
		add_value(c, is_none(&t->value[i]) ? "0" : text);
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

static void
add_state_in(struct tk_compiler *c, const char *sql)
{
	tk_str_addf(&c->where, "%s ", sql);
	add_list(&c->where, &c->values, c->ctx->finals);
}

static enum tk_status
by_closed(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;

	if (t->op == TK_OP_IS && t->n == 1 && is_none(&t->value[0])) {
		add_state_in(c, "state NOT IN");
		return TK_OK;
	}
	add_state_in(c, "(since > 0 AND state IN");
	tk_str_add(&c->where, " AND ");
	if ((st = tk_term_by_time(c, t, err)) == TK_OK)
		tk_str_add_char(&c->where, ')');
	return st;
}

static enum tk_status
by_is(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_value *v;
	size_t i;

	for (i = 0; i < t->n; i++) {
		v = &t->value[i];
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (tk_strcaseeq(v->text, "open")) {
			add_state_in(c, "state NOT IN");
		} else if (tk_strcaseeq(v->text, "closed")) {
			add_state_in(c, "state IN");
		} else if (tk_strcaseeq(v->text, "urgent")) {
			tk_str_add(&c->where, "priority IN ");
			add_list(&c->where, &c->values, c->ctx->urgent);
		} else {
			return tk_term_bad(err, c->text, t, v->at,
			    _("is: takes open, closed and urgent"));
		}
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

static void
order_column(struct tk_compiler *c, const struct tk_field *f)
{
	tk_str_add(&c->order, f->column);
}

/* A ticket's number, whatever its prefix is. */
static void
order_id(struct tk_compiler *c, const struct tk_field *f)
{
	(void)f;
	tk_str_add(&c->order, "number");
}

/* As the regulation has them; what it does not know comes last. */
static void
order_priority(struct tk_compiler *c, const struct tk_field *f)
{
	const struct tk_strv *ids = c->ctx->priorities;
	size_t i;

	if (ids == NULL || ids->n == 0) {
		order_column(c, f);
		return;
	}
	tk_str_addf(&c->order, "CASE %s", f->column);
	for (i = 0; i < ids->n; i++) {
		tk_str_addf(&c->order, " WHEN ? THEN %zu", i);
		tk_strv_add(&c->order_values, ids->v[i]);
	}
	tk_str_addf(&c->order, " ELSE %zu END", i);
}

static void
order_closed(struct tk_compiler *c, const struct tk_field *f)
{
	tk_str_add(&c->order, "CASE WHEN state IN ");
	add_list(&c->order, &c->order_values, c->ctx->finals);
	tk_str_addf(&c->order, " THEN %s ELSE 0 END", f->column);
}

static enum tk_status
by_order(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	const struct tk_field *f;
	const char *name;
	size_t i;

	if (t->negated)
		return tk_term_bad(err, c->text, t, t->at,
		    _("write sort:-FIELD for the other way round"));
	for (i = 0; i < t->n; i++) {
		name = t->value[i].text;
		name += name[0] == '-';
		f = tk_field_find(name, strlen(name));
		if (f == NULL || f->order == NULL)
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("there is no such field to sort by"));
		if (tk_strv_has(&c->sorted, f->name))
			continue;
		tk_strv_add(&c->sorted, f->name);
		tk_str_add(&c->order, c->order.len > 0 ? ", " : "");
		f->order(c, f);
		if (t->value[i].text[0] == '-')
			tk_str_add(&c->order, " DESC");
	}
	return TK_OK;
}

#define NAME(field)                                                     \
	{                                                               \
		.name = (field), .column = (field), .compile = by_name, \
		.order = order_column                                   \
	}
#define TEXT(field)                                                          \
	{                                                                    \
		.name = (field), .column = field "_low", .compile = by_text, \
		.order = order_column                                        \
	}
#define TIME(field)                                                \
	{                                                          \
		.name = (field), .column = (field),                \
		.compile = tk_term_by_time, .order = order_column, \
		.compares = true                                   \
	}

static const struct tk_field fields[] = {
	{ .name = "id", .column = "id", .compile = by_id, .order = order_id },
	NAME("state"),
	NAME("type"),
	NAME("queue"),
	NAME("client"),
	NAME("channel"),
	TEXT("subject"),
	TEXT("requester"),
	TIME("created"),
	TIME("updated"),
	{ .name = "closed",
	    .column = "since",
	    .compile = by_closed,
	    .order = order_closed,
	    .compares = true },
	{ .name = "line",
	    .column = "line",
	    .compile = by_number,
	    .order = order_column,
	    .compares = true },
	{ .name = "priority",
	    .column = "priority",
	    .compile = by_name,
	    .order = order_priority },
	{ .name = "category",
	    .column = "category",
	    .compile = by_path,
	    .order = order_column },
	{ .name = "assignee",
	    .column = "assignee",
	    .compile = by_name,
	    .order = order_column,
	    .me = true },
	{ .name = "is", .compile = by_is },
	{ .name = "sort", .compile = by_order, .orders = true },
};

const struct tk_field *
tk_field_find(const char *name, size_t len)
{
	char *want = tk_strndup(name, len);
	size_t i;

	for (i = 0; i < TK_COUNT(fields); i++)
		if (tk_strcaseeq(fields[i].name, want))
			break;
	free(want);
	return i < TK_COUNT(fields) ? &fields[i] : NULL;
}

const struct tk_field *
tk_field_word(void)
{
	static const struct tk_field word = { .name = "", .compile = by_word };

	return &word;
}

enum tk_status
tk_term_compile(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	if (t->field->orders)
		return t->field->compile(c, t, err);
	if (c->where.len > 0)
		tk_str_add(&c->where, " AND ");
	if (t->negated)
		tk_str_add(&c->where, "NOT ");
	return t->field->compile(c, t, err);
}
