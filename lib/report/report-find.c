/* report-find - the records of reports: ours, and a desk's own. */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/period.h"
#include "model/id.h"

#define MAX_BYTES 65536

static char *
shared(const char *name)
{
	return tk_strf("%s/reports/%s.yaml", tk_datadir(), name);
}

/* The desk's own one goes before ours. */
static enum tk_status
read_text(struct tk_str *out, char **path, const struct tk_desk *desk,
    const char *name, struct tk_err *err)
{
	enum tk_status st;
	char *file;

	*path = tk_strf("reports/%s.yaml", name);
	if (!tk_name_valid(name))
		return tk_fail(
		    err, TK_ENOENT, _("no report \"%s\"; see tk report"), name);
	st = tk_store_read(desk->store, out, *path, err);
	if (st != TK_ENOENT)
		return st;
	file = shared(name);
	st = tk_file_read(out, file, MAX_BYTES, err);
	if (st == TK_ENOENT)
		st = tk_fail(
		    err, TK_ENOENT, _("no report \"%s\"; see tk report"), name);
	free(*path);
	*path = file;
	return st;
}

static enum tk_status
check_words(const struct tk_report *r, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; i < r->n && st == TK_OK; i++)
		st = tk_report_check(&r->part[i], r->path, err);
	return st;
}

enum tk_status
tk_desk_report_find(struct tk_report **out, const struct tk_desk *desk,
    const char *name, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	char *path = NULL;
	enum tk_status st;

	*out = NULL;
	st = read_text(&text, &path, desk, name, err);
	if (st == TK_OK)
		st = tk_report_read(out, name, text.data, text.len, path, err);
	if (st == TK_OK && (st = check_words(*out, err)) != TK_OK) {
		tk_report_free(*out);
		*out = NULL;
	}
	tk_str_clear(&text);
	free(path);
	return st;
}

/* Files NAME.yaml among these, each name once. */
static void
add_names(struct tk_strv *names, const struct tk_strv *files)
{
	size_t i;
	char *name;

	for (i = 0; i < files->n; i++) {
		if (!tk_ends(files->v[i], ".yaml"))
			continue;
		name = tk_strndup(files->v[i], strlen(files->v[i]) - 5);
		if (!tk_strv_has(names, name) && tk_name_valid(name))
			tk_strv_add_own(names, name);
		else
			free(name);
	}
}

static void
add_entry(struct tk_report_list *l, const struct tk_desk *desk,
    const char *name, bool own)
{
	struct tk_report *r = NULL;
	struct tk_err broken = TK_ERR_INIT;
	struct tk_report_entry *e;
	const char *title = NULL;

	l->v = tk_more(l->v, l->n, &l->cap, sizeof(*l->v));
	e = &l->v[l->n++];
	/* One that is broken stands in the list all the same, with why. */
	if (tk_desk_report_find(&r, desk, name, &broken) == TK_OK)
		title = tk_by_language_pick(
		    &r->title, tk_i18n_current(), desk->language);
	else
		title = broken.text;
	e->name = tk_strdup(name);
	e->title = tk_strdup(title != NULL ? title : name);
	e->own = own;
	tk_report_free(r);
}

enum tk_status
tk_desk_reports(
    struct tk_report_list *out, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_strv files = TK_STRV_INIT, own = TK_STRV_INIT,
		       names = TK_STRV_INIT;
	char *dir = tk_strf("%s/reports", tk_datadir());
	enum tk_status st;
	size_t i;

	if ((st = tk_store_list(desk->store, &files, "reports", err)) ==
	    TK_OK) {
		add_names(&own, &files);
		tk_strv_copy(&names, &own);
		tk_strv_clear(&files);
		st = tk_dir_list(&files, dir, err);
	}
	if (st == TK_OK) {
		add_names(&names, &files);
		tk_strv_sort(&names);
	}
	for (i = 0; st == TK_OK && i < names.n; i++)
		add_entry(out, desk, names.v[i], tk_strv_has(&own, names.v[i]));
	tk_strv_clear(&files);
	tk_strv_clear(&own);
	tk_strv_clear(&names);
	free(dir);
	return st;
}

void
tk_report_list_clear(struct tk_report_list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->v[i].name);
		free(l->v[i].title);
	}
	free(l->v);
	memset(l, 0, sizeof(*l));
}

/* The queries are looked at, too: in the words of this desk. */
static enum tk_status
check_queries(
    struct tk_desk *desk, const struct tk_report *r, struct tk_err *err)
{
	const struct tk_strv none = TK_STRV_INIT;
	/* Whoever will ask: @me is somebody. */
	const struct tk_query_context ctx = { .me = "me",
		.finals = &none,
		.priorities = &none,
		.urgent = &none };
	struct tk_query *q = NULL;
	enum tk_status st = TK_OK;
	size_t i;

	(void)desk;
	for (i = 0; i < r->n && st == TK_OK; i++) {
		if (r->part[i].query == NULL)
			continue;
		st = tk_query_parse(&q, r->part[i].query, &ctx, err);
		if (st != TK_OK)
			st =
			    tk_wrap(err, st, "%s:%u", r->path, r->part[i].line);
		tk_query_free(q);
		q = NULL;
	}
	return st;
}

enum tk_status
tk_desk_report_check(struct tk_desk *desk, const char *path, const char *data,
    size_t len, struct tk_err *err)
{
	struct tk_report *r = NULL;
	enum tk_status st;
	int64_t from, to;

	if ((st = tk_report_read(&r, "report", data, len, path, err)) ==
		TK_OK &&
	    (st = check_words(r, err)) == TK_OK)
		st = check_queries(desk, r, err);
	if (st == TK_OK && r->period != NULL &&
	    !tk_period_parse(&from, &to, r->period, 0))
		st = tk_fail(err, TK_EINPUT,
		    _("%s: \"%s\" is no period like month, last-week or all"),
		    path, r->period);
	tk_report_free(r);
	return st;
}
