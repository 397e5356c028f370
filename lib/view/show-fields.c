/* show-fields - names and values of a ticket's fields for people. */
#include "view/show-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/wrap.h"

#define MIN_WRAP 20 /* columns; less cannot be read */

/* In the order of the view. kind: of the labels, or NULL. */
static const struct field {
	const char *name, *title, *kind;
} fields[] = {
	{ "state", N_("State"), "state" },
	{ "type", N_("Type"), "type" },
	{ "priority", N_("Priority"), "priority" },
	{ "impact", N_("Impact"), "impact" },
	{ "urgency", N_("Urgency"), "urgency" },
	{ "queue", N_("Queue"), "queue" },
	{ "line", N_("Line"), NULL },
	{ "category", N_("Category"), "category" },
	{ "assignee", N_("Assignee"), "staff" },
	{ "due", N_("Due"), NULL },
	{ "promised", N_("Promised"), NULL },
	{ "wait", N_("Waits"), "wait" },
	{ "terms", N_("Terms"), NULL },
	{ "client", N_("Client"), "client" },
	{ "requester", N_("Requester"), "staff" },
	{ "cc", N_("Copies to"), NULL },
	{ "channel", N_("Channel"), "channel" },
	{ "sla", N_("Contract"), NULL },
	{ "site", N_("Site"), NULL },
	{ "assets", N_("Assets"), NULL },
	{ "watchers", N_("Watchers"), "staff" },
	{ "tags", N_("Tags"), NULL },
	{ "links", N_("Links"), NULL },
	{ "work", N_("Recurring work"), NULL },
	{ "checklist", N_("Checklist"), NULL },
	{ "spent", N_("Time spent"), NULL },
	{ "rating", N_("Rating"), NULL },
	{ "resolution", N_("Resolution"), NULL },
	{ "cause", N_("Cause"), NULL },
	{ "subject", N_("Subject"), NULL },
};

static const struct field *
find(const char *name)
{
	size_t i;

	for (i = 0; i < TK_COUNT(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

const char *
tk_show_field(const char *field)
{
	const struct field *f = find(field);

	return f != NULL ? _(f->title) : field;
}

bool
tk_show_is_known(const char *field)
{
	return find(field) != NULL;
}

const char *
tk_show_field_at(size_t i)
{
	return i < TK_COUNT(fields) ? fields[i].name : NULL;
}

const char *
tk_show_label(const struct tk_show *s, const char *kind, const char *id)
{
	size_t i;

	for (i = 0; id != NULL && kind != NULL && i < s->n_labels; i++)
		if (strcmp(s->label[i].kind, kind) == 0 &&
		    strcmp(s->label[i].id, id) == 0)
			return s->label[i].name;
	return id != NULL ? id : "";
}

static void
add_scalar(struct tk_str *out, const struct tk_show *s, const char *kind,
    const struct tk_yaml *y, bool with_id)
{
	const char *name = tk_show_label(s, kind, y->text);
	int64_t at;

	if (tk_yaml_is_null(y))
		tk_str_add(out, "-");
	else if (y->plain && strlen(y->text) > 10 &&
	    tk_date_parse(&at, y->text))
		tk_date_human(out, at);
	else if (with_id && strcmp(name, y->text) != 0)
		tk_str_addf(out, "%s (%s)", name, y->text);
	else
		tk_str_add(out, name);
}

/* The words of the maps in "due", "terms" and "wait". */
static const char *
key_name(const char *key)
{
	if (strcmp(key, "response") == 0)
		return _("first answer");
	if (strcmp(key, "update") == 0)
		return _("next news");
	if (strcmp(key, "resolution") == 0)
		return _("solution");
	if (strcmp(key, "class") == 0)
		return _("class");
	if (strcmp(key, "regulation") == 0)
		return _("regulation");
	if (strcmp(key, "calendar") == 0)
		return _("calendar");
	if (strcmp(key, "floor") == 0)
		return _("for all classes");
	if (strcmp(key, "for") == 0)
		return NULL; /* the field's own name says it */
	if (strcmp(key, "until") == 0)
		return _("until when:");
	return key;
}

static void
add_value(struct tk_str *out, const struct tk_show *s, const char *kind,
    const struct tk_yaml *y, bool with_id, bool inner)
{
	const char *name;
	size_t i;

	if (y->kind == TK_YAML_SCALAR) {
		add_scalar(out, s, kind, y, with_id);
		return;
	}
	for (i = 0; i < y->n; i++) {
		if (i > 0)
			tk_str_add(out, inner ? " " : ", ");
		name = y->kind == TK_YAML_MAP ? key_name(y->key[i]) : NULL;
		if (name != NULL)
			tk_str_addf(out, inner ? "%s=" : "%s ", name);
		add_value(out, s, kind, y->item[i],
		    with_id && (name != NULL || y->kind != TK_YAML_MAP), true);
	}
}

#define MINUTES_MAX 100000000LL /* two centuries; more is a mistake */

/* The minutes of an item, of these the billable ones. */
static void
count_minutes(long long *all, long long *billable, const struct tk_yaml *item)
{
	const char *text = tk_yaml_str(item, "minutes");
	long long n = text != NULL ? strtoll(text, NULL, 10) : 0;

	if (n < 0 || n > MINUTES_MAX || *all > MINUTES_MAX)
		return;
	*all += n;
	if (tk_yaml_bool(item, "billable", false))
		*billable += n;
}

/* "75 min, 60 min billable". An entry of the log has added the last one. */
static void
add_spent(struct tk_str *out, const struct tk_yaml *y, bool last_only)
{
	long long all = 0, billable = 0;
	size_t i = last_only && y->n > 0 ? y->n - 1 : 0;

	for (; i < y->n; i++)
		count_minutes(&all, &billable, y->item[i]);
	tk_str_addf(out, _("%lld min"), all);
	if (billable == 0)
		return;
	tk_str_add(out, ", ");
	if (billable == all)
		tk_str_add(out, _("billable"));
	else
		tk_str_addf(out, _("%lld min billable"), billable);
}

static void
add_checklist(struct tk_str *out, const struct tk_yaml *y)
{
	size_t i, done = 0;

	for (i = 0; i < y->n; i++)
		done += tk_yaml_bool(y->item[i], "done", false);
	tk_str_addf(out, _("%zu of %zu done"), done, y->n);
}

void
tk_show_value(struct tk_str *out, const struct tk_show *s, const char *field,
    const struct tk_yaml *y, bool with_id)
{
	const struct field *f = find(field);

	if (y->kind == TK_YAML_LIST && strcmp(field, "spent") == 0)
		add_spent(out, y, !with_id);
	else if (y->kind == TK_YAML_LIST && strcmp(field, "checklist") == 0)
		add_checklist(out, y);
	else
		add_value(out, s, f != NULL ? f->kind : NULL, y, with_id, false);
}

void
tk_show_set(
    struct tk_str *out, const struct tk_show *s, const struct tk_yaml *entry)
{
	const struct tk_yaml *set = tk_yaml_get(entry, "set");
	size_t i, start = out->len;

	if (tk_streq(tk_yaml_str(entry, "act"), "open"))
		return;
	for (i = 0; set != NULL && i < set->n; i++) {
		/* They follow from the rest, and are long. */
		if (strcmp(set->key[i], "terms") == 0)
			continue;
		if (out->len > start)
			tk_str_add(out, ", ");
		tk_str_addf(out, "%s: ", tk_show_field(set->key[i]));
		tk_show_value(out, s, set->key[i], set->item[i], false);
	}
}

void
tk_show_row(struct tk_show_rows *rows, const char *title, const char *value,
    enum tk_style style)
{
	struct tk_str safe = TK_STR_INIT;
	struct tk_show_cell *cell;

	if (value == NULL || value[0] == '\0')
		return;
	tk_utf8_safe(&safe, value, false);
	TK_GROW(rows->v, rows->n, rows->cap);
	cell = &rows->v[rows->n++];
	cell->title = title;
	cell->value = tk_str_detach(&safe);
	cell->style = style;
}

void
tk_show_wrapped(struct tk_str *out, const struct tk_show *s,
    enum tk_style style, const char *text, size_t indent)
{
	struct tk_strv lines = TK_STRV_INIT;
	size_t i, room = s->width > indent ? s->width - indent : 0;

	if (room < MIN_WRAP || tk_utf8_width(text) <= room)
		tk_strv_add(&lines, text);
	else
		tk_wrap_lines(&lines, text, room);
	for (i = 0; i < lines.n; i++) {
		if (i > 0)
			tk_str_addf(out, "%*s", (int)indent, "");
		tk_term_paint(out, s->colour, style, lines.v[i]);
		tk_str_add_char(out, '\n');
	}
	tk_strv_clear(&lines);
}

void
tk_show_rows(struct tk_str *out, const struct tk_show *s,
    struct tk_show_rows *rows, const char *prefix)
{
	struct tk_str title = TK_STR_INIT;
	size_t i, width = 0, w;

	for (i = 0; i < rows->n; i++) {
		w = tk_utf8_width(rows->v[i].title);
		width = w > width ? w : width;
	}
	for (i = 0; i < rows->n; i++) {
		tk_str_reset(&title);
		/* A field of the desk's own has its key for a title. */
		tk_utf8_safe(&title, rows->v[i].title, false);
		w = tk_utf8_width(title.data);
		tk_str_addf(out, "%s%s:%*s", prefix, title.data,
		    (int)(width > w ? width - w : 0) + 1, "");
		tk_show_wrapped(out, s, rows->v[i].style, rows->v[i].value,
		    tk_utf8_width(prefix) + (width > w ? width : w) + 2);
		free(rows->v[i].value);
	}
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
	tk_str_clear(&title);
}
