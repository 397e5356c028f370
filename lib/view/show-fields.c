/* show-fields - names and values of a ticket's fields for people. */
#include "view/show-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"

/* In the order of the view. kind: of the labels, or NULL. */
static const struct field {
	const char *name, *title, *kind;
} fields[] = {
	{ "state", N_("State"), "state" },
	{ "type", N_("Type"), "type" },
	{ "priority", N_("Priority"), "priority" },
	{ "impact", N_("Impact"), NULL },
	{ "urgency", N_("Urgency"), NULL },
	{ "queue", N_("Queue"), "queue" },
	{ "line", N_("Line"), NULL },
	{ "category", N_("Category"), "category" },
	{ "assignee", N_("Assignee"), "staff" },
	{ "due", N_("Due"), NULL },
	{ "promised", N_("Promised"), NULL },
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

/* The words of the terms in "due". */
static const char *
key_name(const char *key)
{
	if (strcmp(key, "response") == 0)
		return _("first answer");
	if (strcmp(key, "update") == 0)
		return _("next news");
	if (strcmp(key, "resolution") == 0)
		return _("solution");
	return key;
}

static void
add_value(struct tk_str *out, const struct tk_show *s, const char *kind,
    const struct tk_yaml *y, bool with_id, bool inner)
{
	size_t i;

	if (y->kind == TK_YAML_SCALAR) {
		add_scalar(out, s, kind, y, with_id);
		return;
	}
	for (i = 0; i < y->n; i++) {
		if (i > 0)
			tk_str_add(out, inner ? " " : ", ");
		if (y->kind == TK_YAML_MAP)
			tk_str_addf(
			    out, inner ? "%s=" : "%s ", key_name(y->key[i]));
		add_value(out, s, kind, y->item[i], with_id, true);
	}
}

void
tk_show_value(struct tk_str *out, const struct tk_show *s, const char *field,
    const struct tk_yaml *y, bool with_id)
{
	const struct field *f = find(field);

	add_value(out, s, f != NULL ? f->kind : NULL, y, with_id, false);
}

void
tk_show_set(
    struct tk_str *out, const struct tk_show *s, const struct tk_yaml *entry)
{
	const struct tk_yaml *set = tk_yaml_get(entry, "set");
	size_t i;

	if (tk_streq(tk_yaml_str(entry, "act"), "open"))
		return;
	for (i = 0; set != NULL && i < set->n; i++) {
		if (i > 0)
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
		tk_term_paint(
		    out, s->colour, rows->v[i].style, rows->v[i].value);
		tk_str_add_char(out, '\n');
		free(rows->v[i].value);
	}
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
	tk_str_clear(&title);
}
