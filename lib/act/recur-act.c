/* recur-act - the ticket that one time of a recurring work begins with. */
#include <stdlib.h>
#include <string.h>

#include "act/open.h"
#include "act/recur.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/mem.h"

static void
add_checklist(struct tk_yaml *set, const struct tk_strv *texts)
{
	struct tk_yaml *list = tk_yaml_get(set, "checklist"), *item;
	size_t i;

	if (texts->n == 0)
		return;
	if (list == NULL) {
		list = tk_yaml_list();
		tk_yaml_set(set, "checklist", list);
	}
	for (i = 0; i < texts->n; i++) {
		item = tk_yaml_map();
		tk_yaml_set_str(item, "text", texts->v[i]);
		tk_yaml_set_bool(item, "done", false);
		tk_yaml_add(list, item);
	}
}

/* What is not said in the subject: the day, and what was not done. */
static void
add_facts(struct tk_str *text, const struct tk_occurrence *o)
{
	struct tk_str day = TK_STR_INIT;

	if (text->len > 0 && !tk_ends(text->data, "\n"))
		tk_str_add(text, "\n");
	if (text->len > 0)
		tk_str_add(text, "\n");
	tk_local_text(&day, o->day);
	tk_str_addf(text, _("Planned for: %s"), day.data);
	tk_str_add(text, "\n");
	if (o->missed > 0) {
		tk_str_reset(&day);
		tk_local_text(&day, o->missed_first);
		tk_str_addf(text,
		    _("Missed before this time: %zu, the first on %s; no "
		      "tickets were opened for them."),
		    o->missed, day.data);
		tk_str_add(text, "\n");
	}
	tk_str_clear(&day);
}

/* Whoever has left opens nothing by it: the work is there all the same. */
static const char *
assignee_of(const struct tk_desk *desk, const struct tk_work *w)
{
	const struct tk_person *p = w->assignee != NULL
	    ? tk_staff_find(&desk->staff, w->assignee)
	    : NULL;

	return p != NULL && p->active ? w->assignee : NULL;
}

enum tk_status
tk_recur_act(struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_occurrence *o, struct tk_done *done, struct tk_err *err)
{
	const struct tk_work *w = o->work;
	struct tk_str subject = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_message m = { .kind = NULL };
	struct tk_yaml *set = tk_yaml_map();
	struct tk_actor self;
	enum tk_status st;

	tk_desk_self(desk, &self);
	struct tk_request req = {
		.act = "open", .actor = &self, .set = set, .msg = &m
	};
	st = tk_open_fields(
	    set, desk->reg, w->type, w->queue, w->priority, w->category, err);
	if (st == TK_OK)
		st = tk_occurrence_texts(&subject, &text, o, err);
	if (st == TK_OK) {
		add_facts(&text, o);
		add_checklist(set, &w->checklist);
		tk_yaml_set_str(set, "subject", subject.data);
		tk_yaml_set_str(set, "client", o->client);
		tk_yaml_set_str(set, "sla", o->sla);
		tk_yaml_set_str(set, "site", o->site);
		tk_yaml_set_str(set, "assignee", assignee_of(desk, w));
		tk_yaml_set_str(set, "work", o->key);
		m.kind = tk_strdup("note");
		m.subject = tk_strdup(subject.data);
		m.text = tk_strdup(text.data);
		req.rule = tk_strf("%s:%u", TK_WORKS_FILE, w->line);
		st = tk_act(tx, desk, &req, done, err);
		free((char *)req.rule);
	}
	if (st != TK_OK)
		(void)tk_wrap(err, st, "%s", o->key);
	tk_yaml_free(set);
	tk_message_clear(&m);
	tk_actor_clear(&self);
	tk_str_clear(&subject);
	tk_str_clear(&text);
	return st;
}
