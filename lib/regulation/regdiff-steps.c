/* regdiff-steps - steps that came, went or changed: one from each state. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdiff-parts.h"

struct step {
	const char *from, *to; /* borrowed from froms and node */
	const struct tk_yaml *node;
	const struct tk_yaml *rest; /* the node without "from" */
	bool done;
};

struct steps {
	struct step *v;
	size_t n, cap;
	struct tk_strv *froms; /* of each transition */
	struct tk_yaml **rest;
	size_t nodes;
};

static void
spread(struct steps *s, const struct tk_yaml *list)
{
	struct step *one;
	size_t i, k;

	memset(s, 0, sizeof(*s));
	if (list == NULL)
		return;
	s->nodes = list->n;
	s->froms = tk_calloc(list->n + 1, sizeof(*s->froms));
	s->rest = tk_calloc(list->n + 1, sizeof(struct tk_yaml *));
	for (i = 0; i < list->n; i++) {
		s->rest[i] = tk_yaml_copy(list->item[i]);
		if (list->item[i]->kind != TK_YAML_MAP)
			continue;
		tk_yaml_set(s->rest[i], "from", NULL);
		tk_yaml_strv(list->item[i], "from", &s->froms[i]);
		for (k = 0; k < s->froms[i].n; k++) {
			s->v = tk_more(s->v, s->n, &s->cap, sizeof(*s->v));
			one = &s->v[s->n++];
			one->from = s->froms[i].v[k];
			one->to = tk_yaml_str(list->item[i], "to");
			one->node = list->item[i];
			one->rest = s->rest[i];
			if (one->to == NULL)
				one->to = "";
		}
	}
}

static void
steps_clear(struct steps *s)
{
	size_t i;

	for (i = 0; i < s->nodes; i++) {
		tk_strv_clear(&s->froms[i]);
		tk_yaml_free(s->rest[i]);
	}
	free(s->froms);
	free(s->rest);
	free(s->v);
}

/* The next one of b that is not taken: equal in all, or only in from and
 * to. */
static struct step *
partner(const struct steps *b, const struct step *a, bool equal)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (!b->v[i].done && strcmp(b->v[i].from, a->from) == 0 &&
		    strcmp(b->v[i].to, a->to) == 0 &&
		    (!equal || tk_yaml_equal(a->rest, b->v[i].rest)))
			return &b->v[i];
	return NULL;
}

/* Steps of one transition with one fate are one line: "open, waiting". */
static void
put_changed(struct tk_regdiff *d, const char *label, struct steps *a,
    struct steps *b, size_t at)
{
	static const char *const skip[] = { "from", "to", NULL };
	struct step *first = partner(b, &a->v[at], false), *other;
	struct tk_str from = TK_STR_INIT;
	char *below;
	size_t i;

	for (i = at; i < a->n && a->v[i].node == a->v[at].node; i++) {
		other = a->v[i].done ? NULL : partner(b, &a->v[i], false);
		if (other == NULL || other->node != first->node)
			continue;
		tk_str_addf(
		    &from, "%s%s", from.len > 0 ? ", " : "", a->v[i].from);
		a->v[i].done = other->done = true;
	}
	below = tk_strf(_("%s, step %s -> %s"), label, from.data, a->v[at].to);
	tk_regdiff_map(d, below, a->v[at].node, first->node, skip);
	free(below);
	tk_str_clear(&from);
}

static void
joined(struct tk_str *out, const struct tk_yaml *node, const char *key)
{
	struct tk_strv l = TK_STRV_INIT;
	size_t i;

	tk_yaml_strv(node, key, &l);
	for (i = 0; i < l.n; i++)
		tk_str_addf(out, "%s%s", i > 0 ? ", " : "", l.v[i]);
	tk_strv_clear(&l);
}

static void
put_one_sided(struct tk_regdiff *d, const char *label, struct steps *s,
    size_t at, bool is_new)
{
	struct tk_str from = TK_STR_INIT, by = TK_STR_INIT;
	struct tk_str needs = TK_STR_INIT;
	size_t i;

	for (i = at; i < s->n && s->v[i].node == s->v[at].node; i++)
		if (!s->v[i].done) {
			tk_str_addf(&from, "%s%s", from.len > 0 ? ", " : "",
			    s->v[i].from);
			s->v[i].done = true;
		}
	joined(&by, s->v[at].node, "by");
	joined(&needs, s->v[at].node, "require");
	if (by.len == 0)
		tk_str_add(&by, _("everybody"));
	if (is_new && needs.len > 0)
		tk_regdiff_say(d, label,
		    _("new step %s -> %s by %s, which needs %s"), from.data,
		    s->v[at].to, by.data, needs.data);
	else if (is_new)
		tk_regdiff_say(d, label, _("new step %s -> %s by %s"),
		    from.data, s->v[at].to, by.data);
	else
		tk_regdiff_say(d, label, _("step %s -> %s by %s is gone"),
		    from.data, s->v[at].to, by.data);
	tk_str_clear(&from);
	tk_str_clear(&by);
	tk_str_clear(&needs);
}

void
tk_regdiff_steps(struct tk_regdiff *d, const char *label,
    const struct tk_yaml *a, const struct tk_yaml *b)
{
	struct steps was, now;
	struct step *same;
	size_t i;

	spread(&was, a);
	spread(&now, b);
	for (i = 0; i < was.n; i++)
		if ((same = partner(&now, &was.v[i], true)) != NULL)
			was.v[i].done = same->done = true;
	for (i = 0; i < was.n; i++)
		if (!was.v[i].done && partner(&now, &was.v[i], false) != NULL)
			put_changed(d, label, &was, &now, i);
	for (i = 0; i < was.n; i++)
		if (!was.v[i].done)
			put_one_sided(d, label, &was, i, false);
	for (i = 0; i < now.n; i++)
		if (!now.v[i].done)
			put_one_sided(d, label, &now, i, true);
	steps_clear(&was);
	steps_clear(&now);
}
