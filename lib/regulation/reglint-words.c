/* reglint-words - do the words of "require" mean anything? */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

/* What the judge knows, and the fields that a ticket has. */
static const char *const known[] = { "comment", "reply", "reply-now",
	"checklist", "time", "evidence", "subject", "type", "queue", "line",
	"priority", "category", "channel", "client", "requester", "cc",
	"assignee", "sla", "due", "impact", "urgency", "watchers", "tags",
	"links", "assets", "promised", "spent", "rating", "resolution", "cause",
	"extra", "junk", "partner_ref", "language" };

/* Fields of the regulation's own: what it sets, and by what it knows a
 * client. */
static bool
is_own_field(const struct tk_lint *l, const char *word)
{
	const struct tk_yaml *id = tk_yaml_get(
	    tk_regfiles_get(l->files, "relations.yaml"), "identification");
	const struct tk_process *p;
	size_t i, k;

	if (tk_streq(tk_yaml_str(id, "field"), word))
		return true;
	for (i = 0; i < l->reg->n_processes; i++)
		for (p = &l->reg->process[i], k = 0; k < p->n_steps; k++)
			if (p->step[k].set != NULL &&
			    p->step[k].set->kind == TK_YAML_MAP &&
			    tk_yaml_get(p->step[k].set, word) != NULL)
				return true;
	return false;
}

void
tk_lint_words(struct tk_lint *l, const char *path, unsigned line,
    const struct tk_strv *words)
{
	size_t i, k;

	for (i = 0; i < words->n; i++) {
		for (k = 0; k < TK_COUNT(known); k++)
			if (strcmp(known[k], words->v[i]) == 0)
				break;
		if (k == TK_COUNT(known) && !is_own_field(l, words->v[i]))
			tk_lint_find(l, path, line,
			    _("\"%s\" is no word of \"require\" and no field "
			      "of a ticket"),
			    words->v[i]);
	}
}
