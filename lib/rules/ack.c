/* ack - who must have read the regulation before he acts. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "rules/find.h"
#include "rules/judging.h"

#define TITLE_FILE "regulation/regulation.yaml"

static bool
must_ack(const struct tk_regulation *r, const struct tk_person *p)
{
	size_t i;

	if (tk_strv_has(&r->ack_roles, "all"))
		return true;
	for (i = 0; i < p->roles.n; i++)
		if (tk_strv_has(&r->ack_roles, p->roles.v[i]))
			return true;
	return false;
}

int64_t
tk_rules_ack_until(const struct tk_regulation *r, const struct tk_person *p)
{
	int64_t from = r->since > p->since ? r->since : p->since;

	/* A version is acknowledged by that version: what was read before is
	 * not what is in force now. */
	if (!must_ack(r, p) || p->acked >= r->version)
		return INT64_MAX;
	return from + r->ack_grace;
}

void
tk_judge_ack(struct tk_judging *j, int64_t at)
{
	const struct tk_person *p;
	struct tk_str day = TK_STR_INIT;
	int64_t until;

	if (j->actor->kind != TK_ACTOR_STAFF || j->staff == NULL ||
	    tk_yaml_str(j->entry, "emergency") != NULL)
		return;
	p = tk_staff_find(j->staff, j->actor->id);
	if (p == NULL)
		return;
	until = tk_rules_ack_until(j->reg, p);
	if (at <= until)
		return;
	tk_date_human(&day, until);
	tk_find(j->out, true, TITLE_FILE, j->reg->ack_line,
	    "tk regulation; tk regulation ack",
	    _("%s has not acknowledged version %d of the regulation; the "
	      "time for it ended %s"),
	    p->name, j->reg->version, day.data);
	tk_str_clear(&day);
}
