/* query-sql - what the fields of a head become in SQL, by their kind. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/term.h"

void
tk_term_add_text(struct tk_compiler *c, const char *sql, const char *text)
{
	tk_str_addf(&c->where, "%s ?", sql);
	tk_strv_add(&c->values, text);
}

void
tk_term_add(struct tk_compiler *c, const char *sql, int64_t n)
{
	tk_str_addf(&c->where, "%s ?", sql);
	tk_strv_add_own(&c->values, tk_strf("%lld", (long long)n));
}

void
tk_term_add_list(
    struct tk_str *sql, struct tk_strv *values, const struct tk_strv *list)
{
	size_t i;

	/* An empty list is allowed in SQLite and has nothing. */
	tk_str_add_char(sql, '(');
	for (i = 0; list != NULL && i < list->n; i++) {
		tk_str_add(sql, i > 0 ? ", ?" : "?");
		tk_strv_add(values, list->v[i]);
	}
	tk_str_add_char(sql, ')');
}

bool
tk_value_is(const struct tk_value *v, const char *word)
{
	return !v->quoted && tk_strcaseeq(v->text, word);
}

bool
tk_value_is_none(const struct tk_value *v)
{
	return v->text[0] == '\0' || tk_value_is(v, "none");
}

const char *
tk_op_text(enum tk_term_op op)
{
	static const char *const text[] = { [TK_OP_IS] = "=",
		[TK_OP_LT] = "<",
		[TK_OP_LE] = "<=",
		[TK_OP_GT] = ">",
		[TK_OP_GE] = ">=" };

	return text[op];
}

bool
tk_value_range(char **from, char **to, const struct tk_value *v)
{
	const char *dots = strstr(v->text, "..");

	*from = *to = NULL;
	if (v->quoted || dots == NULL || strlen(v->text) == 2)
		return false;
	*from = tk_strndup(v->text, (size_t)(dots - v->text));
	*to = tk_strdup(dots + 2);
	return true;
}

static bool
is_me(const struct tk_value *v)
{
	return tk_value_is(v, "me") || tk_value_is(v, "@me");
}

/* The value of a name, with "me" and "none" as what they stand for. */
static enum tk_status
name_of(const char **out, struct tk_compiler *c, const struct tk_term *t,
    const struct tk_value *v, struct tk_err *err)
{
	*out = tk_value_is_none(v) ? "" : v->text;
	if (!t->field->me || !is_me(v))
		return TK_OK;
	if (c->ctx->me == NULL)
		return tk_term_bad(err, c->text, t, v->at,
		    _("it is not known who you are (tk.actor)"));
	*out = c->ctx->me;
	return TK_OK;
}

/* net*: all that begins so. */
static bool
is_prefix(const struct tk_value *v)
{
	size_t n = strlen(v->text);

	return !v->quoted && n > 1 && v->text[n - 1] == '*';
}

static void
add_prefix(struct tk_compiler *c, const char *column, const char *text)
{
	char *start = tk_strndup(text, strlen(text) - 1);

	tk_str_addf(&c->where, " OR substr(%s, 1, %zu)", column, strlen(start));
	tk_term_add_text(c, " COLLATE NOCASE =", start);
	free(start);
}

/* column IN (...) [OR ...], in brackets. */
static enum tk_status
add_names(struct tk_compiler *c, const struct tk_term *t, const char *column,
    struct tk_err *err)
{
	const char *name;
	enum tk_status st;
	size_t i, n = 0;

	tk_str_addf(&c->where, "(%s IN (", column);
	for (i = 0; i < t->n; i++) {
		if (is_prefix(&t->value[i]))
			continue;
		if ((st = name_of(&name, c, t, &t->value[i], err)) != TK_OK)
			return st;
		tk_term_add_text(c, n++ > 0 ? "," : "", name);
	}
	tk_str_add_char(&c->where, ')');
	for (i = 0; i < t->n; i++)
		if (is_prefix(&t->value[i]))
			add_prefix(c, column, t->value[i].text);
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

enum tk_status
tk_ask_name(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	return add_names(c, t, t->field->column, err);
}

/* A folder of categories has all that is below it. */
enum tk_status
tk_ask_path(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	enum tk_status st;
	struct tk_str low = TK_STR_INIT;
	size_t i;

	tk_str_add_char(&c->where, '(');
	st = add_names(c, t, t->field->column, err);
	for (i = 0; i < t->n && st == TK_OK; i++) {
		if (tk_value_is_none(&t->value[i]))
			continue;
		tk_str_set(&low, t->value[i].text);
		for (char *p = low.data; *p != '\0'; p++)
			*p = (char)tolower((unsigned char)*p);
		if (!tk_ends(low.data, "/"))
			tk_str_add_char(&low, '/');
		tk_str_addf(
		    &c->where, " OR instr(lower(%s),", t->field->column);
		tk_term_add_text(c, "", low.data);
		tk_str_add(&c->where, ") = 1");
	}
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&low);
	return st;
}

/* instr() and not LIKE: %, _ and letters beyond ASCII. */
enum tk_status
tk_ask_text(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	size_t i;

	(void)err;
	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR " : "(");
		if (tk_value_is_none(&t->value[i])) {
			tk_str_addf(&c->where, "%s = ''", t->field->column);
			continue;
		}
		tk_str_reset(&low);
		tk_utf8_lower(&low, t->value[i].text);
		tk_str_addf(&c->where, "instr(%s_low,", t->field->column);
		tk_term_add_text(c, "", low.data);
		tk_str_add(&c->where, ") > 0");
	}
	tk_str_add_char(&c->where, ')');
	tk_str_clear(&low);
	return TK_OK;
}

/* A value of a number or a span; "" is an open end of a range. */
typedef bool read_fn(int64_t *n, const char *text);

static bool
read_number(int64_t *n, const char *text)
{
	if (text[0] == '\0' || strspn(text, "0123456789") != strlen(text) ||
	    strlen(text) > 9)
		return false;
	*n = strtol(text, NULL, 10);
	return true;
}

static bool
read_span(int64_t *n, const char *text)
{
	if (!tk_span_parse(n, text))
		return false;
	*n /= 60;
	return true;
}

/* 10..20, both ends with it; false: an end is not what it should be. */
static bool
add_range(struct tk_compiler *c, const char *column, const char *from,
    const char *to, read_fn *read)
{
	int64_t a = 0, b = 0;

	if ((from[0] != '\0' && !read(&a, from)) ||
	    (to[0] != '\0' && !read(&b, to)))
		return false;
	tk_str_addf(&c->where, "%s > 0", column);
	if (from[0] != '\0') {
		tk_str_addf(&c->where, " AND %s", column);
		tk_term_add(c, " >=", a);
	}
	if (to[0] != '\0') {
		tk_str_addf(&c->where, " AND %s", column);
		tk_term_add(c, " <=", b);
	}
	return true;
}

static enum tk_status
ask_amount(struct tk_compiler *c, const struct tk_term *t, read_fn *read,
    bool zero, const char *what, struct tk_err *err)
{
	const char *col = t->field->column;
	char *from, *to;
	int64_t n;
	size_t i;
	bool good;

	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR (" : "((");
		n = 0;
		if (tk_value_range(&from, &to, &t->value[i])) {
			good = add_range(c, col, from, to, read);
			free(from);
			free(to);
		} else {
			good = tk_value_is_none(&t->value[i]) ||
			    read(&n, t->value[i].text);
			if (t->op != TK_OP_IS && !zero) /* 0 is none */
				tk_str_addf(&c->where, "%s > 0 AND ", col);
			tk_str_addf(&c->where, "%s %s", col, tk_op_text(t->op));
			tk_term_add(c, "", n);
		}
		if (!good)
			return tk_term_bad(
			    err, c->text, t, t->value[i].at, what);
		tk_str_add_char(&c->where, ')');
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}

enum tk_status
tk_ask_number(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	return ask_amount(
	    c, t, read_number, false, _("this is no number"), err);
}

enum tk_status
tk_ask_messages(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	return ask_amount(c, t, read_number, true, _("this is no number"), err);
}

enum tk_status
tk_ask_span(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	return ask_amount(c, t, read_span, false,
	    _("this is no length of time; say 30m, 2h or 1h30m"), err);
}

/* The name of a list as table many has it: extra.NAME as it was typed. */
static char *
list_name(const struct tk_compiler *c, const struct tk_term *t)
{
	const char *typed = c->text + t->at + strlen(TK_HEAD_EXTRA);

	if (t->field->column != NULL)
		return tk_strdup(t->field->column);
	return tk_strf(
	    TK_HEAD_EXTRA "%.*s", (int)strcspn(typed, ":=<>!"), typed);
}

enum tk_status
tk_ask_list(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	char *name = list_name(c, t);
	enum tk_status st = TK_OK;
	size_t i;
	bool none = false;

	for (i = 0; i < t->n; i++)
		none = none || tk_value_is_none(&t->value[i]);
	tk_str_add(&c->where, "(id IN (SELECT ticket FROM many WHERE field =");
	tk_term_add_text(c, "", name);
	tk_str_add(&c->where, " AND ");
	st = add_names(c, t, "value", err);
	tk_str_add(&c->where, "))");
	if (none) {
		tk_str_cut(&c->where, c->where.len - 1);
		tk_str_add(&c->where,
		    " OR id NOT IN (SELECT ticket FROM many WHERE field =");
		tk_term_add_text(c, "", name);
		tk_str_add(&c->where, "))");
	}
	free(name);
	return st;
}
