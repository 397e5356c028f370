/* people-own - what everybody may change of their own staff file: what they
 * want to be told. */
#include "people/people-check.h"

#include <string.h>

bool
tk_people_is_own_choice(
    const struct tk_people_change *c, const struct tk_actor *actor)
{
	size_t i;

	if (c->kind != TK_PEOPLE_STAFF || strcmp(c->verb, "change") != 0 ||
	    !tk_streq(c->id, actor->id) || c->set == NULL || c->set->n == 0)
		return false;
	for (i = 0; i < c->set->n; i++)
		if (!tk_starts(c->set->key[i], "notify."))
			return false;
	return true;
}

static bool
covers(const struct tk_yaml *a, const struct tk_yaml *b)
{
	const struct tk_yaml *other;
	size_t i;

	for (i = 0; i < a->n; i++) {
		if (strcmp(a->key[i], "notify") == 0)
			continue;
		other = tk_yaml_get(b, a->key[i]);
		if (other == NULL || !tk_yaml_equal(a->item[i], other))
			return false;
	}
	return true;
}

bool
tk_people_is_own_file(const char *id, const struct tk_actor *actor,
    const struct tk_str *was, const struct tk_str *now)
{
	struct tk_yaml *a = NULL, *b = NULL;
	struct tk_err ignored = TK_ERR_INIT;
	bool is = tk_streq(id, actor->id) &&
	    tk_yaml_read(&a, was->data, was->len, id, &ignored) == TK_OK &&
	    tk_yaml_read(&b, now->data, now->len, id, &ignored) == TK_OK &&
	    a->kind == TK_YAML_MAP && b->kind == TK_YAML_MAP && covers(a, b) &&
	    covers(b, a);

	tk_yaml_free(a);
	tk_yaml_free(b);
	return is;
}
