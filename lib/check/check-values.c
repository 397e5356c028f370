/* check-values - what a pushed act sets is of the right kind, and names what
 * is there. Roles, queues, categories and people are the judge's. */
#include <stdlib.h>
#include <string.h>

#include "act/change.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "check/law.h"

#define LINE_MAX_BYTES 1000 /* of a subject or a name */

static const char *const texts[] = { "subject", "type", "state", "queue",
	"line", "priority", "category", "channel", "client", "requester",
	"assignee", "sla", "resolution", "cause", "impact", "urgency",
	"promised", "language", NULL };
static const char *const lists[] = { "cc", "tags", "watchers", "assets",
	"evidence", NULL };
/* What a ticket gets later, by an act of its own. */
static const char *const later[] = { "rating", "spent", "resolution", "cause",
	"promised", NULL };

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static bool
is_words(const struct tk_yaml *y)
{
	size_t i;

	if (y->kind != TK_YAML_LIST)
		return false;
	for (i = 0; i < y->n; i++)
		if (y->item[i]->kind != TK_YAML_SCALAR)
			return false;
	return true;
}

/* What stands in lists and in the head of letters. */
static bool
is_one_line(const char *text)
{
	struct tk_str safe = TK_STR_INIT;
	bool same;

	tk_utf8_safe(&safe, text, false);
	same = strcmp(safe.data, text) == 0 && strlen(text) <= LINE_MAX_BYTES;
	tk_str_clear(&safe);
	return same;
}

static const char *
check_value(const char *field, const struct tk_yaml *y)
{
	bool line = strcmp(field, "subject") == 0 ||
	    strcmp(field, "requester") == 0;

	if (tk_yaml_is_null(y))
		return NULL;
	if (is_one_of(field, texts) && y->kind != TK_YAML_SCALAR)
		return _("one text is wanted");
	if (is_one_of(field, lists) && !is_words(y))
		return _("a list of words is wanted");
	if (line && !is_one_line(y->text))
		return _("one line of text is wanted, without control "
			 "characters");
	if (strcmp(field, "line") == 0 && strcmp(y->text, "1") != 0 &&
	    strcmp(y->text, "2") != 0 && strcmp(y->text, "3") != 0)
		return _("it is 1, 2 or 3");
	return NULL;
}

void
tk_law_values(struct tk_law *l, const char *path, const struct tk_ticket *old,
    const struct tk_yaml *set)
{
	struct tk_err bad = TK_ERR_INIT;
	size_t i, before = l->found;
	const char *why;

	if (l->actor.kind != TK_ACTOR_STAFF || set == NULL)
		return;
	for (i = 0; i < set->n; i++) {
		if (old == NULL && is_one_of(set->key[i], later))
			tk_law_find(l, path, "fields", NULL,
			    _("a new ticket has no \"%s\""), set->key[i]);
		if ((why = check_value(set->key[i], set->item[i])) != NULL)
			tk_law_find(l, path, "fields", NULL, "\"%s\": %s",
			    set->key[i], why);
	}
	/* A client or a class that has gone since is no fault of the past. */
	if (l->found == before && !l->audit &&
	    tk_change_check_values(l->desk, set, &bad) != TK_OK)
		tk_law_find_err(l, path, "fields", &bad);
}
