/* need - the words of "require": is it there, and if not, what to do. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "rules/find.h"
#include "rules/judging.h"

enum answered {
	ANSWER_NONE,
	ANSWER_OLD, /* the client has written since */
	ANSWER_LAST,
};

static enum answered
answered(const struct tk_ticket *t)
{
	enum answered is = ANSWER_NONE;
	const char *act;
	size_t i;

	for (i = 0; i < tk_ticket_log_n(t); i++) {
		act = tk_yaml_str(tk_ticket_entry(t, i), "act");
		if (tk_streq(act, "reply"))
			is = ANSWER_LAST;
		else if (tk_streq(act, "answer") && is == ANSWER_LAST)
			is = ANSWER_OLD;
	}
	return is;
}

static bool
has_comment(const struct tk_judging *j)
{
	return tk_yaml_str(j->entry, "msg") != NULL;
}

static bool
is_reply(const struct tk_judging *j)
{
	return strcmp(j->act, "reply") == 0;
}

static bool
is_replied(const struct tk_judging *j)
{
	enum answered is = answered(j->now);

	/* A letter of thanks needs no answer; that it was one, somebody must
	 * say. */
	return is == ANSWER_LAST || (is == ANSWER_OLD && has_comment(j));
}

/* No checklist is nothing left to do. */
static bool
is_checked(const struct tk_judging *j)
{
	const struct tk_yaml *list = tk_ticket_node(j->now, "checklist");
	size_t i;

	for (i = 0; list != NULL && i < list->n; i++)
		if (!tk_yaml_bool(list->item[i], "done", false))
			return false;
	return true;
}

static bool
has_time(const struct tk_judging *j)
{
	const struct tk_yaml *list = tk_ticket_node(j->now, "spent");

	return list != NULL && list->n > 0;
}

/* What the ticket's category asks for and is not there; free(3). */
static char *
missing_evidence(const struct tk_judging *j)
{
	const struct tk_choice *c = tk_choice_find(
	    &j->reg->categories, tk_ticket_get(j->now, "category"));
	struct tk_strv have = TK_STRV_INIT;
	struct tk_str missing = TK_STR_INIT;
	size_t i;

	tk_yaml_strv(tk_ticket_head(j->now), "evidence", &have);
	for (i = 0; c != NULL && i < c->evidence.n; i++)
		if (!tk_strv_has(&have, c->evidence.v[i]))
			tk_str_addf(&missing, "%s%s",
			    missing.len > 0 ? "," : "", c->evidence.v[i]);
	tk_strv_clear(&have);
	if (missing.len > 0)
		return tk_str_detach(&missing);
	tk_str_clear(&missing);
	return NULL;
}

/* Words with a meaning of their own; every other word is a field. */
static const struct {
	const char *word;
	bool (*is_there)(const struct tk_judging *j);
	const char *text;
} words[] = {
	{ "comment", has_comment, N_("a comment is needed") },
	{ "reply", is_replied,
	    N_("an answer to the client's last letter is needed, or a "
	       "comment why none is") },
	{ "reply-now", is_reply,
	    N_("it is made by the very answer to the client") },
	{ "checklist", is_checked, N_("the checklist must be done") },
	{ "time", has_time, N_("the time spent is needed") },
};

static void
need_evidence(struct tk_judging *j, const char *why)
{
	const struct tk_choice *c = tk_choice_find(
	    &j->reg->categories, tk_ticket_get(j->now, "category"));
	char *missing = missing_evidence(j), *remedy;

	if (missing == NULL)
		return;
	remedy = tk_judge_remedy(j, "evidence");
	tk_find(j->out, false, TK_HANDLING_FILE, c->where, remedy,
	    _("%s: evidence for the category \"%s\" is needed: %s"), why, c->id,
	    missing);
	free(remedy);
	free(missing);
}

void
tk_judge_need(struct tk_judging *j, const char *what, const char *file,
    unsigned line, const char *why)
{
	bool missing = tk_ticket_node(j->now, what) == NULL;
	const char *text = NULL;
	char *remedy;
	size_t i;

	if (strcmp(what, "evidence") == 0) {
		need_evidence(j, why);
		return;
	}
	for (i = 0; i < TK_COUNT(words); i++)
		if (strcmp(what, words[i].word) == 0) {
			missing = !words[i].is_there(j);
			text = words[i].text;
		}
	if (!missing)
		return;
	remedy = tk_judge_remedy(j, what);
	if (text != NULL)
		tk_find(j->out, false, file, line, remedy, "%s: %s", why,
		    _(text));
	else
		tk_find(j->out, false, file, line, remedy,
		    _("%s: the field \"%s\" is needed"), why, what);
	free(remedy);
}
