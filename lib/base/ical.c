/* ical - a calendar for programs of calendars. */
#include "base/ical.h"

#include <libical/ical.h>
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
	return icaltime_from_timet_with_zone(
	    (time_t)at, 0, icaltimezone_get_utc_timezone());
}

static struct icaltimetype
whole_day(int64_t day)
{
	struct icaltimetype t = icaltime_null_date();

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
	icalcomponent_add_property(c, make(safe.data));
	tk_str_clear(&safe);
}

struct tk_ical *
tk_ical_new(const char *name, int64_t stamp)
{
	struct tk_ical *c = tk_calloc(1, sizeof(*c));
	icalproperty *p = icalproperty_new_x(name);

	icalerror_set_errors_are_fatal(0);
	icalproperty_set_x_name(p, "X-WR-CALNAME");
	c->root = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
	    icalproperty_new_version("2.0"),
	    icalproperty_new_prodid("-//tk//tk plan//EN"), p, (void *)0);
	c->stamp = stamp;
	return c;
}

void
tk_ical_free(struct tk_ical *c)
{
	if (c != NULL)
		icalcomponent_free(c->root);
	free(c);
}

void
tk_ical_add(struct tk_ical *c, const struct tk_ical_item *item)
{
	icalcomponent *one = icalcomponent_new(
	    item->todo ? ICAL_VTODO_COMPONENT : ICAL_VEVENT_COMPONENT);
	struct icaltimetype at =
	    item->all_day ? whole_day(item->day) : moment(item->at);

	add_text(one, icalproperty_new_uid, item->uid);
	icalcomponent_add_property(
	    one, icalproperty_new_dtstamp(moment(c->stamp)));
	icalcomponent_add_property(one,
	    item->todo ? icalproperty_new_due(at)
		       : icalproperty_new_dtstart(at));
	add_text(one, icalproperty_new_summary, item->summary);
	add_text(one, icalproperty_new_description, item->description);
	add_text(one, icalproperty_new_categories, item->category);
	icalcomponent_add_component(c->root, one);
}

void
tk_ical_text(struct tk_str *out, const struct tk_ical *c)
{
	char *text = icalcomponent_as_ical_string_r(c->root);

	tk_str_add(out, text != NULL ? text : "");
	icalmemory_free_buffer(text);
}
