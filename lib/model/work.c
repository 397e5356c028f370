/* work - works that come round again: works.yaml. */
#include "model/work.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/mem.h"
#include "model/id.h"

/* A Monday and the first of a year: where rules without a start begin. */
#define ANCHOR "2001-01-01"
#define LEAD_MAX (400 * (int64_t)TK_DAY)

static enum tk_status
bad(struct tk_err *err, const char *path, const struct tk_yaml *y,
    const char *key, const char *what)
{
	return tk_fail(err, TK_EINPUT, "%s:%u: %s: %s", path,
	    tk_yaml_line(y, key), key, what);
}

static enum tk_status
get_time(int64_t *out, const struct tk_yaml *y, const char *key,
    const char *path, struct tk_err *err)
{
	const char *text = tk_yaml_str(y, key);

	if (text != NULL && !tk_local_parse(out, text))
		return bad(err, path, y, key,
		    _("a date like 2026-11-23, or with the time: "
		      "2026-11-23T09:00"));
	return TK_OK;
}

static enum tk_status
get_holiday(struct tk_work *w, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	static const char *const words[] = { "as-is", "before", "after",
		"skip" };
	const char *text = tk_yaml_str(y, "holiday");
	size_t i;

	if (text == NULL)
		return TK_OK;
	for (i = 0; i < TK_COUNT(words); i++)
		if (strcmp(words[i], text) == 0)
			break;
	if (i == TK_COUNT(words))
		return bad(
		    err, path, y, "holiday", _("as-is, before, after or skip"));
	w->holiday = (enum tk_work_holiday)i;
	if (i > 0 && w->calendar == NULL)
		return bad(err, path, y, "holiday",
		    _("of which calendar? \"calendar\" is missing"));
	return TK_OK;
}

static enum tk_status
get_whom(struct tk_work *w, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *all = tk_yaml_get(y, "clients");

	w->client = tk_strdup(tk_yaml_str(y, "client"));
	w->sites = tk_yaml_bool(y, "sites", false);
	if (w->client != NULL && all != NULL)
		return bad(err, path, y, "clients",
		    _("one \"client\", or several \"clients\""));
	if (w->client != NULL)
		w->whom = TK_WORK_ONE;
	else if (all != NULL)
		w->whom = TK_WORK_CLIENTS;
	else if (w->sites)
		return bad(err, path, y, "sites",
		    _("of which client? \"client\" or \"clients\" is missing"));
	if (all != NULL && all->kind == TK_YAML_MAP)
		w->where = all;
	else if (all != NULL && !tk_streq(tk_yaml_str(y, "clients"), "all"))
		return bad(err, path, y, "clients",
		    _("all, or a map of what their files say"));
	return TK_OK;
}

static enum tk_status
get_rule(struct tk_work *w, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *lead = tk_yaml_str(y, "lead");
	enum tk_status st;
	int64_t anchor;

	w->until = INT64_MAX;
	(void)tk_local_parse(&anchor, ANCHOR);
	w->start = anchor;
	w->has_start = tk_yaml_str(y, "start") != NULL;
	if ((st = get_time(&w->start, y, "start", path, err)) != TK_OK ||
	    (st = get_time(&w->until, y, "until", path, err)) != TK_OK)
		return st;
	/* The last day with all its hours. */
	if (w->until != INT64_MAX && w->until == tk_local_day(w->until))
		w->until += TK_DAY - 1;
	if (w->recur == NULL)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is missing"),
		    path, y->line, "recur");
	st = tk_rrule_parse(&w->rule, w->recur, w->start, err);
	if (st != TK_OK)
		return tk_wrap(
		    err, st, "%s:%u", path, tk_yaml_line(y, "recur"));
	if (tk_rrule_is_counted(w->rule) && !w->has_start)
		return bad(err, path, y, "recur",
		    _("COUNT is nothing without \"start\""));
	if (lead != NULL &&
	    (!tk_span_parse(&w->lead, lead) || w->lead > LEAD_MAX))
		return bad(err, path, y, "lead", _("a time like 3d"));
	return TK_OK;
}

static enum tk_status
get_missed(struct tk_work *w, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	const char *text = tk_yaml_str(y, "missed");

	w->all_missed = tk_streq(text, "all");
	if (text != NULL && !w->all_missed && strcmp(text, "last") != 0)
		return bad(err, path, y, "missed", _("last or all"));
	return TK_OK;
}

enum tk_status
tk_works_add(struct tk_works *out, const struct tk_yaml *y, const char *path,
    struct tk_err *err)
{
	static const char *const needed[] = { "id", "name" };
	const char *id = tk_yaml_str(y, "id"), *subject;
	struct tk_work *w;
	enum tk_status st;
	size_t i;

	for (i = 0; i < TK_COUNT(needed); i++)
		if (tk_yaml_str(y, needed[i]) == NULL)
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" is missing"), path, y->line,
			    needed[i]);
	if (!tk_name_valid(id))
		return bad(err, path, y, "id",
		    _("small letters, digits, \".\", \"_\" and \"-\""));
	for (i = 0; i < out->n; i++)
		if (strcmp(out->v[i].id, id) == 0)
			return bad(err, path, y, "id",
			    _("there is another one of that id"));
	out->v = tk_more(out->v, out->n, &out->cap, sizeof(*out->v));
	w = &out->v[out->n++];
	w->line = y->line;
	w->id = tk_strdup(id);
	w->name = tk_strdup(tk_yaml_str(y, "name"));
	w->recur = tk_strdup(tk_yaml_str(y, "recur"));
	w->calendar = tk_strdup(tk_yaml_str(y, "calendar"));
	w->type = tk_strdup(tk_yaml_str(y, "type"));
	w->queue = tk_strdup(tk_yaml_str(y, "queue"));
	w->priority = tk_strdup(tk_yaml_str(y, "priority"));
	w->category = tk_strdup(tk_yaml_str(y, "category"));
	w->assignee = tk_strdup(tk_yaml_str(y, "assignee"));
	subject = tk_yaml_str(y, "subject");
	w->subject = tk_strdup(subject != NULL ? subject : w->name);
	w->text = tk_strdup(tk_yaml_str(y, "text"));
	tk_yaml_strv(y, "checklist", &w->checklist);
	if ((st = get_rule(w, y, path, err)) != TK_OK ||
	    (st = get_holiday(w, y, path, err)) != TK_OK ||
	    (st = get_whom(w, y, path, err)) != TK_OK)
		return st;
	return get_missed(w, y, path, err);
}

enum tk_status
tk_works_read(struct tk_works *out, struct tk_yaml *root, const char *path,
    struct tk_err *err)
{
	const struct tk_yaml *list = tk_yaml_get(root, "works");
	enum tk_status st = TK_OK;
	size_t i;

	out->file = root;
	if (list == NULL)
		return TK_OK;
	if (list->kind != TK_YAML_LIST)
		return bad(err, path, root, "works", _("a list of maps"));
	for (i = 0; st == TK_OK && i < list->n; i++)
		st = list->item[i]->kind == TK_YAML_MAP
		    ? tk_works_add(out, list->item[i], path, err)
		    : bad(err, path, root, "works", _("a list of maps"));
	return st;
}

void
tk_works_clear(struct tk_works *works)
{
	struct tk_work *w;
	size_t i;

	for (i = 0; i < works->n; i++) {
		w = &works->v[i];
		free(w->id);
		free(w->name);
		free(w->recur);
		tk_rrule_free(w->rule);
		free(w->calendar);
		free(w->client);
		free(w->type);
		free(w->queue);
		free(w->priority);
		free(w->category);
		free(w->assignee);
		free(w->subject);
		free(w->text);
		tk_strv_clear(&w->checklist);
	}
	free(works->v);
	tk_yaml_free(works->file);
	memset(works, 0, sizeof(*works));
}
