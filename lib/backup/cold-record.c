/* cold-record - what the desk says of its archives. */
#include <stdlib.h>
#include <string.h>

#include "backup/cold-parts.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "desk/ticket.h"
#include "index/index-archive.h"
#include "model/archived.h"
#include "store/at.h"

void
tk_cold_add(struct tk_cold_list *list, const char *id, const char *year,
    const char *tree)
{
	struct tk_cold_ticket *t;

	list->v = tk_more(list->v, list->n, &list->cap, sizeof(*list->v));
	t = &list->v[list->n++];
	memset(t, 0, sizeof(*t));
	t->id = tk_strdup(id);
	memcpy(t->year, year, 5);
	snprintf(t->tree, sizeof(t->tree), "%s", tree);
}

void
tk_cold_list_clear(struct tk_cold_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		free(list->v[i].id);
	free(list->v);
	memset(list, 0, sizeof(*list));
}

static enum tk_status
read_file(struct tk_cold_list *list, struct tk_store *store, const char *path,
    const char *year, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	const struct tk_yaml *l;
	enum tk_status st;
	size_t i;

	if ((st = tk_store_read(store, &text, path, err)) == TK_OK)
		st = tk_archived_read(&y, text.data, text.len, path, err);
	l = tk_yaml_get(y, "tickets");
	for (i = 0; st == TK_OK && i < l->n; i++)
		tk_cold_add(list, tk_yaml_str(l->item[i], "id"), year,
		    tk_yaml_str(l->item[i], "tree"));
	tk_yaml_free(y);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
record_files(
    struct tk_strv *paths, struct tk_store *store, struct tk_err *err)
{
	if (tk_store_head(store)[0] == '\0')
		return TK_OK;
	return tk_store_files_at(
	    store, paths, tk_store_head(store), "archives", err);
}

enum tk_status
tk_cold_recorded(struct tk_cold_list *list, struct tk_store *store,
    const char *year, struct tk_err *err)
{
	struct tk_strv paths = TK_STRV_INIT;
	enum tk_status st = record_files(&paths, store, err);
	char of[5];
	size_t i;

	for (i = 0; st == TK_OK && i < paths.n; i++)
		if (tk_archived_is_path(of, paths.v[i]) &&
		    strcmp(of, year) == 0)
			st = read_file(list, store, paths.v[i], year, err);
	tk_strv_clear(&paths);
	return st;
}

enum tk_status
tk_cold_years(
    struct tk_strv *years, struct tk_store *store, struct tk_err *err)
{
	struct tk_strv paths = TK_STRV_INIT;
	enum tk_status st = record_files(&paths, store, err);
	char of[5];
	size_t i;

	for (i = 0; st == TK_OK && i < paths.n; i++)
		if (tk_archived_is_path(of, paths.v[i]) &&
		    !tk_strv_has(years, of))
			tk_strv_add(years, of);
	tk_strv_clear(&paths);
	return st;
}

/* The last time something was put into it. */
static void
read_last(struct tk_cold_archive *a, struct tk_store *store)
{
	struct tk_str text = TK_STR_INIT, path = TK_STR_INIT;
	struct tk_err none = TK_ERR_INIT;
	const struct tk_yaml *taken, *last;
	struct tk_yaml *y = NULL;
	const char *head, *commit;

	tk_archive_path(&path, a->year);
	if (tk_store_read(store, &text, path.data, &none) == TK_OK &&
	    tk_yaml_read(&y, text.data, text.len, path.data, &none) == TK_OK &&
	    (taken = tk_yaml_get(y, "taken")) != NULL && taken->n > 0) {
		last = taken->item[taken->n - 1];
		head = tk_yaml_str(last, "head");
		commit = tk_yaml_str(last, "commit");
		snprintf(a->head, sizeof(a->head), "%s", head ? head : "");
		snprintf(
		    a->commit, sizeof(a->commit), "%s", commit ? commit : "");
	}
	tk_yaml_free(y);
	tk_str_clear(&text);
	tk_str_clear(&path);
}

enum tk_status
tk_cold_list(
    struct tk_store *store, tk_cold_fn fn, void *arg, struct tk_err *err)
{
	struct tk_strv years = TK_STRV_INIT;
	struct tk_cold_list list = { NULL, 0, 0 };
	struct tk_cold_archive a;
	enum tk_status st = tk_cold_years(&years, store, err);
	size_t i;

	for (i = 0; st == TK_OK && i < years.n; i++) {
		memset(&a, 0, sizeof(a));
		memcpy(a.year, years.v[i], 5);
		st = tk_cold_recorded(&list, store, a.year, err);
		a.tickets = list.n;
		tk_cold_list_clear(&list);
		read_last(&a, store);
		a.path = tk_store_archive_path(store, a.year);
		a.here = tk_is_dir(a.path);
		if (st == TK_OK)
			fn(&a, arg);
		free(a.path);
	}
	tk_strv_clear(&years);
	return st;
}

enum tk_status
tk_cold_check(struct tk_store *store, const char *year, struct tk_err *err)
{
	struct tk_cold_list list = { NULL, 0, 0 };
	char *path = tk_store_archive_path(store, year);
	enum tk_status st = tk_cold_recorded(&list, store, year, err);

	if (st == TK_OK && !tk_is_dir(path))
		st = tk_fail(err, TK_EINPUT, _("%s: it is not there"), path);
	if (st == TK_OK)
		st = tk_cold_compare(path, "refs/heads/main", &list, err);
	tk_cold_list_clear(&list);
	free(path);
	return st;
}

enum tk_status
tk_cold_record(struct tk_yaml **out, const struct tk_cold_ticket *t,
    struct tk_desk *desk, struct tk_index *ix, struct tk_err *err)
{
	static const char *const fields[] = { "queue", "type", "client",
		"work" };
	static const char *const marks[] = { "monitor", "partner_ref" };
	struct tk_strv values = TK_STRV_INIT;
	struct tk_ticket *now = NULL;
	enum tk_status st = tk_desk_ticket(&now, desk, t->id, err);
	struct tk_yaml *r;
	const char *value;
	size_t i;

	*out = NULL;
	if (st != TK_OK)
		return st;
	r = tk_yaml_map();
	tk_yaml_set_str(r, "id", t->id);
	tk_yaml_set_str(r, "tree", t->tree);
	tk_yaml_set_time(r, "closed", t->closed);
	for (i = 0; i < TK_COUNT(fields); i++)
		if ((value = tk_ticket_get(now, fields[i])) != NULL)
			tk_yaml_set_str(r, fields[i], value);
	for (i = 0; i < TK_COUNT(marks); i++) {
		tk_strv_clear(&values);
		tk_yaml_strv(tk_ticket_head(now), marks[i], &values);
		if (values.n > 0)
			tk_yaml_set_strv(r, marks[i], &values);
	}
	tk_ticket_free(now);
	tk_strv_clear(&values);
	if ((st = tk_index_archive_record(ix, r, t->id, err)) == TK_OK)
		*out = r;
	else
		tk_yaml_free(r);
	return st;
}
