/* check-terms - what the program works out by itself stands as it does. */
#include "check/law.h"
#include "rules/sla.h"

#include <string.h>

#include "base/i18n.h"

/* Nothing and null are the same. */
static bool
same(const struct tk_yaml *a, const struct tk_yaml *b)
{
	if (tk_yaml_is_null(a) || tk_yaml_is_null(b))
		return tk_yaml_is_null(a) && tk_yaml_is_null(b) &&
		    (a != NULL) == (b != NULL);
	return tk_yaml_equal(a, b);
}

static void
find(struct tk_law *l, const char *path, const char *field,
    const struct tk_yaml *want)
{
	struct tk_str text = TK_STR_INIT;

	if (want == NULL)
		tk_str_add(&text, _("not to be set"));
	else
		tk_yaml_write_flow(&text, want);
	tk_law_find(l, path, "terms",
	    _("tk's commands work it out by themselves"),
	    _("\"%s\" does not follow from the log and the regulation; it is: "
	      "%s"),
	    field, text.data);
	tk_str_clear(&text);
}

void
tk_law_terms(struct tk_law *l, const char *path, const struct tk_ticket *old,
    const struct tk_ticket *now, const struct tk_yaml *entry)
{
	static const char *const fields[] = { "terms", "due", "wait" };
	struct tk_yaml *again;
	const struct tk_yaml *given, *want;
	size_t i, n = tk_streq(tk_yaml_str(entry, "act"), "wait") ? 2 : 3;

	/* What was made before there were terms is not wrong today. */
	if (l->audit && tk_ticket_node(now, "terms") == NULL &&
	    (old == NULL || tk_ticket_node(old, "terms") == NULL))
		return;
	again = tk_yaml_copy(entry);
	for (i = 0; i < n && tk_yaml_get(again, "set") != NULL; i++)
		tk_yaml_set(tk_yaml_get(again, "set"), fields[i], NULL);
	tk_sla_derive(again, old, l->desk->reg);
	for (i = 0; i < n; i++) {
		given = tk_yaml_get(tk_yaml_get(entry, "set"), fields[i]);
		want = tk_yaml_get(tk_yaml_get(again, "set"), fields[i]);
		if (!same(given, want))
			find(l, path, fields[i], want);
	}
	tk_yaml_free(again);
}
