/* escalate - a ticket handed up. */
#include "act/escalate.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "desk/ticket.h"
#include "rules/upward.h"

static enum tk_status
upward(struct tk_place_up *to, const struct tk_desk *desk,
    const struct tk_ticket *t, int line, struct tk_err *err)
{
	struct tk_str names = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t several;

	if (tk_rules_upward(to, desk->reg, t, line, &several, &names))
		st = TK_OK;
	else if (several > 0)
		st = tk_fail(err, TK_EREFUSED,
		    _("%s: regulation/queues.yaml: line %d has several "
		      "queues, and no \"escalate\" says which: --to %s"),
		    tk_ticket_id(t), to->line, names.data);
	else
		st = tk_fail(err, TK_EREFUSED,
		    _("%s: there is no higher line; --to PERSON"),
		    tk_ticket_id(t));
	tk_str_clear(&names);
	return st;
}

static enum tk_status
unknown(const struct tk_desk *desk, const char *to, struct tk_err *err)
{
	struct tk_str names = TK_STR_INIT;
	enum tk_status st;

	tk_regulation_names(&names, desk->reg, "queue");
	st = tk_fail(err, TK_EINPUT,
	    _("--to %s: no line (1, 2, 3), no queue (%s) and nobody on the "
	      "staff (tk staff)"),
	    to, names.data);
	tk_str_clear(&names);
	return st;
}

static void
put_place(struct tk_yaml *set, const struct tk_place_up *p)
{
	if (p->queue != NULL)
		tk_yaml_set_str(set, "queue", p->queue->id);
	if (p->line > 0)
		tk_yaml_set_int(set, "line", p->line);
	/* Whoever had it hands it over. */
	tk_yaml_set(set, "assignee", tk_yaml_plain("null"));
}

static enum tk_status
fill(struct tk_yaml *set, struct tk_desk *desk, const struct tk_ticket *t,
    const char *to, struct tk_err *err)
{
	struct tk_place_up p = { NULL, 0 };
	enum tk_status st = TK_OK;
	int line = 0;

	if (to != NULL && strlen(to) == 1 && to[0] >= '1' && to[0] <= '3')
		line = to[0] - '0';
	if (to == NULL || line > 0) {
		st = upward(&p, desk, t, line, err);
	} else if ((p.queue = tk_queue_find(desk->reg, to)) != NULL) {
		p.line = p.queue->line;
	} else if (tk_staff_find(&desk->staff, to) != NULL) {
		tk_yaml_set_str(set, "assignee", to);
		return TK_OK;
	} else {
		st = unknown(desk, to, err);
	}
	if (st == TK_OK)
		put_place(set, &p);
	return st;
}

/* Is it there already? A note alone would be no escalation. */
static bool
is_there(const struct tk_ticket *t, const struct tk_yaml *set)
{
	const struct tk_yaml *now;
	size_t i;

	for (i = 0; i < set->n; i++) {
		if (tk_yaml_is_null(set->item[i]))
			continue;
		now = tk_ticket_node(t, set->key[i]);
		if (now == NULL || !tk_yaml_equal(now, set->item[i]))
			return false;
	}
	return true;
}

enum tk_status
tk_escalate_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_escalation *e, struct tk_done *done, struct tk_err *err)
{
	struct tk_message note = { .kind = NULL };
	struct tk_yaml *set = tk_yaml_map();
	struct tk_request req = { .id = id,
		.act = "escalate",
		.actor = e->actor,
		.set = set,
		.rule = e->rule,
		.step = e->step };
	struct tk_ticket *t = NULL;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK ||
	    (st = tk_tx_ticket(&t, tx, id, err)) != TK_OK ||
	    (st = fill(set, desk, t, e->to, err)) != TK_OK)
		goto out;
	if (is_there(t, set)) {
		st = tk_fail(err, TK_EEXIST,
		    _("%s: it is there already; tk note %s leaves a comment"),
		    id, id);
		goto out;
	}
	if (e->note != NULL) {
		note.kind = tk_strf("note");
		note.text = tk_strf(
		    "%s%s", e->note, tk_ends(e->note, "\n") ? "" : "\n");
		req.msg = &note;
	}
	st = tk_act(tx, desk, &req, done, err);
out:
	tk_message_clear(&note);
	tk_ticket_free(t);
	tk_yaml_free(set);
	return st;
}
