/*
 * libical.h - libical, loaded when it is first needed.
 *
 * Purpose    libical brings ICU and libstdc++ with it: a third of what a
 *            short command takes, and few ask for another zone than their
 *            own, for an invitation or for a rule of recurrence. Called as
 *            tk_libical.icaltime_null_time(); what is called directly makes
 *            every command load it again, which t0001 sees.
 * Ownership  Loaded once, never unloaded.
 * Errors     TK_ESYS: the library is not there.
 * Source     base/lazy.h
 */
#ifndef TK_LIBICAL_H
#define TK_LIBICAL_H

#include <libical/ical.h>

#include "base/err.h"

/* clang-format off */
#define TK_LIBICAL(X) \
	X(icalcomponent_add_component) X(icalcomponent_add_property) \
	X(icalcomponent_as_ical_string_r) X(icalcomponent_free) \
	X(icalcomponent_get_description) \
	X(icalcomponent_get_first_component) \
	X(icalcomponent_get_first_property) X(icalcomponent_get_location) \
	X(icalcomponent_get_method) X(icalcomponent_get_next_property) \
	X(icalcomponent_get_summary) X(icalcomponent_isa) \
	X(icalcomponent_new) X(icalcomponent_vanew) X(icalerrno_return) \
	X(icalerror_clear_errno) X(icalerror_set_errors_are_fatal) \
	X(icalmemory_free_buffer) X(icalmemory_free_ring) \
	X(icalparameter_get_cn) X(icalparameter_get_partstat) \
	X(icalparameter_get_tzid) X(icalparser_parse_string) \
	X(icalproperty_get_attendee) X(icalproperty_get_dtend) \
	X(icalproperty_get_dtstart) X(icalproperty_get_due) \
	X(icalproperty_get_first_parameter) X(icalproperty_get_organizer) \
	X(icalproperty_get_value_as_string_r) \
	X(icalproperty_new_categories) X(icalproperty_new_description) \
	X(icalproperty_new_dtstamp) X(icalproperty_new_dtstart) \
	X(icalproperty_new_due) X(icalproperty_new_prodid) \
	X(icalproperty_new_summary) X(icalproperty_new_uid) \
	X(icalproperty_new_version) X(icalproperty_new_x) \
	X(icalproperty_set_x_name) X(icalrecur_iterator_free) \
	X(icalrecur_iterator_new) X(icalrecur_iterator_next) \
	X(icalrecur_iterator_set_start) X(icalrecurrencetype_clear) \
	X(icalrecurrencetype_from_string) X(icaltime_adjust) \
	X(icaltime_from_timet_with_zone) X(icaltime_is_null_time) \
	X(icaltime_is_utc) X(icaltime_null_date) X(icaltime_null_time) \
	X(icaltimezone_get_builtin_timezone) \
	X(icaltimezone_get_utc_offset_of_utc_time) \
	X(icaltimezone_get_utc_timezone)

#define TK_LIBICAL_MEMBER(f) __typeof__(&f) f; /* NOLINT(bugprone-macro-parentheses) */
struct tk_libical {
	TK_LIBICAL(TK_LIBICAL_MEMBER)
};
/* clang-format on */

extern struct tk_libical tk_libical;

/* Before the first call of anything in it. */
TK_MUST_CHECK enum tk_status tk_libical_load(struct tk_err *err);

#endif
