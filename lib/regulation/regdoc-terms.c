/* regdoc-terms - position 5: terms, working hours, recurring works. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdoc-parts.h"

static const struct tk_yaml *
list_of(const struct tk_yaml *y, const char *key)
{
	static const struct tk_yaml none = { .kind = TK_YAML_LIST };
	const struct tk_yaml *list = tk_yaml_get(y, key);

	return list != NULL && list->kind == TK_YAML_LIST ? list : &none;
}

static const char *
name_of(const struct tk_yaml *y)
{
	const char *name = tk_yaml_str(y, "name");

	return name != NULL ? name : tk_yaml_str(y, "id");
}

static const char *
named(const struct tk_yaml *list, const char *id)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (tk_streq(tk_yaml_str(list->item[i], "id"), id))
			return name_of(list->item[i]);
	return id;
}

static void
add_classes(struct tk_regdoc *d, const struct tk_yaml *classes,
    const struct tk_yaml *calendars)
{
	const char *titles[] = { _("Class"), _("Working hours"), _("Priority"),
		_("First response"), _("Next update"), _("Resolution") };
	const struct tk_yaml *c, *targets, *t;
	const struct tk_choice *priority;
	struct tk_str text = TK_STR_INIT;
	const char *id;
	size_t i, k;

	tk_doc_table(d->doc, titles, 6);
	for (i = 0; i < classes->n; i++) {
		c = classes->item[i];
		targets = list_of(c, "targets");
		for (k = 0; k < targets->n; k++) {
			t = targets->item[k];
			id = tk_yaml_str(t, "priority");
			priority = id != NULL
			    ? tk_choice_find(&d->reg->priorities, id)
			    : NULL;
			tk_doc_cell(d->doc, name_of(c));
			tk_doc_cell(d->doc,
			    named(calendars, tk_yaml_str(c, "calendar")));
			if (priority != NULL) {
				tk_regdoc_cell_name(
				    d, priority->id, priority->name);
			} else {
				if (tk_yaml_get(t, "priority") != NULL)
					tk_regdoc_value(
					    &text, tk_yaml_get(t, "priority"));
				tk_regdoc_cell_str(d, &text);
			}
			tk_doc_cell(d->doc, tk_yaml_str(t, "response"));
			tk_doc_cell(d->doc, tk_yaml_str(t, "update"));
			tk_doc_cell(d->doc, tk_yaml_str(t, "resolution"));
		}
	}
	tk_str_clear(&text);
}

static const char *
term_of(const char *target)
{
	return strcmp(target, "response") == 0  ? _("First response")
	    : strcmp(target, "update") == 0     ? _("Next update")
	    : strcmp(target, "resolution") == 0 ? _("Resolution")
						: target;
}

static void
put_alarm(struct tk_regdoc *d, const struct tk_yaml *e)
{
	static const struct {
		const char *word, *text;
	} known[] = {
		{ "warn", N_("warn the assignee") },
		{ "tell", N_("tell") },
		{ "raise", N_("raise the priority") },
		{ "up", N_("move up a line") },
		{ "assign", N_("assign") },
	};
	const char *what = tk_yaml_str(e, "do");
	struct tk_strv to = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT, roles = TK_STR_INIT;
	size_t i;

	for (i = 0; what != NULL && i < TK_COUNT(known); i++)
		if (strcmp(known[i].word, what) == 0)
			break;
	if (what != NULL)
		tk_str_add(
		    &text, i < TK_COUNT(known) ? _(known[i].text) : what);
	tk_yaml_strv(e, "to", &to);
	if (to.n > 0) {
		tk_regdoc_roles(&roles, d, &to);
		tk_str_addf(&text, ": %s", roles.data);
	}
	tk_strv_clear(&to);
	tk_yaml_strv(e, "target", &to);
	for (i = 0; i < to.n; i++)
		tk_str_addf(
		    &text, "%s%s", i > 0 ? ", " : "; ", term_of(to.v[i]));
	tk_regdoc_cell_str(d, &text);
	tk_strv_clear(&to);
	tk_str_clear(&text);
	tk_str_clear(&roles);
}

static void
add_alarms(struct tk_regdoc *d, const struct tk_yaml *classes)
{
	const char *titles[] = { _("Class"), _("Part of the term"),
		_("Alarm") };
	const struct tk_yaml *list;
	size_t i, k;

	tk_doc_table(d->doc, titles, 3);
	for (i = 0; i < classes->n; i++) {
		list = list_of(classes->item[i], "escalation");
		for (k = 0; k < list->n; k++) {
			tk_doc_cell(d->doc, name_of(classes->item[i]));
			tk_doc_cell(d->doc, tk_yaml_str(list->item[k], "at"));
			put_alarm(d, list->item[k]);
		}
	}
}

/* "mon-fri 09:00-18:00": days with the same hours in a row stand together. */
static void
put_hours(struct tk_str *out, const struct tk_yaml *hours)
{
	static const char *const keys[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"),
		N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_yaml *day;
	size_t i, last;

	for (i = 0; i < 7; i = last + 1) {
		last = i;
		if ((day = tk_yaml_get(hours, keys[i])) == NULL)
			continue;
		while (last < 6 && tk_yaml_get(hours, keys[last + 1]) != NULL &&
		    tk_yaml_equal(day, tk_yaml_get(hours, keys[last + 1])))
			last++;
		tk_str_reset(&text);
		tk_regdoc_value(&text, day);
		tk_str_addf(out, "%s%s", out->len > 0 ? "; " : "", _(names[i]));
		if (last > i)
			tk_str_addf(out, "\xE2\x80\x93%s", _(names[last]));
		tk_str_addf(out, " %s", text.data);
	}
	tk_str_clear(&text);
}

static void
add_part(struct tk_str *out, const char *title, const struct tk_yaml *y)
{
	struct tk_str text = TK_STR_INIT;

	if (y == NULL || y->n == 0)
		return;
	tk_regdoc_value(&text, y);
	tk_str_addf(out, "%s%s%s", out->len > 0 ? "; " : "", title, text.data);
	tk_str_clear(&text);
}

/* Lists of days by name, then the company's own. */
static void
put_days(struct tk_str *out, const struct tk_yaml *c)
{
	tk_str_reset(out);
	add_part(out, "", tk_yaml_get(c, "include"));
	add_part(out, "", tk_yaml_get(c, "holidays"));
	add_part(out, _("worked: "), tk_yaml_get(c, "working"));
}

static void
add_floor(struct tk_regdoc *d, const struct tk_yaml *sla,
    const struct tk_yaml *calendars)
{
	const char *titles[] = { _("For all"), _("Working hours"),
		_("First response"), _("Next update"), _("Resolution") };
	const struct tk_yaml *floor = tk_yaml_get(sla, "floor");
	const char *calendar = tk_yaml_str(floor, "calendar");

	if (floor == NULL)
		return;
	tk_doc_table(d->doc, titles, 5);
	tk_doc_cell(d->doc, _("at most"));
	tk_doc_cell(d->doc, calendar != NULL ? named(calendars, calendar) : "");
	tk_doc_cell(d->doc, tk_yaml_str(floor, "response"));
	tk_doc_cell(d->doc, tk_yaml_str(floor, "update"));
	tk_doc_cell(d->doc, tk_yaml_str(floor, "resolution"));
}

static void
add_rules(struct tk_regdoc *d, const struct tk_yaml *rules,
    const struct tk_yaml *classes)
{
	const char *titles[] = { _("Class"), _("Process"), _("Priority"),
		_("Category"), _("Client"), _("Contract"), _("Site") };
	static const char *const keys[] = { "type", "priority", "category",
		"client", "contract", "site" };
	struct tk_str text = TK_STR_INIT;
	size_t i, k;

	if (rules->n == 0)
		return;
	tk_doc_table(d->doc, titles, 7);
	for (i = 0; i < rules->n; i++) {
		tk_doc_cell(d->doc,
		    named(classes, tk_yaml_str(rules->item[i], "class")));
		for (k = 0; k < TK_COUNT(keys); k++) {
			if (tk_yaml_get(rules->item[i], keys[k]) != NULL)
				tk_regdoc_value(&text,
				    tk_yaml_get(rules->item[i], keys[k]));
			tk_regdoc_cell_str(d, &text);
		}
	}
	tk_str_clear(&text);
}

static void
add_calendars(struct tk_regdoc *d, const struct tk_yaml *calendars)
{
	const char *titles[] = { _("Calendar"), _("Time zone"),
		_("Working hours"), _("Holidays") };
	struct tk_str text = TK_STR_INIT;
	const struct tk_yaml *c;
	struct tk_str days = TK_STR_INIT;
	size_t i;

	tk_doc_table(d->doc, titles, 4);
	for (i = 0; i < calendars->n; i++) {
		c = calendars->item[i];
		tk_doc_cell(d->doc, name_of(c));
		tk_doc_cell(d->doc, tk_yaml_str(c, "timezone"));
		if (tk_yaml_bool(c, "always", false))
			tk_str_add(&text, _("around the clock"));
		else
			put_hours(&text, tk_yaml_get(c, "hours"));
		tk_regdoc_cell_str(d, &text);
		put_days(&days, c);
		tk_regdoc_cell_str(d, &days);
	}
	tk_str_clear(&days);
	tk_str_clear(&text);
}

void
tk_regdoc_terms(struct tk_regdoc *d)
{
	const struct tk_yaml *sla = tk_regfiles_get(d->files, "sla.yaml");
	const struct tk_yaml *cal = tk_regfiles_get(d->files, "calendar.yaml");
	const struct tk_yaml *works = tk_regfiles_get(d->files, "works.yaml");

	tk_doc_heading(d->doc, 2, _("Terms"));
	tk_doc_prose(d->doc, tk_yaml_str(sla, "text"));
	add_classes(d, list_of(sla, "classes"), list_of(cal, "calendars"));
	add_rules(d, list_of(sla, "rules"), list_of(sla, "classes"));
	add_floor(d, sla, list_of(cal, "calendars"));
	add_alarms(d, list_of(sla, "classes"));
	tk_doc_heading(d->doc, 2, _("Working hours"));
	tk_doc_prose(d->doc, tk_yaml_str(cal, "text"));
	add_calendars(d, list_of(cal, "calendars"));
	tk_doc_heading(d->doc, 2, _("Recurring works"));
	tk_doc_prose(d->doc, tk_yaml_str(works, "text"));
	tk_regdoc_works(d, list_of(works, "works"));
}
