/* sla - terms as regulation/sla.yaml has them, as records. */
#include "model/sla.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"

static const char *const names[TK_TARGETS] = {
	[TK_RESPONSE] = "response",
	[TK_UPDATE] = "update",
	[TK_RESOLUTION] = "resolution",
};

const char *
tk_target_name(enum tk_target t)
{
	return names[t];
}

int
tk_target_parse(const char *text)
{
	int i;

	for (i = 0; i < TK_TARGETS; i++)
		if (tk_streq(names[i], text))
			return i;
	return -1;
}

static void
read_match(struct tk_sla_match *m, const struct tk_yaml *y)
{
	tk_yaml_strv(y, "type", &m->type);
	tk_yaml_strv(y, "priority", &m->priority);
	tk_yaml_strv(y, "category", &m->category);
	tk_yaml_strv(y, "client", &m->client);
	tk_yaml_strv(y, "contract", &m->contract);
	tk_yaml_strv(y, "site", &m->site);
}

static enum tk_status
read_terms(int64_t *term, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *text;
	size_t i;

	for (i = 0; i < TK_TARGETS; i++) {
		text = tk_yaml_str(y, names[i]);
		if (text != NULL &&
		    (!tk_span_parse(&term[i], text) || term[i] == 0))
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" must be like 4h, not \"%s\""),
			    path, tk_yaml_line(y, names[i]), names[i], text);
	}
	return TK_OK;
}

/* The list of maps below key, or an empty one. */
static enum tk_status
list_of(const struct tk_yaml **out, const struct tk_yaml *y, const char *key,
    const char *path, struct tk_err *err)
{
	static const struct tk_yaml none = { .kind = TK_YAML_LIST };
	const struct tk_yaml *list = tk_yaml_get(y, key);
	size_t i;

	*out = &none;
	if (tk_yaml_is_null(list))
		return TK_OK;
	if (list->kind != TK_YAML_LIST)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"%s\" must be a list"), path, list->line, key);
	for (i = 0; i < list->n; i++)
		if (list->item[i]->kind != TK_YAML_MAP)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: an entry of \"%s\" must be a map"), path,
			    list->item[i]->line, key);
	*out = list;
	return TK_OK;
}

static enum tk_status
read_class(struct tk_sla_class *c, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *name = tk_yaml_str(y, "name");
	const struct tk_yaml *list;
	struct tk_sla_target *t;
	enum tk_status st;
	size_t i;

	c->id = tk_strdup(tk_yaml_str(y, "id"));
	c->line = y->line;
	if (c->id == NULL)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, y->line, "id");
	c->name = tk_strdup(name != NULL ? name : c->id);
	c->calendar = tk_strdup(tk_yaml_str(y, "calendar"));
	if ((st = list_of(&list, y, "targets", path, err)) != TK_OK)
		return st;
	for (i = 0; st == TK_OK && i < list->n; i++) {
		c->target = tk_more(c->target, c->n_targets, &c->targets_cap,
		    sizeof(*c->target));
		t = &c->target[c->n_targets++];
		t->line = list->item[i]->line;
		read_match(&t->match, list->item[i]);
		st = read_terms(t->term, list->item[i], path, err);
	}
	return st == TK_OK ? tk_ladder_read(&c->ladder, y, path, err) : st;
}

static enum tk_status
read_rules(struct tk_sla *s, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *list;
	struct tk_sla_rule *r;
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "rules", path, err)) != TK_OK)
		return st;
	for (i = 0; i < list->n; i++) {
		s->rule = tk_more(
		    s->rule, s->n_rules, &s->rules_cap, sizeof(*s->rule));
		r = &s->rule[s->n_rules++];
		r->line = list->item[i]->line;
		r->class = tk_strdup(tk_yaml_str(list->item[i], "class"));
		read_match(&r->match, list->item[i]);
		if (tk_sla_class_find(s, r->class) == NULL)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: no class \"%s\""), path, r->line,
			    r->class != NULL ? r->class : "");
	}
	return TK_OK;
}

enum tk_status
tk_sla_read(struct tk_sla *s, const char *path, const struct tk_yaml *y,
    struct tk_err *err)
{
	const struct tk_yaml *list, *floor = tk_yaml_get(y, "floor");
	enum tk_status st;
	size_t i;

	if ((st = list_of(&list, y, "classes", path, err)) != TK_OK)
		return st;
	for (i = 0; st == TK_OK && i < list->n; i++) {
		s->class = tk_more(
		    s->class, s->n_classes, &s->classes_cap, sizeof(*s->class));
		st = read_class(
		    &s->class[s->n_classes++], list -> item[i], path, err);
	}
	if (st != TK_OK || (st = read_rules(s, y, path, err)) != TK_OK)
		return st;
	s->default_class = tk_strdup(tk_yaml_str(y, "default"));
	if (s->default_class != NULL &&
	    tk_sla_class_find(s, s->default_class) == NULL)
		return tk_fail(err, TK_EINPUT, _("%s:%u: no class \"%s\""),
		    path, tk_yaml_line(y, "default"), s->default_class);
	s->floor_line = tk_yaml_line(y, "floor");
	s->floor_calendar = tk_strdup(tk_yaml_str(floor, "calendar"));
	return read_terms(s->floor, floor, path, err);
}

const struct tk_sla_class *
tk_sla_class_find(const struct tk_sla *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->n_classes; i++)
		if (tk_streq(s->class[i].id, id))
			return &s->class[i];
	return NULL;
}

static void
clear_match(struct tk_sla_match *m)
{
	tk_strv_clear(&m->type);
	tk_strv_clear(&m->priority);
	tk_strv_clear(&m->category);
	tk_strv_clear(&m->client);
	tk_strv_clear(&m->contract);
	tk_strv_clear(&m->site);
}

void
tk_sla_clear(struct tk_sla *s)
{
	size_t i, k;

	for (i = 0; i < s->n_classes; i++) {
		for (k = 0; k < s->class[i].n_targets; k++)
			clear_match(&s->class[i].target[k].match);
		free(s->class[i].target);
		free(s->class[i].id);
		free(s->class[i].name);
		free(s->class[i].calendar);
		tk_ladder_clear(&s->class[i].ladder);
	}
	for (i = 0; i < s->n_rules; i++) {
		clear_match(&s->rule[i].match);
		free(s->rule[i].class);
	}
	free(s->class);
	free(s->rule);
	free(s->default_class);
	free(s->floor_calendar);
	memset(s, 0, sizeof(*s));
}
