/* query-time - the times that a query names. */
#include "store/term.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/i18n.h"

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

static bool
day(int64_t *from, int64_t *to, int back)
{
	time_t now = (time_t)tk_now();
	struct tm tm;

	if (localtime_r(&now, &tm) == NULL)
		return false;
	*from =
	    local(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday - back, 0, 0, 0);
	*to = local(
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday - back + 1, 0, 0, 0);
	return true;
}

/* Seconds from and to (not included) that a value means: a year, a month, a
 * day, a minute, a second. */
static bool
period(int64_t *from, int64_t *to, const char *text)
{
	static const char *const forms[] = { "0000", "0000-00", "0000-00-00",
		"0000-00-00T00:00", "0000-00-00T00:00:00" };
	/* year, month, day, hour, minute, second */
	int at[6] = { 0, 1, 1, 0, 0, 0 };
	char check[40];
	size_t i, n;

	if (tk_strcaseeq(text, "today"))
		return day(from, to, 0);
	if (tk_strcaseeq(text, "yesterday"))
		return day(from, to, 1);
	if (tk_date_parse(from, text)) { /* has its own offset */
		*to = *from + 1;
		return true;
	}
	for (n = 0; n < 5 && !has_form(text, forms[n]); n++)
		;
	if (n == 5)
		return false;
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

/* An age: what is younger came after that time. */
static bool
add_age(struct tk_compiler *c, const struct tk_term *t, const char *text)
{
	static const char *const sql[] = { [TK_OP_IS] = ">=",
		[TK_OP_LT] = ">",
		[TK_OP_LE] = ">=",
		[TK_OP_GT] = "<",
		[TK_OP_GE] = "<=" };
	size_t n = strlen(text);
	int64_t span;

	if (!isdigit((unsigned char)text[0]) ||
	    strchr("smhdw", text[n - 1]) == NULL || !tk_span_parse(&span, text))
		return false;
	tk_str_addf(&c->where, "%s ", t->field->column);
	tk_term_add(c, sql[t->op], tk_now() - span);
	return true;
}

static bool
add_period(struct tk_compiler *c, const struct tk_term *t, const char *text)
{
	int64_t from, to;

	if (!period(&from, &to, text))
		return false;
	tk_str_addf(&c->where, "%s ", t->field->column);
	switch (t->op) {
	case TK_OP_IS:
		tk_term_add(c, ">=", from);
		tk_str_addf(&c->where, " AND %s ", t->field->column);
		tk_term_add(c, "<", to);
		break;
	case TK_OP_LT:
		tk_term_add(c, "<", from);
		break;
	case TK_OP_LE:
		tk_term_add(c, "<", to);
		break;
	case TK_OP_GT:
		tk_term_add(c, ">=", to);
		break;
	case TK_OP_GE:
		tk_term_add(c, ">=", from);
		break;
	}
	return true;
}

enum tk_status
tk_term_by_time(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		tk_str_add(&c->where, i > 0 ? " OR (" : "((");
		if (!add_age(c, t, t->value[i].text) &&
		    !add_period(c, t, t->value[i].text))
			return tk_term_bad(err, c->text, t, t->value[i].at,
			    _("this is no time; say 2026-11-22, "
			      "2026-11-22T09:15 or an age like 3d"));
		tk_str_add_char(&c->where, ')');
	}
	tk_str_add_char(&c->where, ')');
	return TK_OK;
}
