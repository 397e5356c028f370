/*
 * notify.h - what a member of staff wants to be told, and when.
 *
 * Purpose    "notify" of staff/ID.yaml: what (events), when (always,
 *            working-hours, never), how (mail, hook), calendar.
 * Ownership  A record; read fills it, clear frees it. The calendar's name is
 *            borrowed from the person.
 * Errors     TK_EINPUT with file:line.
 */
#ifndef TK_NOTIFY_H
#define TK_NOTIFY_H

#include "model/people.h"

enum tk_notify_when {
	TK_NOTIFY_ALWAYS,
	TK_NOTIFY_HOURS,
	TK_NOTIFY_NEVER,
};

struct tk_notify {
	struct tk_strv what; /* events, digest, or "all" */
	enum tk_notify_when when;
	bool mail, hook;
	const char *calendar; /* for working-hours; or NULL */
};

/* new assigned reply warn breach escalate rating; NULL-terminated. */
extern const char *const tk_notify_events[];

/* Who says nothing wants nothing of his own accord, and gets by mail what
 * the regulation orders. Words nobody knows are passed over. */
void tk_notify_read(struct tk_notify *n, const struct tk_person *p);
void tk_notify_clear(struct tk_notify *n);
/* Is the event (or "digest") among what is wanted, and not "never"? */
bool tk_notify_wants(const struct tk_notify *n, const char *event);

/* May a staff file say this? Calendars are the regulation's business. */
TK_MUST_CHECK enum tk_status tk_notify_check(
    const struct tk_person *p, struct tk_err *err);

#endif
