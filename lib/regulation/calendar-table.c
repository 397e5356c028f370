/* calendar-table - the working hours of a calendar, day by day. */
#include "regulation/calendar-table.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "rules/calendar.h"
#include "view/table.h"

#define DAYS_MAX 3660

struct day {
	int64_t day, worked; /* seconds */
	char date[32];
	const char *weekday, *name; /* borrowed */
	struct tk_strv hours;
};

static void
add_clock(struct tk_str *out, int second)
{
	int minute = (second > TK_DAY ? second - TK_DAY : second) / 60;

	tk_str_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

static void
fill(struct day *d, const struct tk_calendar *c, struct tk_zone *z)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"),
		N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	const struct tk_special *special = tk_calendar_special(c, d->day);
	const struct tk_spans *spans = tk_calendar_spans(c, d->day);
	struct tk_str text = TK_STR_INIT;
	int year, month, mday;
	size_t i;

	tk_day_date(d->day, &year, &month, &mday);
	snprintf(d->date, sizeof(d->date), "%04d-%02d-%02d", year, month, mday);
	d->weekday = _(names[tk_day_weekday(d->day)]);
	d->name = special == NULL   ? ""
	    : special->name != NULL ? special->name
	    : special->holiday      ? _("day off")
				    : _("worked otherwise");
	for (i = 0; i < spans->n; i++) {
		tk_str_reset(&text);
		add_clock(&text, spans->v[i].from);
		tk_str_add_char(&text, '-');
		add_clock(&text, spans->v[i].to);
		tk_strv_add(&d->hours, text.data);
	}
	/* From midnight to midnight, with what is left of last night. */
	d->worked = tk_calendar_between(
	    c, tk_zone_epoch(z, d->day, 0), tk_zone_epoch(z, d->day + 1, 0));
	tk_str_clear(&text);
}

static void
print_json(FILE *out, const struct day *d)
{
	struct tk_json *o = tk_json_object(), *list = tk_json_array();
	struct tk_str line = TK_STR_INIT;
	size_t i;

	for (i = 0; i < d->hours.n; i++)
		tk_json_add(list, tk_json_of_str(d->hours.v[i]));
	tk_json_set_str(o, "date", d->date);
	tk_json_set(o, "hours", list);
	tk_json_set(o, "worked", tk_json_of_int(d->worked));
	tk_json_set(
	    o, "name", tk_json_of_str(d->name[0] != '\0' ? d->name : NULL));
	tk_json_text(&line, o);
	fprintf(out, "%s\n", line.data);
	tk_str_clear(&line);
	tk_json_free(o);
}

static void
add_worked(struct tk_str *out, int64_t seconds)
{
	tk_str_reset(out);
	tk_str_addf(out, "%lld:%02lld", (long long)(seconds / 3600),
	    (long long)(seconds % 3600 / 60));
}

static void
add_row(struct tk_table *t, const struct day *d)
{
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_table_add(t, d->date, TK_PLAIN);
	tk_table_add(t, d->weekday, TK_DIM);
	for (i = 0; i < d->hours.n; i++)
		tk_str_addf(&text, "%s%s", i > 0 ? ", " : "", d->hours.v[i]);
	tk_table_add(t, text.len > 0 ? text.data : "-", TK_PLAIN);
	add_worked(&text, d->worked);
	tk_table_add(t, d->worked > 0 ? text.data : "-", TK_PLAIN);
	tk_table_add(t, d->name, TK_PLAIN);
	tk_str_clear(&text);
}

static enum tk_status
print(FILE *out, const struct tk_calendar *c, struct tk_zone *z, int64_t day,
    int64_t last, bool json)
{
	const struct tk_column columns[] = {
		{ .title = _("DAY"), .min = 10 },
		{ .title = "", .min = 2 },
		{ .title = _("HOURS"), .min = 11 },
		{ .title = _("WORKED"), .min = 5, .right = true },
		{ .title = _("NOTE"), .min = 4, .flexible = true },
	};
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	struct tk_table_how how = tk_table_how();
	struct day d;

	for (; day <= last; day++) {
		memset(&d, 0, sizeof(d));
		d.day = day;
		fill(&d, c, z);
		if (json)
			print_json(out, &d);
		else
			add_row(t, &d);
		tk_strv_clear(&d.hours);
	}
	how.no_header = !tk_term_is_there();
	if (!json)
		tk_table_print(out, t, &how);
	tk_table_free(t);
	return TK_OK;
}

static enum tk_status
unknown(const struct tk_desk *desk, const char *name, struct tk_err *err)
{
	struct tk_str names = TK_STR_INIT;
	size_t i;

	for (i = 0; i < desk->reg->calendars.n; i++)
		tk_str_addf(&names, "%s%s", i > 0 ? ", " : "",
		    desk->reg->calendars.v[i].id);
	(void)tk_fail(err, TK_ENOENT, _("no calendar \"%s\"; there are: %s"),
	    name, names.data);
	tk_str_clear(&names);
	return TK_ENOENT;
}

enum tk_status
tk_calendar_print(FILE *out, struct tk_desk *desk, const char *name,
    const char *from, const char *to, bool json, struct tk_err *err)
{
	const struct tk_calendar *c;
	struct tk_zone *z;
	enum tk_status st;
	int64_t day, last;
	int second;

	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if ((c = tk_calendar_find(&desk->reg->calendars, name)) == NULL)
		return unknown(desk, name, err);
	if ((st = tk_zone_find(&z, c->zone, err)) != TK_OK)
		return st;
	day = tk_day_at(tk_now(), tk_zone_offset(z, tk_now()), &second);
	if (from != NULL && !tk_day_parse(&day, from))
		return tk_fail(err, TK_EINPUT,
		    _("%s %s: a day is like 2026-12-31"), "--from", from);
	last = day + 13;
	if (to != NULL && !tk_day_parse(&last, to))
		return tk_fail(err, TK_EINPUT,
		    _("%s %s: a day is like 2026-12-31"), "--to", to);
	if (last < day || last > day + DAYS_MAX)
		return tk_fail(err, TK_EINPUT,
		    _("--to must not be before --from, nor ten years after"));
	return print(out, c, z, day, last, json);
}
