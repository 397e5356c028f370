/* calendar - when a calendar of the regulation is open, as records. */
#include "model/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun" };

int
tk_weekday_parse(const char *text)
{
	int i;

	for (i = 0; i < 7 && text != NULL; i++)
		if (strcmp(text, weekdays[i]) == 0)
			return i;
	return -1;
}

/* "09:00", up to "24:00". */
static bool
parse_clock(int *out, const char *text)
{
	int h, m;

	if (strlen(text) != 5 || text[2] != ':' ||
	    strspn(text, "0123456789") != 2 ||
	    strspn(text + 3, "0123456789") != 2)
		return false;
	h = (text[0] - '0') * 10 + (text[1] - '0');
	m = (text[3] - '0') * 10 + (text[4] - '0');
	*out = (h * 60 + m) * 60;
	return m < 60 && *out <= TK_DAY;
}

static bool
parse_span(struct tk_span *out, const char *text)
{
	const char *dash = strchr(text, '-');
	char *from;
	bool good;

	if (dash == NULL)
		return false;
	from = tk_strndup(text, (size_t)(dash - text));
	good = parse_clock(&out->from, from) && parse_clock(&out->to, dash + 1);
	free(from);
	/* 22:00-06:00 ends tomorrow. */
	if (good && out->to < out->from)
		out->to += TK_DAY;
	return good && out->from < TK_DAY && out->to > out->from;
}

static int
by_start(const void *a, const void *b)
{
	const struct tk_span *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static enum tk_status
read_hours(struct tk_spans *out, const struct tk_yaml *map, const char *key,
    const char *path, struct tk_err *err)
{
	struct tk_strv words = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	tk_yaml_strv(map, key, &words);
	for (i = 0; st == TK_OK && i < words.n; i++) {
		TK_GROW(out->v, out->n, out->cap);
		if (!parse_span(&out->v[out->n++], words.v[i]))
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: hours are like 09:00-18:00, not \"%s\""),
			    path, tk_yaml_line(map, key), words.v[i]);
	}
	tk_strv_clear(&words);
	if (st == TK_OK && out->n > 1)
		qsort(out->v, out->n, sizeof(*out->v), by_start);
	for (i = 1; st == TK_OK && i < out->n; i++)
		if (out->v[i].from < out->v[i - 1].to)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: hours of one day overlap"), path,
			    tk_yaml_line(map, key));
	return st;
}

static enum tk_status
bad_day(const char *path, unsigned line, const char *text, struct tk_err *err)
{
	return tk_fail(err, TK_EINPUT,
	    _("%s:%u: a day is like 2026-12-31, or 12-31 for every year, not "
	      "\"%s\""),
	    path, line, text != NULL ? text : "");
}

/* 12-31: any year will do that has a 29th of February. */
static bool
parse_yearly(struct tk_special *s, const char *text)
{
	char *full = tk_strf("2024-%s", text);
	bool is = strlen(text) == 5 && tk_day_parse(&s->day, full);
	int year;

	free(full);
	if (is)
		tk_day_date(s->day, &year, &s->month, &s->mday);
	s->day = -1;
	return is;
}

static struct tk_special *
add_special(
    struct tk_calendar *c, const char *path, unsigned line, const char *name)
{
	struct tk_special *s;

	TK_GROW(c->special, c->n_special, c->special_cap);
	s = &c->special[c->n_special++];
	memset(s, 0, sizeof(*s));
	s->as = -1;
	s->file = tk_strdup(path);
	s->line = line;
	s->name = tk_strdup(name);
	return s;
}

/* A day, or a map: {date, name} or {from, to, name}. */
static enum tk_status
read_holiday(struct tk_calendar *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *one =
	    y->kind == TK_YAML_SCALAR ? y->text : tk_yaml_str(y, "date");
	const char *from = tk_yaml_str(y, "from"), *to = tk_yaml_str(y, "to");
	const char *name = tk_yaml_str(y, "name");
	struct tk_special *s;
	int64_t day, last;

	if (one != NULL && !tk_day_parse(&day, one)) {
		s = add_special(c, path, y->line, name);
		s->holiday = true;
		return parse_yearly(s, one) ? TK_OK
					    : bad_day(path, y->line, one, err);
	}
	if (one != NULL)
		last = day;
	else if (from == NULL || !tk_day_parse(&day, from))
		return bad_day(path, y->line, from, err);
	else if (to == NULL || !tk_day_parse(&last, to) || last < day ||
	    last > day + 366)
		return bad_day(path, y->line, to, err);
	for (; day <= last; day++) {
		s = add_special(c, path, y->line, name);
		s->holiday = true;
		s->day = day;
	}
	return TK_OK;
}

/* {date: 2027-02-20, as: fri} or {date: ..., hours: ["10:00-14:00"]} */
static enum tk_status
read_working(struct tk_calendar *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *date = tk_yaml_str(y, "date"), *as = tk_yaml_str(y, "as");
	struct tk_special *s =
	    add_special(c, path, y->line, tk_yaml_str(y, "name"));

	if (date == NULL || !tk_day_parse(&s->day, date))
		return bad_day(path, y->line, date, err);
	if (as != NULL)
		s->as = tk_weekday_parse(as);
	if ((s->as < 0) == (tk_yaml_get(y, "hours") == NULL))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: a working day has hours, or is worked as mon, "
		      "tue, ..."),
		    path, y->line);
	return read_hours(&s->hours, y, "hours", path, err);
}

static enum tk_status
read_days(struct tk_calendar *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *off = tk_yaml_get(y, "holidays");
	const struct tk_yaml *on = tk_yaml_get(y, "working");
	enum tk_status st = TK_OK;
	size_t i;

	if ((!tk_yaml_is_null(off) && off->kind != TK_YAML_LIST) ||
	    (!tk_yaml_is_null(on) && on->kind != TK_YAML_LIST))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be a list"), path, y->line,
		    "holidays, working");
	for (i = 0; st == TK_OK && !tk_yaml_is_null(off) && i < off->n; i++)
		st = read_holiday(c, off->item[i], path, err);
	for (i = 0; st == TK_OK && !tk_yaml_is_null(on) && i < on->n; i++)
		st = read_working(c, on->item[i], path, err);
	return st;
}

static enum tk_status
read_week(struct tk_calendar *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *hours = tk_yaml_get(y, "hours");
	bool always = tk_yaml_bool(y, "always", false);
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < 7; i++) {
		if (!always) {
			st = read_hours(
			    &c->week[i], hours, weekdays[i], path, err);
			continue;
		}
		TK_GROW(c->week[i].v, c->week[i].n, c->week[i].cap);
		c->week[i].v[c->week[i].n++] = (struct tk_span){ 0, TK_DAY };
	}
	return st;
}

static enum tk_status
read_calendar(struct tk_calendar *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *name = tk_yaml_str(y, "name");
	const char *zone = tk_yaml_str(y, "timezone");
	enum tk_status st;

	c->id = tk_strdup(tk_yaml_str(y, "id"));
	if (c->id == NULL)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, y->line, "id");
	c->name = tk_strdup(name != NULL ? name : c->id);
	c->zone = tk_strdup(zone != NULL ? zone : "UTC");
	tk_yaml_strv(y, "include", &c->include);
	if (!tk_zone_exists(c->zone))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: no such time zone: %s"), path,
		    tk_yaml_line(y, "timezone"), c->zone);
	if ((st = read_week(c, y, path, err)) == TK_OK)
		st = read_days(c, y, path, err);
	return st;
}

enum tk_status
tk_calendars_read(struct tk_calendars *cs, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(y, "calendars");
	struct tk_calendar *c;
	enum tk_status st = TK_OK;
	size_t i;

	if (tk_yaml_is_null(list))
		return TK_OK;
	if (list->kind != TK_YAML_LIST)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be a list"), path, list->line,
		    "calendars");
	for (i = 0; st == TK_OK && i < list->n; i++) {
		cs->v = tk_more(cs->v, cs->n, &cs->cap, sizeof(*cs->v));
		c = &cs->v[cs->n++];
		c->file = tk_strdup(path);
		c->line = list->item[i]->line;
		st = read_calendar(c, list->item[i], path, err);
	}
	return st;
}

enum tk_status
tk_calendars_read_days(struct tk_calendars *cs, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const char *name = strrchr(path, '/');
	struct tk_calendar *c;

	cs->list =
	    tk_more(cs->list, cs->n_lists, &cs->lists_cap, sizeof(*cs->list));
	c = &cs->list[cs->n_lists++];
	name = name != NULL ? name + 1 : path;
	c->id = tk_strndup(name, strcspn(name, "."));
	c->file = tk_strdup(path);
	return read_days(c, y, path, err);
}
