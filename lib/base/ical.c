/* ical - a calendar for programs of calendars. */
#include "base/ical.h"

#include "base/libical.h"
#include <stdlib.h>

#include "base/local.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/zone.h"

struct tk_ical {
	icalcomponent *root;
	int64_t stamp;
};

static struct icaltimetype
moment(int64_t at)
{
	return tk_libical.icaltime_from_timet_with_zone(
	    (time_t)at, 0, tk_libical.icaltimezone_get_utc_timezone());
}

static struct icaltimetype
whole_day(int64_t day)
{
	struct icaltimetype t = tk_libical.icaltime_null_date();

	tk_day_date(day / TK_DAY, &t.year, &t.month, &t.day);
	return t;
}

/* Text of others: no controls. libical escapes what the format needs. */
static void
add_text(
    icalcomponent *c, icalproperty *(*make)(const char *), const char *text)
{
	struct tk_str safe = TK_STR_INIT;

	if (text == NULL || text[0] == '\0')
		return;
	tk_utf8_safe(&safe, text, true);
	tk_libical.icalcomponent_add_property(c, make(safe.data));
	tk_str_clear(&safe);
}

enum tk_status
tk_ical_new(
    struct tk_ical **out, const char *name, int64_t stamp, struct tk_err *err)
{
	struct tk_ical *c;
	icalproperty *p;
	enum tk_status st;

	*out = NULL;
	if ((st = tk_libical_load(err)) != TK_OK)
		return st;
	*out = c = tk_calloc(1, sizeof(*c));
	p = tk_libical.icalproperty_new_x(name);
	tk_libical.icalproperty_set_x_name(p, "X-WR-CALNAME");
	c->root = tk_libical.icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
	    tk_libical.icalproperty_new_version("2.0"),
	    tk_libical.icalproperty_new_prodid("-//tk//tk plan//EN"), p,
	    (void *)0);
	c->stamp = stamp;
	return TK_OK;
}

void
tk_ical_free(struct tk_ical *c)
{
	if (c != NULL)
		tk_libical.icalcomponent_free(c->root);
	free(c);
}

void
tk_ical_add(struct tk_ical *c, const struct tk_ical_item *item)
{
	icalcomponent *one = tk_libical.icalcomponent_new(
	    item->todo ? ICAL_VTODO_COMPONENT : ICAL_VEVENT_COMPONENT);
	struct icaltimetype at =
	    item->all_day ? whole_day(item->day) : moment(item->at);

	add_text(one, tk_libical.icalproperty_new_uid, item->uid);
	tk_libical.icalcomponent_add_property(
	    one, tk_libical.icalproperty_new_dtstamp(moment(c->stamp)));
	tk_libical.icalcomponent_add_property(one,
	    item->todo ? tk_libical.icalproperty_new_due(at)
		       : tk_libical.icalproperty_new_dtstart(at));
	add_text(one, tk_libical.icalproperty_new_summary, item->summary);
	add_text(
	    one, tk_libical.icalproperty_new_description, item->description);
	add_text(one, tk_libical.icalproperty_new_categories, item->category);
	tk_libical.icalcomponent_add_component(c->root, one);
}

void
tk_ical_text(struct tk_str *out, const struct tk_ical *c)
{
	char *text = tk_libical.icalcomponent_as_ical_string_r(c->root);

	tk_str_add(out, text != NULL ? text : "");
	tk_libical.icalmemory_free_buffer(text);
}
