/* cold-remove - tickets that are in an archive leave the desk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/archived.h"

#define PART 100 /* tickets in a transaction, and up to a file more */

static const char *
commit_of(struct tk_cold *c, const char *year)
{
	const struct tk_cold_year *y = tk_cold_year(c, year);

	return y != NULL ? y->commit : "";
}

/* archives/2024.yaml: one line more. */
static enum tk_status
put_archive(struct tk_cold_removing *r, struct tk_tx *tx, const char *year,
    struct tk_err *err)
{
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_yaml *y = NULL, *taken, *line = tk_yaml_map();
	enum tk_status st = TK_OK;
	size_t i, n = 0;

	tk_archive_path(&path, year);
	for (i = 0; i < r->cold->n; i++)
		n += strcmp(r->cold->v[i].year, year) == 0;
	tk_yaml_set_time(line, "at", tk_now());
	tk_yaml_set_str(line, "by", r->actor->id);
	tk_yaml_set_str(line, "head", r->cold->head);
	tk_yaml_set_str(line, "commit", commit_of(r->cold, year));
	tk_yaml_set_int(line, "tickets", (int64_t)n);
	if (tk_tx_exists(tx, path.data) &&
	    (st = tk_tx_read(tx, &text, path.data, err)) == TK_OK)
		st = tk_yaml_read(&y, text.data, text.len, path.data, err);
	if (st == TK_OK && y == NULL) {
		y = tk_yaml_map();
		tk_yaml_set_str(y, "archive", year);
	}
	if (st == TK_OK && tk_yaml_get(y, "taken") == NULL)
		tk_yaml_set(y, "taken", tk_yaml_list());
	taken = st == TK_OK ? tk_yaml_get(y, "taken") : NULL;
	if (taken != NULL && taken->kind == TK_YAML_LIST) {
		tk_yaml_add(taken, line);
		line = NULL;
		tk_str_reset(&text);
		tk_yaml_write(&text, y);
		st = tk_tx_put(tx, path.data, text.data, text.len, err);
	}
	tk_yaml_free(line);
	tk_yaml_free(y);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return st;
}

/* The records so far become a file, and what was done a commit. */
static enum tk_status
end_file(struct tk_cold_removing *r, struct tk_tx *tx, const char *year,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	tk_yaml_write(&text, r->file);
	st = tk_tx_put(tx, r->path.data, text.data, text.len, err);
	tk_str_reset(&text);
	tk_str_addf(&text, "archive %s: %zu tickets, %s%s%s\n\n", year, r->n,
	    r->first, r->n > 1 ? " to " : "", r->n > 1 ? r->last : "");
	tk_str_addf(&text,
	    "They are in tk/archive/%s.git: tk --archive %s show ID\n\n"
	    "Act: archive\nActor: %s\nArchive: %s %s\nDesk-Head: %s\n"
	    "Regulation: %d\n",
	    year, year, r->actor->id, year, commit_of(r->cold, year),
	    r->cold->head, r->desk->reg->version);
	if (st == TK_OK)
		st = tk_act_commit(tx, r->actor, tk_now(), text.data, err);
	tk_str_clear(&text);
	tk_yaml_free(r->file);
	r->file = NULL;
	r->n = 0;
	return st;
}

/* The file that has room for one more. */
static enum tk_status
begin_file(struct tk_cold_removing *r, struct tk_tx *tx,
    const struct tk_cold_ticket *t, size_t more, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;
	unsigned n;

	for (n = 1; st == TK_OK; n++) {
		tk_str_reset(&r->path);
		tk_str_reset(&text);
		tk_archived_path(&r->path, t->year, t->id, n);
		if (!tk_tx_exists(tx, r->path.data) ||
		    ((st = tk_tx_read(tx, &text, r->path.data, err)) ==
			    TK_OK &&
			text.len < TK_ARCHIVED_MAX &&
			text.len + more <= 2 * TK_ARCHIVED_MAX))
			break;
	}
	r->size = text.len;
	if (st == TK_OK && text.len > 0) {
		st = tk_archived_read(
		    &r->file, text.data, text.len, r->path.data, err);
	} else if (st == TK_OK) {
		r->file = tk_yaml_map();
		tk_yaml_set(r->file, "tickets", tk_yaml_list());
	}
	tk_str_clear(&text);
	return st;
}

static enum tk_status
remove_folder(struct tk_cold_removing *r, struct tk_tx *tx, const char *dir,
    struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_store_list(r->desk->store, &names, dir, err);
	size_t i;
	char *path;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		st = tk_tx_remove(tx, path, err);
		free(path);
	}
	tk_strv_clear(&names);
	return st;
}

static enum tk_status
remove_one(struct tk_cold_removing *r, struct tk_tx *tx,
    const struct tk_cold_ticket *t, struct tk_err *err)
{
	struct tk_str dir = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_yaml *record = NULL;
	enum tk_status st = TK_OK;
	char tree[41];

	tk_id_path(&dir, t->id);
	tk_store_object(r->desk->store, tree, dir.data);
	if (strcmp(tree, t->tree) != 0) {
		r->moved = true;
		st = tk_fail(err, TK_EREFUSED,
		    _("%s was changed meanwhile"), t->id);
	}
	if (st == TK_OK &&
	    (st = tk_cold_record(
		 &record, t, r->desk, tk_tx_index(tx), err)) == TK_OK)
		tk_yaml_write_flow(&text, record);
	/* Far below what can be read again. */
	if (st == TK_OK && r->file != NULL &&
	    r->size + text.len > 2 * TK_ARCHIVED_MAX)
		st = end_file(r, tx, t->year, err);
	if (st == TK_OK && r->file == NULL)
		st = begin_file(r, tx, t, text.len, err);
	if (st == TK_OK)
		st = remove_folder(r, tx, dir.data, err);
	if (st == TK_OK) {
		r->size += text.len;
		tk_yaml_add(tk_yaml_get(r->file, "tickets"), record);
		record = NULL;
		r->first = r->n == 0 ? t->id : r->first;
		r->last = t->id;
		r->n++;
	}
	tk_yaml_free(record);
	tk_str_clear(&dir);
	tk_str_clear(&text);
	return st;
}

/* Do both go into one file? */
static bool
is_with(const struct tk_cold_ticket *a, const struct tk_cold_ticket *b)
{
	struct tk_str x = TK_STR_INIT, y = TK_STR_INIT;
	bool same;

	tk_archived_path(&x, a->year, a->id, 1);
	tk_archived_path(&y, b->year, b->id, 1);
	same = strcmp(x.data, y.data) == 0;
	tk_str_clear(&x);
	tk_str_clear(&y);
	return same;
}

/* A commit for each file of records: a hundred numbers. */
enum tk_status
tk_cold_take_out(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct tk_cold_removing *r = arg;
	struct tk_cold *c = r->cold;
	enum tk_status st;
	size_t i;

	r->moved = false;
	r->n = 0;
	if ((st = tk_desk_load(r->desk, err)) != TK_OK ||
	    (st = tk_cold_judge(r->desk, r->actor, err)) != TK_OK)
		return st;
	for (i = r->from; st == TK_OK && i < c->n; i++) {
		if (i == 0 || strcmp(c->v[i - 1].year, c->v[i].year) != 0)
			st = put_archive(r, tx, c->v[i].year, err);
		if (st == TK_OK)
			st = remove_one(r, tx, &c->v[i], err);
		if (st != TK_OK ||
		    (i + 1 < c->n && r->size < TK_ARCHIVED_MAX &&
			is_with(&c->v[i], &c->v[i + 1])))
			continue;
		st = end_file(r, tx, c->v[i].year, err);
		if (i + 1 - r->from >= PART) {
			i++;
			break;
		}
	}
	r->to = i;
	tk_yaml_free(r->file);
	r->file = NULL;
	return st;
}
