/* work - acts that add to a list of the ticket. */
#include "act/work.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "desk/ticket.h"

/* A copy of the ticket's list, or an empty one. */
static struct tk_yaml *
list_of(const struct tk_ticket *t, const char *field)
{
	const struct tk_yaml *y = tk_ticket_node(t, field);

	return y != NULL && y->kind == TK_YAML_LIST ? tk_yaml_copy(y)
						    : tk_yaml_list();
}

static enum tk_status
mark(struct tk_yaml *list, const struct tk_strv *numbers, bool done,
    struct tk_err *err)
{
	unsigned long n;
	char *end;
	size_t i;

	for (i = 0; i < numbers->n; i++) {
		n = strtoul(numbers->v[i], &end, 10);
		if (*end != '\0' || n == 0 || n > list->n)
			return tk_fail(err, TK_EINPUT,
			    _("no item %s on the checklist"), numbers->v[i]);
		tk_yaml_set_bool(list->item[n - 1], "done", done);
	}
	return TK_OK;
}

static void
add_items(struct tk_yaml *list, const struct tk_strv *texts)
{
	struct tk_yaml *item;
	size_t i;

	for (i = 0; i < texts->n; i++) {
		item = tk_yaml_map();
		tk_yaml_set_str(item, "text", texts->v[i]);
		tk_yaml_set_bool(item, "done", false);
		tk_yaml_add(list, item);
	}
}

enum tk_status
tk_checklist_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_checklist_change *change, struct tk_done *done,
    struct tk_err *err)
{
	struct tk_request req = { .id = id, .act = "checklist",
		.actor = change->actor };
	struct tk_yaml *set = tk_yaml_map(), *list;
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_tx_ticket(&t, tx, id, err);

	if (st == TK_OK) {
		list = list_of(t, "checklist");
		tk_yaml_set(set, "checklist", list);
		add_items(list, change->add);
		if ((st = mark(list, change->done, true, err)) == TK_OK)
			st = mark(list, change->undo, false, err);
	}
	req.set = set;
	if (st == TK_OK)
		st = tk_act(tx, desk, &req, done, err);
	tk_ticket_free(t);
	tk_yaml_free(set);
	return st;
}

enum tk_status
tk_spend_act(struct tk_tx *tx, struct tk_desk *desk, const char *id,
    const struct tk_spend *spend, struct tk_done *done, struct tk_err *err)
{
	struct tk_message note = { .kind = NULL };
	struct tk_request req = { .id = id, .act = "spend",
		.actor = spend->actor, .at = tk_now() };
	struct tk_yaml *set = tk_yaml_map(), *list, *item;
	struct tk_ticket *t = NULL;
	enum tk_status st = tk_tx_ticket(&t, tx, id, err);

	if (st == TK_OK) {
		list = list_of(t, "spent");
		item = tk_yaml_map();
		tk_yaml_set_time(item, "at", req.at);
		tk_yaml_set_str(item, "who", spend->actor->id);
		tk_yaml_set_int(item, "minutes", (spend->seconds + 59) / 60);
		tk_yaml_set_bool(item, "billable", spend->billable);
		tk_yaml_add(list, item);
		tk_yaml_set(set, "spent", list);
		req.set = set;
		if (spend->what != NULL) {
			note.kind = tk_strf("note");
			note.text = tk_strf("%s\n", spend->what);
			req.msg = &note;
		}
		st = tk_act(tx, desk, &req, done, err);
	}
	tk_message_clear(&note);
	tk_ticket_free(t);
	tk_yaml_free(set);
	return st;
}
