/* works-next - when something may be due again. */
#include <stdio.h>
#include <stdlib.h>

#include "base/local.h"
#include "desk/works.h"

#define MONTH (30 * (int64_t)TK_DAY)
#define SHIFT_MAX (31 * (int64_t)TK_DAY) /* as far as holidays move a day */
#define TIMES_MAX 2000 /* of one work: each hour of longer than these */

/* For all clients alike: for one it may be later, where it begins later. */
static int64_t
next_of(const struct tk_workbook *b, const struct tk_work *w, int64_t now,
    int64_t next)
{
	struct tk_times times = { NULL, 0, 0 };
	int64_t here = tk_local_from_time(now), day, at;
	size_t i;

	tk_rrule_between(&times, w->rule, here - SHIFT_MAX,
	    here + w->lead + MONTH + SHIFT_MAX, TIMES_MAX);
	for (i = 0; i < times.n && times.v[i] <= w->until; i++) {
		if (!tk_workbook_shift(&day, b, w, times.v[i]))
			continue;
		at = tk_local_to_time(day) - w->lead;
		if (at > now && at < next)
			next = at;
	}
	/* So many that those to come may not be among them. */
	if (times.n == TIMES_MAX)
		next = now;
	free(times.v);
	return next;
}

int64_t
tk_workbook_next(const struct tk_workbook *b, int64_t now)
{
	int64_t next = now + MONTH;
	size_t i;

	for (i = 0; i < b->works.n; i++)
		next = next_of(b, &b->works.v[i], now, next);
	return next;
}

void
tk_workbook_key(char key[TK_WORKBOOK_KEY], const struct tk_desk *desk)
{
	char rules[41], clients[41], zone[41];

	tk_store_object(desk->store, rules, "regulation");
	tk_store_object(desk->store, clients, "clients");
	tk_store_object(desk->store, zone, "desk.yaml");
	snprintf(key, TK_WORKBOOK_KEY, "%s/%s/%s", rules, clients, zone);
}
