/*
 * notice-parts.h - what the files of notice share; nobody else includes it.
 */
#ifndef TK_NOTICE_PARTS_H
#define TK_NOTICE_PARTS_H

#include "base/json.h"
#include "model/notify.h"
#include "notice/event.h"
#include "notice/notice.h"

/* Set for hooks: what they do is found by the run that started them. */
#define TK_NOTICE_ENV "TK_NOTICING"

/* Does anybody want to be told anything, or is there a hook? */
bool tk_notice_wanted(const struct tk_desk *desk);

/* One event, kept until all of a run are known. */
struct tk_notice {
	char *id;           /* TK-1/5/reply */
	const char *kind;   /* of tk_notify_events */
	struct tk_ticket *ticket;
	const struct tk_yaml *entry; /* of the ticket */
	size_t n;           /* the entry's number */
	char *text;         /* of its message, cut; or NULL */
};

struct tk_notices {
	struct tk_notice *v;
	size_t n, cap;
};

void tk_notices_clear(struct tk_notices *l);

/* Is this person to be told, if it is wanted or ordered? hook: by the hook
 * rather than by letter. */
bool tk_notice_is_for(const struct tk_desk *desk, const struct tk_notice *e,
    const struct tk_person *p, bool hook);
/* Does this person work in the queue, and see tickets of this type? */
bool tk_person_works_in(const struct tk_desk *desk, const struct tk_person *p,
    const char *queue, const char *type);

/* Runs on-KIND for each that has one. */
void tk_notice_hooks(struct tk_desk *desk, const struct tk_notices *l);
bool tk_notice_has_hooks(const struct tk_desk *desk);

/* Letters for all of them into the outbox, or put off to working hours; and
 * those that were put off and are due. */
TK_MUST_CHECK enum tk_status tk_notice_letters(
    struct tk_desk *desk, const struct tk_notices *l, struct tk_err *err);

/* The language of what this person reads. Borrowed. */
const char *tk_notice_language(
    const struct tk_desk *desk, const struct tk_person *p);

/* Is it working time for this person now? */
bool tk_notice_is_time(
    const struct tk_desk *desk, const struct tk_notify *n, int64_t now);

#endif
