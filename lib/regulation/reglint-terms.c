/* reglint-terms - terms that are longer than those above them, and what the
 * classes and calendars refer to. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/reglint-parts.h"

#define SLA "regulation/sla.yaml"

static const char *const terms[] = { "response", "update", "resolution" };

/* -1: not there, or not to be read. */
static int64_t
term_of(const struct tk_yaml *y, const char *key)
{
	const char *text = tk_yaml_str(y, key);
	int64_t n;

	return text != NULL && tk_span_parse(&n, text) ? n : -1;
}

static void
too_long(struct tk_lint *l, const struct tk_yaml *y, const char *key,
    const char *than, const struct tk_yaml *other, const char *name)
{
	int64_t a = term_of(y, key), b = term_of(other, than);

	if (a >= 0 && b >= 0 && a > b)
		tk_lint_find(l, SLA, tk_yaml_line(y, key),
		    _("%s of %s is %s: longer than %s of %s, %s"), key,
		    tk_yaml_str(y, "priority") != NULL
			? tk_yaml_str(y, "priority")
			: "?",
		    tk_yaml_str(y, key), than, name, tk_yaml_str(other, than));
}

/* The first for this priority; one that names none is for all. */
static const struct tk_yaml *
target_of(const struct tk_yaml *list, const char *priority)
{
	struct tk_strv names = TK_STRV_INIT;
	bool fits = false;
	size_t i;

	for (i = 0; i < list->n; i++) {
		tk_yaml_strv(list->item[i], "priority", &names);
		fits = names.n == 0 || tk_strv_has(&names, priority);
		tk_strv_clear(&names);
		if (fits)
			return list->item[i];
	}
	return NULL;
}

/* A category, or a folder of them. */
static bool
has_category(const struct tk_lint *l, const char *name)
{
	const struct tk_choices *all = &l->reg->categories;
	size_t i, n = strlen(name);

	for (i = 0; i < all->n; i++)
		if (strncmp(all->v[i].id, name, n) == 0 &&
		    (all->v[i].id[n] == '\0' || all->v[i].id[n] == '/'))
			return true;
	return false;
}

/* Do the words of a condition mean anything? */
static void
lint_word(struct tk_lint *l, unsigned line, const char *key, const char *w)
{
	if (strcmp(key, "priority") == 0 &&
	    tk_choice_find(&l->reg->priorities, w) == NULL)
		tk_lint_find(l, SLA, line, _("no priority \"%s\""), w);
	else if (strcmp(key, "category") == 0 && !has_category(l, w))
		tk_lint_find(l, SLA, line, _("no category \"%s\""), w);
	else if (strcmp(key, "type") == 0 && tk_process_find(l->reg, w) == NULL)
		tk_lint_find(l, SLA, line, _("no process \"%s\""), w);
	else if (strcmp(key, "contract") == 0 &&
	    tk_sla_class_find(&l->reg->sla, w) == NULL)
		tk_lint_find(l, SLA, line, _("no class \"%s\""), w);
}

static void
lint_match(struct tk_lint *l, const struct tk_yaml *y)
{
	static const char *const keys[] = { "priority", "category", "type",
		"contract" };
	struct tk_strv words = TK_STRV_INIT;
	size_t i, k;

	for (k = 0; k < TK_COUNT(keys); k++) {
		tk_yaml_strv(y, keys[k], &words);
		for (i = 0; i < words.n; i++)
			lint_word(
			    l, tk_yaml_line(y, keys[k]), keys[k], words.v[i]);
		tk_strv_clear(&words);
	}
}

static void
lint_target(
    struct tk_lint *l, const struct tk_yaml *t, const struct tk_yaml *floor)
{
	struct tk_strv names = TK_STRV_INIT;
	const char *name;
	size_t i;

	lint_match(l, t);
	tk_yaml_strv(t, "priority", &names);
	name = names.n > 0 ? names.v[0] : "?";
	too_long(l, t, "response", "resolution", t, name);
	too_long(l, t, "update", "resolution", t, name);
	too_long(l, t, "response", "update", t, name);
	/* Hours of different calendars cannot be compared. */
	for (i = 0;
	     i < TK_COUNT(terms) && tk_yaml_str(floor, "calendar") == NULL; i++)
		too_long(l, t, terms[i], terms[i], floor, "floor");
	tk_strv_clear(&names);
}

/* The most urgent priority first: each term may only grow. */
static void
lint_ladder(struct tk_lint *l, const struct tk_yaml *c)
{
	const struct tk_choices *all = &l->reg->priorities;
	const struct tk_yaml *list = tk_lint_list(c, "targets");
	const struct tk_yaml *t, *next;
	size_t i, k;

	for (i = 0; i < all->n; i++) {
		t = target_of(list, all->v[i].id);
		next =
		    i + 1 < all->n ? target_of(list, all->v[i + 1].id) : NULL;
		if (t == NULL)
			tk_lint_find(l, SLA, c->line,
			    _("class \"%s\" has no terms for priority "
			      "\"%s\""),
			    tk_yaml_str(c, "id") != NULL ? tk_yaml_str(c, "id")
							 : "",
			    all->v[i].id);
		for (k = 0; t != NULL && next != NULL && k < TK_COUNT(terms);
		     k++)
			too_long(
			    l, t, terms[k], terms[k], next, all->v[i + 1].id);
	}
}

static bool
has_id(const struct tk_yaml *list, const char *id)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			return true;
	return false;
}

static void
lint_calendar(struct tk_lint *l, const char *file, const struct tk_yaml *y)
{
	const char *id = tk_yaml_str(y, "calendar");

	if (id != NULL && tk_calendar_find(&l->reg->calendars, id) == NULL)
		tk_lint_find(l, file, tk_yaml_line(y, "calendar"),
		    _("no calendar \"%s\""), id);
}

static void
lint_class(
    struct tk_lint *l, const struct tk_yaml *c, const struct tk_yaml *floor)
{
	static const char *const others[] = { "assignee", "all", NULL };
	const struct tk_yaml *list = tk_lint_list(c, "targets");
	size_t i;

	lint_calendar(l, SLA, c);
	for (i = 0; i < list->n; i++)
		lint_target(l, list->item[i], floor);
	lint_ladder(l, c);
	list = tk_lint_list(c, "escalation");
	for (i = 0; i < list->n; i++)
		tk_lint_roles(l, SLA, list->item[i], "to", others);
}

/* The lists of days that a calendar takes in. */
static void
lint_includes(struct tk_lint *l, const struct tk_yaml *c)
{
	struct tk_strv names = TK_STRV_INIT;
	char *file;
	size_t i;

	tk_yaml_strv(c, "include", &names);
	for (i = 0; i < names.n; i++) {
		file = tk_strf("calendars/%s.yaml", names.v[i]);
		if (tk_regfiles_get(l->files, file) == NULL)
			tk_lint_find(l, "regulation/calendar.yaml",
			    tk_yaml_line(c, "include"),
			    _("the file %s is missing"), file);
		free(file);
	}
	tk_strv_clear(&names);
}

void
tk_lint_terms(struct tk_lint *l)
{
	const struct tk_yaml *sla = tk_regfiles_get(l->files, "sla.yaml");
	const struct tk_yaml *classes = tk_lint_list(sla, "classes");
	const struct tk_yaml *calendars = tk_lint_list(
	    tk_regfiles_get(l->files, "calendar.yaml"), "calendars");
	const struct tk_yaml *queues =
	    tk_lint_list(tk_regfiles_get(l->files, "queues.yaml"), "queues");
	const char *def = tk_yaml_str(sla, "default");
	const struct tk_yaml *rules = tk_lint_list(sla, "rules");
	size_t i;

	for (i = 0; i < calendars->n; i++)
		lint_includes(l, calendars->item[i]);
	for (i = 0; i < rules->n; i++)
		lint_match(l, rules->item[i]);
	if (def != NULL && !has_id(classes, def))
		tk_lint_find(l, SLA, tk_yaml_line(sla, "default"),
		    _("no class \"%s\""), def);
	for (i = 0; i < classes->n; i++)
		lint_class(l, classes->item[i], tk_yaml_get(sla, "floor"));
	if (tk_yaml_get(sla, "floor") != NULL)
		lint_calendar(l, SLA, tk_yaml_get(sla, "floor"));
	for (i = 0; i < queues->n; i++)
		lint_calendar(l, "regulation/queues.yaml", queues->item[i]);
}
