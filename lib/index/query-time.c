/* query-time - the times that a query names. */
#include "index/term.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/when.h"

/* Local time; the parts may lie outside of their range by one. */
static int64_t
local(int year, int month, int day, int hour, int minute, int second)
{
	struct tm tm = { .tm_year = year - 1900,
		.tm_mon = month - 1,
		.tm_mday = day,
		.tm_hour = hour,
		.tm_min = minute,
		.tm_sec = second,
		.tm_isdst = -1 };

	return (int64_t)mktime(&tm);
}

/* Does the text look like that: 0 stands for a digit, T for T or a blank? */
static bool
has_form(const char *text, const char *form)
{
	size_t i;

	if (strlen(text) != strlen(form))
		return false;
	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == '0'       ? text[i] < '0' || text[i] > '9'
			: form[i] == 'T' ? strchr("Tt ", text[i]) == NULL
					 : text[i] != form[i])
			return false;
	return true;
}

/* The day, week, month or year so many days, weeks ... from now. */
static bool
span_of(int64_t *from, int64_t *to, char unit, int by)
{
	time_t now = (time_t)tk_now();
	struct tm tm;
	int y, m, d;

	if (localtime_r(&now, &tm) == NULL)
		return false;
	y = tm.tm_year + 1900;
	m = tm.tm_mon + 1;
	d = tm.tm_mday;
	if (unit == 'd') {
		*from = local(y, m, d + by, 0, 0, 0);
		*to = local(y, m, d + by + 1, 0, 0, 0);
	} else if (unit == 'w') { /* from Monday on */
		d -= (tm.tm_wday + 6) % 7;
		*from = local(y, m, d + 7 * by, 0, 0, 0);
		*to = local(y, m, d + 7 * by + 7, 0, 0, 0);
	} else if (unit == 'm') {
		*from = local(y, m + by, 1, 0, 0, 0);
		*to = local(y, m + by + 1, 1, 0, 0, 0);
	} else {
		*from = local(y + by, 1, 1, 0, 0, 0);
		*to = local(y + by + 1, 1, 1, 0, 0, 0);
	}
	return true;
}

/* Not through gettext: a saved query means the same to everybody. */
static const struct word {
	const char *text;
	char unit;
	int by;
} words[] = {
	{ "today", 'd', 0 },
	{ "yesterday", 'd', -1 },
	{ "tomorrow", 'd', 1 },
	{ "week", 'w', 0 },
	{ "this-week", 'w', 0 },
	{ "last-week", 'w', -1 },
	{ "next-week", 'w', 1 },
	{ "month", 'm', 0 },
	{ "this-month", 'm', 0 },
	{ "last-month", 'm', -1 },
	{ "next-month", 'm', 1 },
	{ "year", 'y', 0 },
	{ "this-year", 'y', 0 },
	{ "last-year", 'y', -1 },
	{ "сегодня", 'd', 0 },
	{ "вчера", 'd', -1 },
	{ "завтра", 'd', 1 },
	{ "неделя", 'w', 0 },
	{ "месяц", 'm', 0 },
	{ "год", 'y', 0 },
	{ "сьогодні", 'd', 0 },
	{ "вчора", 'd', -1 },
	{ "тиждень", 'w', 0 },
	{ "місяць", 'm', 0 },
	{ "рік", 'y', 0 },
};

static bool
by_word(int64_t *from, int64_t *to, const char *text)
{
	struct tk_str low = TK_STR_INIT;
	bool found = false;
	size_t i;

	tk_utf8_lower(&low, text);
	for (i = 0; !found && i < TK_COUNT(words); i++)
		found = strcmp(words[i].text, low.data) == 0 &&
		    span_of(from, to, words[i].unit, words[i].by);
	if (!found && strcmp(low.data, "now") == 0) {
		*from = tk_now();
		*to = *from + 1;
		found = true;
	}
	tk_str_clear(&low);
	return found;
}

/* +4h, -3d: so far from now. */
static bool
by_shift(int64_t *from, int64_t *to, const char *text)
{
	int64_t span;

	if ((text[0] != '+' && text[0] != '-') ||
	    !isdigit((unsigned char)text[1]) || !tk_span_parse(&span, text + 1))
		return false;
	*from = tk_now() + (text[0] == '+' ? span : -span);
	*to = *from + 1;
	return true;
}

/* Seconds from and to (not included) that a value means: a year, a month, a
 * day, a minute, a second. */
static bool
period(int64_t *from, int64_t *to, const char *text, bool past)
{
	static const char *const forms[] = { "0000", "0000-00", "0000-00-00",
		"0000-00-00T00:00", "0000-00-00T00:00:00" };
	/* year, month, day, hour, minute, second */
	int at[6] = { 0, 1, 1, 0, 0, 0 };
	char check[40];
	size_t i, n;

	if (by_word(from, to, text) || by_shift(from, to, text))
		return true;
	if (tk_date_parse(from, text)) { /* has its own offset */
		*to = *from + 1;
		return true;
	}
	for (n = 0; n < 5 && !has_form(text, forms[n]); n++)
		;
	if (n == 5)
		return tk_when_span(from, to, text, tk_now(), past);
	for (i = 0; i < (n < 3 ? n + 1 : n + 2); i++)
		sscanf(text + (i == 0 ? 0 : 2 + 3 * i), i == 0 ? "%4d" : "%2d",
		    &at[i]);
	/* Is there such a day and hour? */
	snprintf(check, sizeof(check), "%04d-%02d-%02dT%02d:%02d:%02dZ", at[0],
	    at[1], at[2], at[3], at[4], at[5]);
	if (!tk_date_parse(from, check))
		return false;
	*from = local(at[0], at[1], at[2], at[3], at[4], at[5]);
	*to = local(at[0] + (n == 0), at[1] + (n == 1), at[2] + (n == 2), at[3],
	    at[4] + (n == 3), at[5] + (n == 4));
	return true;
}

static void
add_limit(
    struct tk_compiler *c, const struct tk_term *t, const char *op, int64_t at)
{
	tk_str_addf(&c->where, "%s %s", t->field->column, op);
	tk_term_add(c, "", at);
}

/* There is such a time at all; 0 is none. */
static void
add_some(struct tk_compiler *c, const struct tk_term *t)
{
	if (t->field->ahead)
		tk_str_addf(&c->where, "%s > 0 AND ", t->field->column);
}

static bool
read_age(int64_t *span, const char *text)
{
	size_t n = strlen(text);

	return isdigit((unsigned char)text[0]) &&
	    strchr("smhdw", text[n - 1]) != NULL && tk_span_parse(span, text);
}

/* An age: what is younger came after that time. Of a time to come: how far
 * off it is, and what has passed is nearer than all. */
static bool
add_age(struct tk_compiler *c, const struct tk_term *t, const char *text)
{
	static const char *const past[] = { [TK_OP_IS] = ">=",
		[TK_OP_LT] = ">",
		[TK_OP_LE] = ">=",
		[TK_OP_GT] = "<",
		[TK_OP_GE] = "<=" };
	static const char *const ahead[] = { [TK_OP_IS] = "<=",
		[TK_OP_LT] = "<",
		[TK_OP_LE] = "<=",
		[TK_OP_GT] = ">",
		[TK_OP_GE] = ">=" };
	int64_t span;

	if (!read_age(&span, text))
		return false;
	if (t->field->ahead)
		add_limit(c, t, ahead[t->op], tk_now() + span);
	else
		add_limit(c, t, past[t->op], tk_now() - span);
	return true;
}

static bool
add_period(struct tk_compiler *c, const struct tk_term *t, const char *text)
{
	int64_t from, to;

	if (!period(&from, &to, text, !t->field->ahead))
		return false;
	switch (t->op) {
	case TK_OP_IS:
		add_limit(c, t, ">=", from);
		tk_str_add(&c->where, " AND ");
		add_limit(c, t, "<", to);
		break;
	case TK_OP_LT:
		add_limit(c, t, "<", from);
		break;
	case TK_OP_LE:
		add_limit(c, t, "<", to);
		break;
	case TK_OP_GT:
		add_limit(c, t, ">=", to);
		break;
	case TK_OP_GE:
		add_limit(c, t, ">=", from);
		break;
	}
	return true;
}

/* One end of a range: the beginning of the first period, the end of the last;
 * an age is a point in time. */
static bool
read_end(int64_t *at, const struct tk_term *t, const char *text, bool last)
{
	int64_t from, to, span;

	if (read_age(&span, text)) {
		*at = tk_now() + (t->field->ahead ? span : -span);
		return true;
	}
	if (!period(&from, &to, text, !t->field->ahead))
		return false;
	*at = last ? to : from;
	return true;
}

static bool
add_range(struct tk_compiler *c, const struct tk_term *t, const char *from,
    const char *to)
{
	int64_t a = 0, b = 0;

	if ((from[0] != '\0' && !read_end(&a, t, from, false)) ||
	    (to[0] != '\0' && !read_end(&b, t, to, true)))
		return false;
	add_limit(c, t, ">=", from[0] != '\0' ? a : 1);
	if (to[0] != '\0') {
		tk_str_add(&c->where, " AND ");
		add_limit(c, t, "<", b);
	}
	return true;
}

static bool
add_value(
    struct tk_compiler *c, const struct tk_term *t, const struct tk_value *v)
{
	/* "1 ноября..15 ноября": quotes are for the blanks here. */
	struct tk_value plain = *v;
	char *from, *to;
	bool good;

	plain.quoted = false;
	if (tk_value_is(v, "none") && t->op == TK_OP_IS) {
		tk_str_addf(&c->where, "%s = 0", t->field->column);
		return true;
	}
	add_some(c, t);
	if (tk_value_range(&from, &to, &plain)) {
		good = t->op == TK_OP_IS && add_range(c, t, from, to);
		free(from);
		free(to);
		return good;
	}
	return add_age(c, t, v->text) || add_period(c, t, v->text);
}

enum tk_status
tk_ask_time(struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR (" : "((");
		if (!add_value(c, t, &t->value[i]))
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("this is no time; say 2026-11-22, "
			      "2026-11-22T09:15, 2026-10..2026-11, today, "
			      "\"15 November\" or an age like 3d"));
		tk_str_add_char(&c->where, ')');
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}
