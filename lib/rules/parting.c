/* parting - what the regulation says to parting with a client. */
#include "rules/parting.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "rules/find.h"
#include "rules/judging.h"

/* When the ticket came into the state that it is in. */
static int64_t
closed_at(const struct tk_ticket *t)
{
	size_t i;

	for (i = tk_ticket_log_n(t); i-- > 0;)
		if (tk_yaml_str(tk_yaml_get(tk_ticket_entry(t, i), "set"),
			"state") != NULL)
			return tk_entry_at(tk_ticket_entry(t, i));
	return 0;
}

static void
set(char **to, const char *text)
{
	free(*to);
	*to = tk_strdup(text);
}

void
tk_parting_add(struct tk_parting *p, const struct tk_ticket *t,
    const struct tk_regulation *r)
{
	const char *type = tk_ticket_get(t, "type");
	const char *state = tk_ticket_get(t, "state");
	const struct tk_process *process =
	    type != NULL ? tk_process_find(r, type) : NULL;
	const struct tk_state *s = process != NULL && state != NULL
	    ? tk_state_find(process, state)
	    : NULL;
	int64_t at;

	if (s == NULL || !s->final) {
		if (p->open == NULL)
			set(&p->open, tk_ticket_id(t));
		return;
	}
	/* Spam and what came twice say nothing of the client. */
	if (tk_ticket_node(t, "junk") != NULL)
		return;
	at = closed_at(t);
	if (p->last != NULL && at < p->closed)
		return;
	set(&p->last, tk_ticket_id(t));
	set(&p->state, state);
	p->positive = s->positive;
	p->closed = at;
}

static void
judge_close(struct tk_findings *out, const struct tk_parting *p,
    const struct tk_regulation *r)
{
	char *remedy;

	if (p->open != NULL) {
		remedy = tk_strf("tk close %s -r 'TEXT'", p->open);
		tk_find(out, false, TK_RELATIONS_FILE, r->refuse.line, remedy,
		    _("parting with %s: %s is still open"), p->client, p->open);
		free(remedy);
	}
	if (p->last != NULL && !p->positive) {
		remedy = tk_strf("tk reopen %s", p->last);
		tk_find(out, false, TK_RELATIONS_FILE, r->refuse.line, remedy,
		    _("parting with %s: the last ticket, %s, ended in \"%s\", "
		      "which is no good end"),
		    p->client, p->last, p->state);
		free(remedy);
	}
}

static bool
is_by(const struct tk_actor *a, const struct tk_strv *by)
{
	size_t i;

	if (by->n == 0 || tk_strv_has(by, "all"))
		return true;
	for (i = 0; i < a->roles.n; i++)
		if (tk_strv_has(by, a->roles.v[i]))
			return true;
	return false;
}

void
tk_parting_judge(struct tk_findings *out, const struct tk_parting *p,
    const struct tk_regulation *r)
{
	const struct tk_refusal *rule = &r->refuse;
	struct tk_str roles = TK_STR_INIT;
	char *remedy;
	size_t i;

	if (!is_by(p->actor, &rule->by)) {
		for (i = 0; i < rule->by.n; i++)
			tk_str_addf(&roles, "%s%s", i > 0 ? ", " : "",
			    rule->by.v[i]);
		tk_find(out, true, TK_RELATIONS_FILE, rule->line, NULL,
		    _("parting with a client (%s) is for: %s"), p->client,
		    roles.data);
		tk_str_clear(&roles);
	}
	if (tk_strv_has(&rule->require, "positive-close"))
		judge_close(out, p, r);
	if (tk_strv_has(&rule->require, "comment") && !p->comment) {
		remedy = tk_strf("tk client retire %s -m 'TEXT'", p->client);
		tk_find(out, false, TK_RELATIONS_FILE, rule->line, remedy,
		    _("parting with %s: a comment is needed"), p->client);
		free(remedy);
	}
}

void
tk_parting_clear(struct tk_parting *p)
{
	free(p->open);
	free(p->last);
	free(p->state);
}
