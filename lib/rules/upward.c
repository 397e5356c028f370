/* upward - the next line: where an escalated ticket goes. */
#include "rules/upward.h"

#include <string.h>

#define HIGHEST 3

/* network covers network/vpn. */
static bool
covers(const char *category, const char *is)
{
	size_t n = category != NULL ? strlen(category) : 0;

	return category == NULL ||
	    (is != NULL && strncmp(category, is, n) == 0 &&
		(is[n] == '\0' || is[n] == '/'));
}

static bool
may_hand_over(const struct tk_queue *from, const struct tk_queue *to)
{
	size_t i;

	for (i = 0; from != NULL && i < from->n_handovers; i++)
		if (tk_strv_has(&from->handover[i].to, "all") ||
		    tk_strv_has(&from->handover[i].to, to->id))
			return true;
	return from == NULL || from->n_handovers == 0;
}

/* The rule of the queue that fits; of a wanted line, one that leads there. */
static bool
by_rule(struct tk_place_up *out, const struct tk_regulation *r,
    const struct tk_queue *from, const char *category, int line)
{
	const struct tk_upward *u;
	size_t i;

	for (i = 0; from != NULL && i < from->n_upwards; i++) {
		u = &from->upward[i];
		if (!covers(u->category, category))
			continue;
		out->queue =
		    u->queue != NULL ? tk_queue_find(r, u->queue) : NULL;
		out->line = u->line != 0 ? u->line
		    : out->queue != NULL ? out->queue->line
					 : 0;
		if (line == 0 || out->line == line)
			return true;
	}
	return false;
}

bool
tk_rules_upward(struct tk_place_up *out, const struct tk_regulation *r,
    const struct tk_ticket *t, int line, size_t *several, struct tk_str *names)
{
	const struct tk_queue *from =
	    tk_queue_find(r, tk_ticket_get(t, "queue"));
	const struct tk_queue *one = NULL, *q;
	int was = (int)tk_yaml_int(tk_ticket_head(t), "line", 0);
	size_t i;

	*several = 0;
	memset(out, 0, sizeof(*out));
	if (by_rule(out, r, from, tk_ticket_get(t, "category"), line))
		return true;
	memset(out, 0, sizeof(*out));
	out->line = line != 0 ? line : was + 1;
	if (out->line > HIGHEST)
		return false;
	for (i = 0; i < r->n_queues; i++) {
		q = &r->queue[i];
		if (q->line != out->line || !may_hand_over(from, q))
			continue;
		tk_str_addf(names, "%s%s", *several > 0 ? ", " : "", q->id);
		one = q;
		(*several)++;
	}
	/* Who has no queue of that line works on in the same one. */
	if (*several == 1)
		out->queue = one;
	return *several < 2;
}
