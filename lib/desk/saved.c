/* saved - saved queries. */
#include "desk/saved.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "index/cells.h"
#include "index/query.h"
#include "model/id.h"

#define VIEW_MAX (64 * 1024) /* bytes */

void
tk_saved_clear(struct tk_saved *s)
{
	free(s->title);
	free(s->query);
	free(s->sort);
	tk_strv_clear(&s->columns);
	memset(s, 0, sizeof(*s));
}

static char *
dup_key(const struct tk_yaml *y, const char *key)
{
	const char *text = tk_yaml_str(y, key);

	return text != NULL ? tk_strdup(text) : NULL;
}

static enum tk_status
check_keys(const struct tk_yaml *y, const char *path, struct tk_err *err)
{
	static const char *const known[] = { "title", "query", "sort",
		"columns" };
	size_t i, k;

	if (y->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT, _("%s: a view is a map"), path);
	for (i = 0; i < y->n; i++) {
		for (k = 0; k < TK_COUNT(known); k++)
			if (strcmp(known[k], y->key[i]) == 0)
				break;
		if (k == TK_COUNT(known))
			return tk_fail(err, TK_EINPUT,
			    _("%s:%u: a view has title, query, sort and "
			      "columns, no \"%s\""),
			    path, y->item[i]->line, y->key[i]);
	}
	return TK_OK;
}

/* The query and the order must be such; anybody may be "me". */
static enum tk_status
check_values(const struct tk_saved *s, const struct tk_yaml *y,
    const char *path, struct tk_err *err)
{
	struct tk_query_context ctx = { .me = "me" };
	char *order = s->sort != NULL ? tk_strf("sort:%s", s->sort) : NULL;
	struct tk_query *q = NULL;
	enum tk_status st;
	char *query;
	size_t i;

	ctx.order = order;
	/* It will stand in brackets, beside what is typed. */
	query = tk_strf("(%s)", s->query != NULL ? s->query : "id:1");
	st = tk_query_parse(&q, query, &ctx, err);
	free(query);
	if (st != TK_OK)
		st = tk_wrap(err, st, "%s:%u", path, tk_yaml_line(y, "query"));
	for (i = 0; st == TK_OK && i < s->columns.n; i++)
		if (!tk_cells_has(s->columns.v[i]))
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" is no column"), path,
			    tk_yaml_line(y, "columns"), s->columns.v[i]);
	tk_query_free(q);
	free(order);
	return st;
}

static enum tk_status
read_view(struct tk_saved *s, const char *path, const char *data, size_t len,
    struct tk_err *err)
{
	struct tk_yaml *y = NULL;
	enum tk_status st;

	if ((st = tk_yaml_read(&y, data, len, path, err)) == TK_OK &&
	    (st = check_keys(y, path, err)) == TK_OK) {
		s->title = dup_key(y, "title");
		s->query = dup_key(y, "query");
		s->sort = dup_key(y, "sort");
		tk_yaml_strv(y, "columns", &s->columns);
		st = check_values(s, y, path, err);
	}
	tk_yaml_free(y);
	return st;
}

enum tk_status
tk_saved_check(
    const char *path, const char *data, size_t len, struct tk_err *err)
{
	struct tk_saved s = { NULL, NULL, NULL, TK_STRV_INIT };
	enum tk_status st = read_view(&s, path, data, len, err);

	tk_saved_clear(&s);
	return st;
}

static char *
own_path(const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (tk_main_is_remote())
		return NULL;
	if (config != NULL && config[0] == '/')
		return tk_strf("%s/tk/views/%s.yaml", config, name);
	return home != NULL ? tk_strf("%s/.config/tk/views/%s.yaml", home, name)
			    : NULL;
}

static enum tk_status
find(struct tk_saved *s, struct tk_desk *desk, const char *name,
    struct tk_err *err)
{
	char *own = own_path(name), *path = tk_strf("views/%s.yaml", name);
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	if (!tk_name_valid(name)) {
		st = tk_fail(
		    err, TK_EINPUT, _("\"%s\" is no name of a view"), name);
	} else if (own != NULL && tk_file_exists(own)) {
		if ((st = tk_file_read(&text, own, VIEW_MAX, err)) == TK_OK)
			st = read_view(s, own, text.data, text.len, err);
	} else if ((st = tk_store_read(desk->store, &text, path, err)) ==
	    TK_OK) {
		st = read_view(s, path, text.data, text.len, err);
	} else if (st == TK_ENOENT) {
		st = tk_fail(err, TK_ENOENT,
		    _("no view \"%s\": neither %s in the desk nor %s"), name,
		    path, own != NULL ? own : "-");
	}
	tk_str_clear(&text);
	free(path);
	free(own);
	return st;
}

enum tk_status
tk_saved_expand(struct tk_str *out, struct tk_saved *saved,
    struct tk_desk *desk, const char *text, struct tk_err *err)
{
	struct tk_saved s = { NULL, NULL, NULL, TK_STRV_INIT };
	size_t skip = strspn(text, " "), n;
	enum tk_status st;
	char *name;

	if (text[skip] != ':') {
		tk_str_add(out, text);
		return TK_OK;
	}
	n = strcspn(text + skip + 1, " \t\n");
	name = tk_strndup(text + skip + 1, n);
	st = find(&s, desk, name, err);
	if (st == TK_OK && s.query != NULL)
		tk_str_addf(out, "(%s)", s.query);
	if (st == TK_OK)
		tk_str_addf(out, " %s", text + skip + 1 + n);
	if (st == TK_OK && saved != NULL)
		*saved = s;
	else
		tk_saved_clear(&s);
	free(name);
	return st;
}
