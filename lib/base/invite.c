/* invite - what a calendar invitation says: who, when, where. */
#include "base/invite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/libical.h"

#include "base/mem.h"

#define INPUT_MAX ((size_t)256 * 1024) /* bytes */
#define PEOPLE_MAX 20
#define TEXT_MAX ((size_t)16 * 1024) /* bytes of one value */

/* One line of a value: it must not look like a line of ours. */
static void
add_line(struct tk_str *out, const char *label, const char *text)
{
	size_t n;

	if (text == NULL || text[strspn(text, " \t\r\n")] == '\0')
		return;
	tk_str_addf(out, "%s: ", label);
	for (n = 0; *text != '\0' && n < TEXT_MAX; text++, n++)
		tk_str_add_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
	tk_str_add_char(out, '\n');
}

static void
add_time(struct tk_str *out, struct icaltimetype t, bool day, bool clock)
{
	if (day)
		tk_str_addf(out, "%04d-%02d-%02d", t.year, t.month, t.day);
	if (clock && !t.is_date)
		tk_str_addf(
		    out, "%s%02d:%02d", day ? " " : "", t.hour, t.minute);
}

static const char *
zone_of(icalproperty *p, struct icaltimetype t)
{
	icalparameter *tz;

	if (t.is_date)
		return NULL;
	tz =
	    tk_libical.icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	if (tz != NULL)
		return tk_libical.icalparameter_get_tzid(tz);
	return tk_libical.icaltime_is_utc(t) ? "UTC" : NULL;
}

static void
add_when(struct tk_str *out, icalcomponent *event)
{
	icalproperty *start = tk_libical.icalcomponent_get_first_property(
	    event, ICAL_DTSTART_PROPERTY);
	icalproperty *end = tk_libical.icalcomponent_get_first_property(
	    event, ICAL_DTEND_PROPERTY);
	icalproperty *due = tk_libical.icalcomponent_get_first_property(
	    event, ICAL_DUE_PROPERTY);
	icalproperty *rule = tk_libical.icalcomponent_get_first_property(
	    event, ICAL_RRULE_PROPERTY);
	struct tk_str s = TK_STR_INIT;
	struct icaltimetype from = tk_libical.icaltime_null_time(), to = from;
	const char *zone = NULL;
	bool same_day;

	if (start != NULL) {
		from = tk_libical.icalproperty_get_dtstart(start);
		zone = zone_of(start, from);
		add_time(&s, from, true, true);
	}
	if (end != NULL)
		to = tk_libical.icalproperty_get_dtend(end);
	else if (due != NULL)
		to = tk_libical.icalproperty_get_due(due);
	if (!tk_libical.icaltime_is_null_time(to)) {
		/* the end of a whole day is the day after */
		if (to.is_date && end != NULL)
			tk_libical.icaltime_adjust(&to, -1, 0, 0, 0);
		same_day = start != NULL && to.year == from.year &&
		    to.month == from.month && to.day == from.day;
		if (!(same_day && to.is_date)) {
			tk_str_add(&s, " - ");
			add_time(&s, to, !same_day, true);
		}
	}
	if (zone != NULL)
		tk_str_addf(&s, " (%.100s)", zone);
	if (rule != NULL) {
		char *value =
		    tk_libical.icalproperty_get_value_as_string_r(rule);

		tk_str_addf(
		    &s, ", repeats: %.200s", value != NULL ? value : "");
		free(value);
	}
	add_line(out, "when", s.data);
	tk_str_clear(&s);
}

/* "Name <address>" of ORGANIZER or ATTENDEE. */
static void
add_person(struct tk_str *s, icalproperty *p, const char *address)
{
	icalparameter *cn =
	    tk_libical.icalproperty_get_first_parameter(p, ICAL_CN_PARAMETER);
	const char *name =
	    cn != NULL ? tk_libical.icalparameter_get_cn(cn) : NULL;

	if (address == NULL)
		address = "";
	if (strncasecmp(address, "mailto:", 7) == 0)
		address += 7;
	if (s->len > 0)
		tk_str_add(s, ", ");
	if (name != NULL && strcmp(name, address) != 0 && *name != '\0')
		tk_str_addf(s, "%.200s <%.200s>", name, address);
	else
		tk_str_addf(s, "%.200s", address);
}

static const char *
answer_of(icalproperty *p)
{
	icalparameter *part = tk_libical.icalproperty_get_first_parameter(
	    p, ICAL_PARTSTAT_PARAMETER);

	switch (part != NULL ? tk_libical.icalparameter_get_partstat(part)
			     : ICAL_PARTSTAT_NONE) {
	case ICAL_PARTSTAT_ACCEPTED:
		return "accepted";
	case ICAL_PARTSTAT_DECLINED:
		return "declined";
	case ICAL_PARTSTAT_TENTATIVE:
		return "tentative";
	default:
		return NULL;
	}
}

static void
add_people(struct tk_str *out, icalcomponent *event, bool answers)
{
	icalproperty *p = tk_libical.icalcomponent_get_first_property(
	    event, ICAL_ORGANIZER_PROPERTY);
	struct tk_str s = TK_STR_INIT;
	const char *answer;
	size_t n = 0;

	if (p != NULL)
		add_person(&s, p, tk_libical.icalproperty_get_organizer(p));
	add_line(out, "organizer", s.data);
	tk_str_reset(&s);
	for (p = tk_libical.icalcomponent_get_first_property(
		 event, ICAL_ATTENDEE_PROPERTY);
	     p != NULL && n < PEOPLE_MAX;
	     p = tk_libical.icalcomponent_get_next_property(
		 event, ICAL_ATTENDEE_PROPERTY),
	    n++) {
		add_person(&s, p, tk_libical.icalproperty_get_attendee(p));
		if (answers && (answer = answer_of(p)) != NULL)
			tk_str_addf(&s, " (%s)", answer);
	}
	if (p != NULL)
		tk_str_add(&s, ", ...");
	add_line(out, "attendees", s.data);
	tk_str_clear(&s);
}

static const char *
title_of(icalproperty_method method)
{
	switch (method) {
	case ICAL_METHOD_REQUEST:
		return "invitation";
	case ICAL_METHOD_CANCEL:
		return "cancelled";
	case ICAL_METHOD_REPLY:
		return "answer to an invitation";
	case ICAL_METHOD_COUNTER:
		return "another time proposed";
	default:
		return "event";
	}
}

static icalcomponent *
event_of(icalcomponent *all)
{
	static const icalcomponent_kind kinds[] = { ICAL_VEVENT_COMPONENT,
		ICAL_VTODO_COMPONENT };
	icalcomponent *c = NULL;
	size_t i;

	for (i = 0; i < TK_COUNT(kinds) && c == NULL; i++)
		c = tk_libical.icalcomponent_isa(all) == kinds[i]
		    ? all
		    : tk_libical.icalcomponent_get_first_component(
			  all, kinds[i]);
	return c;
}

bool
tk_invite_text(struct tk_str *out, const char *text, size_t len, bool with_text)
{
	icalcomponent *all = NULL, *event = NULL;
	struct tk_err ignored = TK_ERR_INIT;
	icalproperty_method method;
	const char *words;
	char *copy;

	if (len > INPUT_MAX || tk_libical_load(&ignored) != TK_OK)
		return false;
	copy = tk_strndup(text, len);
	all = tk_libical.icalparser_parse_string(copy);
	free(copy);
	if (all != NULL)
		event = event_of(all);
	if (event != NULL) {
		method = tk_libical.icalcomponent_get_method(all);
		words = tk_libical.icalcomponent_get_summary(event);
		add_line(out, title_of(method), words != NULL ? words : "-");
		add_when(out, event);
		add_line(
		    out, "where", tk_libical.icalcomponent_get_location(event));
		add_people(out, event, method == ICAL_METHOD_REPLY);
		words = tk_libical.icalcomponent_get_description(event);
		if (with_text && words != NULL)
			tk_str_addf(out, "\n%.*s\n", (int)TEXT_MAX, words);
		tk_str_trim(out);
	}
	if (all != NULL)
		tk_libical.icalcomponent_free(all);
	tk_libical.icalmemory_free_ring();
	return event != NULL;
}
