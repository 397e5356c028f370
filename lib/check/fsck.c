/* fsck - is the desk whole? */
#include "check/fsck.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/fsck-parts.h"
#include "check/layout.h"
#include "model/archived.h"
#include "model/people.h"
#include "model/regulation.h"

struct walk {
	struct tk_fsck *f;
	struct tk_store *store;
	struct tk_regulation *reg;
};

void
tk_fsck_problem(
    struct tk_fsck *f, const char *path, const char *what, const char *remedy)
{
	tk_strv_add_own(
	    &f->problems, tk_strf("%s: %s: %s", path, what, remedy));
}

void
tk_fsck_problem_err(
    struct tk_fsck *f, const struct tk_err *problem, const char *remedy)
{
	tk_strv_add_own(&f->problems, tk_strf("%s: %s", problem->text, remedy));
}

const char *
tk_fsck_mend(void)
{
	return _("in a clone: git log -- FILE says who changed it, git "
		 "checkout COMMIT -- FILE brings a good one back; commit and "
		 "push it");
}

const char *
tk_fsck_again(void)
{
	return _("tk fsck again");
}

static bool
is_told(const struct tk_fsck *f, const char *path)
{
	size_t i, n = strlen(path);

	for (i = 0; i < f->problems.n; i++)
		if (strncmp(f->problems.v[i], path, n) == 0 &&
		    f->problems.v[i][n] == ':')
			return true;
	return false;
}

static const char *
restore(void)
{
	return _("git fsck --full names it; bring it back from a clone: git "
		 "fetch --refetch CLONE, or from a backup: tk restore");
}

bool
tk_fsck_read(struct tk_fsck *f, struct tk_store *store, struct tk_str *out,
    const char *path)
{
	struct tk_err err = TK_ERR_INIT;

	tk_str_reset(out);
	if (is_told(f, path))
		return false;
	if (tk_store_read(store, out, path, &err) == TK_OK)
		return true;
	tk_fsck_problem_err(f, &err, restore());
	return false;
}

void
tk_fsck_canonical(struct tk_fsck *f, const char *path,
    const struct tk_str *have, const struct tk_str *want)
{
	if (f->hints_wanted &&
	    (have->len != want->len ||
		memcmp(have->data, want->data, have->len) != 0))
		tk_strv_add_own(&f->hints,
		    tk_strf(_("%s: not as tk writes it; the next act on it "
			      "will"),
			path));
}

static enum tk_status
read_person(struct walk *w, const char *path, const char *id,
    const struct tk_str *text, struct tk_str *want, bool staff,
    struct tk_err *err)
{
	struct tk_staff people = { 0 };
	struct tk_clients clients = { 0 };
	enum tk_status st;

	st = staff
	    ? tk_staff_add(&people, id, text->data, text->len, path, err)
	    : tk_clients_add(&clients, id, text->data, text->len, path, err);
	if (st == TK_OK && people.n > 0)
		tk_person_write(want, people.v[0].file);
	else if (st == TK_OK && clients.n > 0)
		tk_client_write(want, clients.v[0].file);
	if (st == TK_OK)
		tk_fsck_canonical(w->f, path, text, want);
	tk_staff_clear(&people);
	tk_clients_clear(&clients);
	return st;
}

static enum tk_status
read_yaml(struct walk *w, const char *path, const struct tk_str *text,
    const struct tk_place *place, struct tk_err *err)
{
	struct tk_str want = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	enum tk_status st;
	char year[5];

	if (place->area == TK_AREA_STAFF || place->area == TK_AREA_CLIENTS)
		st = read_person(w, path, place->at.name, text, &want,
		    place->area == TK_AREA_STAFF, err);
	else if (tk_archived_is_path(year, path))
		st = tk_archived_read(&y, text->data, text->len, path, err);
	else if (tk_starts(path, "regulation/"))
		st =
		    tk_regulation_add(w->reg, path, text->data, text->len, err);
	else
		st = tk_yaml_read(&y, text->data, text->len, path, err);
	tk_yaml_free(y);
	tk_str_clear(&want);
	return st;
}

static void
check_file(struct walk *w, const char *path)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	struct tk_place place;
	const char *why = tk_layout_find(&place, path);

	if (why != NULL)
		tk_fsck_problem(
		    w->f, path, why, _("take it out in a clone: git rm"));
	else if (place.yaml && tk_fsck_read(w->f, w->store, &text, path) &&
	    read_yaml(w, path, &text, &place, &err) != TK_OK)
		tk_fsck_problem_err(w->f, &err, tk_fsck_mend());
	tk_str_clear(&text);
}

/* dir ends in "/", or is "" for the top. */
static void
check_folder(struct walk *w, const char *dir)
{
	struct tk_strv names = TK_STRV_INIT, files = TK_STRV_INIT;
	struct tk_err err = TK_ERR_INIT;
	size_t i, n = strlen(dir);
	char *path = tk_strndup(dir, n > 0 ? n - 1 : 0);

	if (tk_store_list(w->store, &names, path, &err) != TK_OK &&
	    !is_told(w->f, dir))
		tk_fsck_problem(w->f, path, err.text, restore());
	for (i = 0; i < names.n; i++) {
		char *below = tk_strf("%s%s", dir, names.v[i]);

		if (tk_ends(below, "/"))
			check_folder(w, below);
		else if (tk_starts(dir, "tickets/"))
			tk_strv_add(&files, names.v[i]);
		else
			check_file(w, below);
		free(below);
	}
	if (files.n > 0)
		tk_fsck_ticket(w->f, w->store, path, &files);
	free(path);
	tk_strv_clear(&files);
	tk_strv_clear(&names);
}

/* Each with where to begin, which the store does not know. */
static enum tk_status
check_objects(struct tk_fsck *f, struct tk_store *store, struct tk_err *err)
{
	struct tk_strv found = TK_STRV_INIT;
	enum tk_status st = tk_store_verify(store, &found, err);
	size_t i;

	for (i = 0; st == TK_OK && i < found.n; i++)
		tk_strv_add_own(
		    &f->problems, tk_strf("%s: %s", found.v[i], restore()));
	tk_strv_clear(&found);
	return st;
}

/* Times are written in the desk's zone. */
static void
check_zone(struct tk_fsck *f, struct tk_store *store)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	struct tk_yaml *y = NULL;
	const char *zone = NULL;

	/* What cannot be read is told by the walk. */
	if (tk_store_read(store, &text, "desk.yaml", &err) == TK_OK &&
	    tk_yaml_read(&y, text.data, text.len, "desk.yaml", &err) == TK_OK)
		zone = tk_yaml_str(y, "timezone");
	if (zone != NULL && tk_date_zone(zone, &err) != TK_OK)
		tk_fsck_problem(f, "desk.yaml", err.text, tk_fsck_mend());
	tk_yaml_free(y);
	tk_str_clear(&text);
}

enum tk_status
tk_fsck_run(struct tk_fsck *f, struct tk_store *store, struct tk_err *err)
{
	struct walk w = { f, store, NULL };
	struct tk_index_counts has = { .head = "" };
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	size_t before;
	bool is_known = tk_fsck_index(f, store, &has);

	if ((st = check_objects(f, store, err)) != TK_OK)
		return st;
	before = f->problems.n;
	w.reg = tk_regulation_new();
	check_zone(f, store);
	check_folder(&w, "");
	/* Rules that do not fit together only because one is broken are not
	 * worth a line. */
	if (f->problems.n == before &&
	    tk_regulation_finish(w.reg, &bad) != TK_OK)
		tk_fsck_problem_err(f, &bad, tk_fsck_mend());
	tk_regulation_free(w.reg);
	if (is_known)
		tk_fsck_index_compare(f, store, &has);
	tk_fsck_archives(f, store);
	tk_fsck_leftovers(f, store);
	return TK_OK;
}

void
tk_fsck_clear(struct tk_fsck *f)
{
	tk_strv_clear(&f->problems);
	tk_strv_clear(&f->hints);
	tk_strv_clear(&f->notes);
}
