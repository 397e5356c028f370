/* remedy - the exact command that brings what a rule asks for. It works as it
 * stands; where a text is to be said, 'TEXT' stands for it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/judging.h"

static char *
again(struct tk_judging *j, unsigned lack)
{
	j->lacks |= lack;
	return tk_strdup(TK_AGAIN);
}

/* -d for every item that is not done. */
static char *
checklist(const struct tk_judging *j)
{
	const struct tk_yaml *list = tk_ticket_node(j->now, "checklist");
	struct tk_str s = TK_STR_INIT;
	size_t i;

	tk_str_addf(&s, "tk checklist %s", tk_ticket_id(j->now));
	for (i = 0; list != NULL && i < list->n; i++)
		if (!tk_yaml_bool(list->item[i], "done", false))
			tk_str_addf(&s, " -d %zu", i + 1);
	return tk_str_detach(&s);
}

/* What is there stays there: "set" replaces a list. */
static char *
evidence(const struct tk_judging *j)
{
	const struct tk_choice *c = tk_choice_find(
	    &j->reg->categories, tk_ticket_get(j->now, "category"));
	struct tk_strv all = TK_STRV_INIT;
	struct tk_str s = TK_STR_INIT;
	size_t i;

	tk_yaml_strv(tk_ticket_head(j->now), "evidence", &all);
	for (i = 0; c != NULL && i < c->evidence.n; i++)
		if (!tk_strv_has(&all, c->evidence.v[i]))
			tk_strv_add(&all, c->evidence.v[i]);
	tk_str_addf(&s, "tk set %s evidence=", tk_ticket_id(j->now));
	for (i = 0; i < all.n; i++)
		tk_str_addf(&s, "%s%s", i > 0 ? "," : "", all.v[i]);
	tk_strv_clear(&all);
	return tk_str_detach(&s);
}

/* A word that the regulation knows; the first where none is the usual one. */
static const char *
usual(const struct tk_judging *j, const char *field)
{
	const struct tk_regulation *r = j->reg;

	if (strcmp(field, "type") == 0)
		return r->default_type;
	if (strcmp(field, "priority") == 0)
		return r->default_priority != NULL ? r->default_priority
		    : r->priorities.n > 0	   ? r->priorities.v[0].id
						   : NULL;
	if (strcmp(field, "category") == 0)
		return tk_choice_find(&r->categories, "other") != NULL
		    ? "other"
		    : r->categories.n > 0 ? r->categories.v[0].id
					  : NULL;
	if (strcmp(field, "channel") == 0)
		return r->channels.n > 0 ? r->channels.v[0] : NULL;
	if (r->n_matrix > 0 && strcmp(field, "impact") == 0)
		return r->matrix[0].impact;
	if (r->n_matrix > 0 && strcmp(field, "urgency") == 0)
		return r->matrix[0].urgency;
	return strcmp(field, "line") == 0 ? "1" : NULL;
}

static char *
of_field(struct tk_judging *j, const char *field)
{
	const char *id = tk_ticket_id(j->now), *value;
	bool close = strcmp(j->act, "close") == 0;

	if (strcmp(field, "assignee") == 0)
		return tk_strf("tk take %s", id);
	if (strcmp(field, "promised") == 0)
		return tk_strf("tk due %s +1d -m 'TEXT'", id);
	if (strcmp(field, "spent") == 0)
		return tk_strf("tk spend %s 30m", id);
	if (strcmp(field, "checklist") == 0)
		return tk_strf("tk checklist %s --add 'TEXT'", id);
	if (close && strcmp(field, "resolution") == 0)
		return again(j, TK_LACKS_RESOLUTION);
	if (close && strcmp(field, "cause") == 0)
		return again(j, TK_LACKS_CAUSE);
	value = usual(j, field);
	return value != NULL ? tk_strf("tk set %s %s=%s", id, field, value)
			     : tk_strf("tk set %s %s='TEXT'", id, field);
}

char *
tk_judge_remedy(struct tk_judging *j, const char *word)
{
	const char *id = tk_ticket_id(j->now);

	if (strcmp(word, "comment") == 0)
		return again(j, TK_LACKS_COMMENT);
	if (strcmp(word, "reply-now") == 0)
		return again(j, TK_LACKS_REPLY);
	if (strcmp(word, "reply") == 0)
		return tk_strf("tk reply %s -m 'TEXT'", id);
	if (strcmp(word, "checklist") == 0)
		return checklist(j);
	if (strcmp(word, "time") == 0)
		return tk_strf("tk spend %s 30m", id);
	if (strcmp(word, "evidence") == 0)
		return evidence(j);
	return of_field(j, word);
}
