/* reglint-penalty - what a missed term costs: is it said so that it can be
 * counted? */
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/penalty.h"
#include "regulation/reglint-parts.h"

#define RELATIONS "regulation/relations.yaml"

static void
lint_words(struct tk_lint *l, const struct tk_penalty_rule *r)
{
	size_t i;

	for (i = 0; i < r->type.n; i++)
		if (tk_process_find(l->reg, r->type.v[i]) == NULL)
			tk_lint_find(l, RELATIONS, r->line,
			    _("no process \"%s\""), r->type.v[i]);
	for (i = 0; i < r->priority.n; i++)
		if (tk_choice_find(&l->reg->priorities, r->priority.v[i]) ==
		    NULL)
			tk_lint_find(l, RELATIONS, r->line,
			    _("no priority \"%s\""), r->priority.v[i]);
}

void
tk_lint_penalties(struct tk_lint *l)
{
	const struct tk_yaml *classes =
	    tk_lint_list(tk_regfiles_get(l->files, "sla.yaml"), "classes");
	struct tk_penalty_rules rules = { NULL, 0, 0 };
	struct tk_err err = TK_ERR_INIT;
	size_t i, k;

	if (tk_penalty_rules_read(&rules,
		tk_regfiles_get(l->files, "relations.yaml"), RELATIONS,
		&err) != TK_OK)
		tk_lint_add(l, err.text);
	for (i = 0; i < rules.n; i++) {
		lint_words(l, &rules.v[i]);
		for (k = 0; rules.v[i].class != NULL && k < classes->n; k++)
			if (tk_streq(tk_yaml_str(classes->item[k], "id"),
				rules.v[i].class))
				break;
		if (rules.v[i].class != NULL && k == classes->n)
			tk_lint_find(l, RELATIONS, rules.v[i].line,
			    _("no class \"%s\""), rules.v[i].class);
	}
	tk_penalty_rules_clear(&rules);
}
