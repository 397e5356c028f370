/* promise - what may be agreed about time: a waiting, a date. */
#include "base/date.h"
#include "base/i18n.h"
#include "rules/find.h"
#include "rules/judging.h"

#include <string.h>

static bool
is_ahead(const struct tk_judging *j, const char *text)
{
	int64_t at;

	return text != NULL && tk_date_parse(&at, text) &&
	    at > tk_entry_at(j->entry);
}

static bool
is_final(const struct tk_judging *j)
{
	const char *type = tk_ticket_get(j->now, "type");
	const char *state = tk_ticket_get(j->now, "state");
	const struct tk_process *p =
	    type != NULL ? tk_process_find(j->reg, type) : NULL;
	const struct tk_state *s =
	    p != NULL && state != NULL ? tk_state_find(p, state) : NULL;

	return s != NULL && s->final;
}

void
tk_judge_promise(struct tk_judging *j)
{
	const struct tk_yaml *set = tk_yaml_get(j->entry, "set");
	const struct tk_yaml *wait = tk_yaml_get(set, "wait");
	const struct tk_yaml *date = tk_yaml_get(set, "promised");
	const char *who = tk_yaml_str(wait, "for");
	bool asks = !tk_yaml_is_null(wait) || !tk_yaml_is_null(date);

	if (!tk_yaml_is_null(wait) &&
	    ((!tk_streq(who, "client") && !tk_streq(who, "vendor")) ||
		!is_ahead(j, tk_yaml_str(wait, "until"))))
		tk_find(j->out, false, TK_SLA_FILE, 0, NULL,
		    _("a waiting is for the client or a vendor, until a time "
		      "that lies ahead"));
	if (!tk_yaml_is_null(date) &&
	    (date->kind != TK_YAML_SCALAR || !is_ahead(j, date->text)))
		tk_find(j->out, false, TK_SLA_FILE, 0, NULL,
		    _("a promised time lies ahead"));
	if (asks && is_final(j))
		tk_find(j->out, false, TK_SLA_FILE, 0, NULL,
		    _("the ticket is closed: there is nothing to wait for and "
		      "nothing to promise"));
	/* Clocks do not stand still, and clients are not put off, without a
	 * word why. */
	if ((strcmp(j->act, "wait") == 0 || strcmp(j->act, "due") == 0) &&
	    asks && tk_yaml_str(j->entry, "msg") == NULL)
		tk_find(j->out, false, TK_SLA_FILE, 0,
		    _("the same command with -m 'TEXT'"),
		    _("a comment is needed"));
}
