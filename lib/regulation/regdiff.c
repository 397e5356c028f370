/* regdiff - what has changed between two regulations, in words. */
#include "regulation/regdiff.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdiff-parts.h"

/* Lists of maps: what one entry is called, and the keys that tell which. */
static const struct {
	const char *list, *noun;
	const char *keys[4];
} lists[] = {
	{ "states", N_("state"), { "id" } },
	{ "classes", N_("class"), { "id" } },
	{ "targets", N_("priority"), { "priority" } },
	{ "escalation", N_("alarm at"), { "at" } },
	{ "calendars", N_("calendar"), { "id" } },
	{ "works", N_("work"), { "id" } },
	{ "queues", N_("queue"), { "id" } },
	{ "handover", N_("handover to"), { "to" } },
	{ "routing", N_("route"), { "to", "from", "subject", "client" } },
	{ "roles", N_("role"), { "id" } },
	{ "priorities", N_("priority"), { "id" } },
	{ "categories", N_("category"), { "id" } },
	{ "impact", N_("impact"), { "id" } },
	{ "urgency", N_("urgency"), { "id" } },
	{ "matrix", N_("impact and urgency"), { "impact", "urgency" } },
	{ "penalties", N_("penalty"), { "class", "for" } },
};

void
tk_regdiff_say(struct tk_regdiff *d, const char *label, const char *fmt, ...)
{
	struct tk_str text = TK_STR_INIT;
	char what[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	tk_str_addf(&text, "%s%s%s", label, label[0] != '\0' ? ": " : "", what);
	tk_strv_add(d->lines, text.data);
	tk_str_clear(&text);
}

/* "process incident, state vendor"; free(3). */
static char *
label_of(const char *above, const char *noun, const char *id)
{
	return tk_strf("%s%s%s%s%s", above, above[0] != '\0' ? ", " : "", noun,
	    id[0] != '\0' ? " " : "", id);
}

static char *
flow_of(const struct tk_yaml *y)
{
	struct tk_str s = TK_STR_INIT;

	if (y->kind == TK_YAML_SCALAR)
		tk_str_add(&s, y->text);
	else
		tk_yaml_write_flow(&s, y);
	return tk_str_detach(&s);
}

/* Which entry it is; free(3). */
static char *
id_of(const struct tk_yaml *e, const char *const *keys)
{
	struct tk_str s = TK_STR_INIT;
	const struct tk_yaml *y;
	char *one;
	size_t i;

	for (i = 0; i < 4 && keys[i] != NULL; i++) {
		if ((y = tk_yaml_get(e, keys[i])) == NULL)
			continue;
		one = flow_of(y);
		tk_str_addf(&s, "%s%s", s.len > 0 ? " " : "", one);
		free(one);
	}
	return tk_str_detach(&s);
}

static const struct tk_yaml *
entry_of(const struct tk_yaml *list, const char *id, const char *const *keys)
{
	size_t i;
	char *own;
	bool same;

	for (i = 0; list != NULL && i < list->n; i++) {
		own = id_of(list->item[i], keys);
		same = strcmp(own, id) == 0;
		free(own);
		if (same)
			return list->item[i];
	}
	return NULL;
}

/* Those of one list that the other has too, in their order; free(3). */
static char *
order_of(const struct tk_yaml *list, const struct tk_yaml *other,
    const char *const *keys)
{
	struct tk_str s = TK_STR_INIT;
	size_t i;
	char *id;

	for (i = 0; list != NULL && i < list->n; i++) {
		id = id_of(list->item[i], keys);
		if (entry_of(other, id, keys) != NULL)
			tk_str_addf(&s, "%s\n", id);
		free(id);
	}
	return tk_str_detach(&s);
}

static void
diff_entries(struct tk_regdiff *d, const char *label, size_t kind,
    const struct tk_yaml *a, const struct tk_yaml *b)
{
	const char *const *keys = lists[kind].keys;
	const char *noun = _(lists[kind].noun);
	char *id, *below, *was = order_of(a, b, keys);
	char *now = order_of(b, a, keys);
	const struct tk_yaml *e;
	size_t i;

	for (i = 0; a != NULL && i < a->n; i++) {
		id = id_of(a->item[i], keys);
		below = label_of(label, noun, id);
		if ((e = entry_of(b, id, keys)) != NULL)
			tk_regdiff_map(d, below, a->item[i], e, NULL);
		else
			tk_regdiff_say(d, label, _("%s %s is gone"), noun, id);
		free(below);
		free(id);
	}
	for (i = 0; b != NULL && i < b->n; i++) {
		id = id_of(b->item[i], keys);
		if (entry_of(a, id, keys) == NULL)
			tk_regdiff_say(d, label, _("new %s %s"), noun, id);
		free(id);
	}
	if (strcmp(was, now) != 0)
		tk_regdiff_say(
		    d, label, _("%s: the order has changed"), lists[kind].list);
	free(was);
	free(now);
}

/* A list of words: what came and what went. */
static void
diff_words(struct tk_regdiff *d, const char *label, const char *key,
    const struct tk_yaml *a, const struct tk_yaml *b)
{
	struct tk_strv was = TK_STRV_INIT, now = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	size_t i;

	tk_yaml_strv(a, key, &was);
	tk_yaml_strv(b, key, &now);
	for (i = 0; i < now.n; i++)
		if (!tk_strv_has(&was, now.v[i]))
			tk_str_addf(&text, " +%s", now.v[i]);
	for (i = 0; i < was.n; i++)
		if (!tk_strv_has(&now, was.v[i]))
			tk_str_addf(&text, " -%s", was.v[i]);
	if (text.len > 0)
		tk_regdiff_say(d, label, "%s%s", key, text.data);
	tk_str_clear(&text);
	tk_strv_clear(&was);
	tk_strv_clear(&now);
}

static bool
is_words(const struct tk_yaml *y)
{
	size_t i;

	if (y == NULL || y->kind == TK_YAML_SCALAR)
		return true;
	for (i = 0; y->kind == TK_YAML_LIST && i < y->n; i++)
		if (y->item[i]->kind != TK_YAML_SCALAR)
			return false;
	return y->kind == TK_YAML_LIST;
}

static bool
is_kind(const struct tk_yaml *a, const struct tk_yaml *b, enum tk_yaml_kind k)
{
	return (a == NULL || a->kind == k) && (b == NULL || b->kind == k);
}

static void
diff_scalar(struct tk_regdiff *d, const char *label, const char *key,
    const struct tk_yaml *a, const struct tk_yaml *b)
{
	char *was = a != NULL ? flow_of(a) : NULL;
	char *now = b != NULL ? flow_of(b) : NULL;
	size_t n;

	/* Of prose, how much; the words themselves are git's to show. */
	if (strcmp(key, "text") == 0 ||
	    strchr(was != NULL ? was : "", '\n') != NULL ||
	    strchr(now != NULL ? now : "", '\n') != NULL) {
		n = tk_regdiff_lines(
		    was != NULL ? was : "", now != NULL ? now : "");
		tk_regdiff_say(d, "",
		    ngettext("position %d%s%s, %s changed: %zu line",
			"position %d%s%s, %s changed: %zu lines",
			(unsigned long)n),
		    d->position, label[0] != '\0' ? ", " : "", label, key, n);
	} else if (was == NULL) {
		tk_regdiff_say(d, label, _("new %s %s"), key, now);
	} else if (now == NULL) {
		tk_regdiff_say(d, label, _("%s %s is gone"), key, was);
	} else {
		tk_regdiff_say(d, label, "%s %s -> %s", key, was, now);
	}
	free(was);
	free(now);
}

static void
diff_key(struct tk_regdiff *d, const char *label, const char *key,
    const struct tk_yaml *ma, const struct tk_yaml *mb)
{
	const struct tk_yaml *a = tk_yaml_get(ma, key);
	const struct tk_yaml *b = tk_yaml_get(mb, key);
	char *below;
	size_t i;

	if (a != NULL && b != NULL && tk_yaml_equal(a, b))
		return;
	if (is_kind(a, b, TK_YAML_LIST) && strcmp(key, "transitions") == 0) {
		tk_regdiff_steps(d, label, a, b);
		return;
	}
	for (i = 0; i < TK_COUNT(lists); i++)
		if (strcmp(lists[i].list, key) == 0)
			break;
	if (is_kind(a, b, TK_YAML_SCALAR)) {
		diff_scalar(d, label, key, a, b);
	} else if (is_words(a) && is_words(b)) {
		diff_words(d, label, key, ma, mb);
	} else if (is_kind(a, b, TK_YAML_LIST) && i < TK_COUNT(lists)) {
		diff_entries(d, label, i, a, b);
	} else if (is_kind(a, b, TK_YAML_MAP)) {
		below = label_of(label, key, "");
		tk_regdiff_map(d, below, a, b, NULL);
		free(below);
	} else {
		diff_scalar(d, label, key, a, b);
	}
}

static bool
is_skipped(const char *const *skip, const char *key)
{
	for (; skip != NULL && *skip != NULL; skip++)
		if (strcmp(*skip, key) == 0)
			return true;
	return false;
}

void
tk_regdiff_map(struct tk_regdiff *d, const char *label, const struct tk_yaml *a,
    const struct tk_yaml *b, const char *const *skip)
{
	size_t i;

	for (i = 0; a != NULL && a->kind == TK_YAML_MAP && i < a->n; i++)
		if (!is_skipped(skip, a->key[i]))
			diff_key(d, label, a->key[i], a, b);
	for (i = 0; b != NULL && b->kind == TK_YAML_MAP && i < b->n; i++)
		if (!is_skipped(skip, b->key[i]) &&
		    tk_yaml_get(a, b->key[i]) == NULL)
			diff_key(d, label, b->key[i], a, b);
}
