/*
 * dutying.h - what the files of duty share; nobody else includes it.
 */
#ifndef TK_DUTYING_H
#define TK_DUTYING_H

#include "rules/duty.h"
#include "rules/sla.h"

struct tk_dutying {
	struct tk_duties *out;
	const struct tk_ticket *t;
	const struct tk_regulation *r;
	int64_t now;
	struct tk_clocks clocks;
	const struct tk_calendar *calendar; /* of the class; NULL: always */
	int64_t wait_until;                 /* agreed with the client; 0 */
};

struct tk_duty *tk_duty_add(struct tk_dutying *y, enum tk_duty_kind kind,
    const char *file, unsigned line);
/* Something is due at that time: is it now? Else it is looked for then. */
bool tk_duty_is_due(struct tk_dutying *y, int64_t at);
/* So many working days (of whole days), or working seconds, after at. */
int64_t tk_duty_after(
    const struct tk_dutying *y, int64_t at, int64_t span);
/* The last entry of this act at or after since; 0: none. */
int64_t tk_duty_done_at(
    const struct tk_dutying *y, const char *act, int64_t since);

void tk_duty_ladder(struct tk_dutying *y);
void tk_duty_silence(struct tk_dutying *y);
void tk_duty_promise(struct tk_dutying *y);
void tk_duty_progress(struct tk_dutying *y);

#endif
