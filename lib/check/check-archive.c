/*
 * check-archive - tickets that were moved into an archive.
 *
 * Only the gate does so, where the archive is; what is in already must be
 * exactly that: whole folders of closed tickets, each with a record that has
 * its hash.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"
#include "desk/ticket.h"
#include "model/archived.h"

#define RULE "archive"

bool
tk_law_is_archiving(const struct tk_law *l)
{
	return strstr(l->commit->text, "\nAct: archive\n") != NULL;
}

bool
tk_law_archived(struct tk_law *l, const char *id, char year[5])
{
	struct tk_strv years = TK_STRV_INIT;
	struct tk_str path = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_err none = TK_ERR_INIT;
	struct tk_yaml *y = NULL;
	bool found = false;
	unsigned n;
	size_t i;

	if (tk_store_list(l->desk->store, &years, "archives", &none) != TK_OK)
		tk_strv_clear(&years);
	for (i = 0; !found && i < years.n; i++) {
		years.v[i][strcspn(years.v[i], "/.")] = '\0';
		for (n = 1; !found; n++) {
			tk_str_reset(&path);
			tk_str_reset(&text);
			tk_archived_path(&path, years.v[i], id, n);
			if (tk_store_read(l->desk->store, &text, path.data,
				&none) != TK_OK ||
			    tk_archived_read(&y, text.data, text.len,
				path.data, &none) != TK_OK)
				break;
			found = tk_archived_find(y, id) != NULL;
			tk_yaml_free(y);
		}
		if (found)
			snprintf(year, 5, "%s", years.v[i]);
	}
	tk_strv_clear(&years);
	tk_str_clear(&path);
	tk_str_clear(&text);
	return found;
}

static bool
is_final(const struct tk_law *l, const struct tk_ticket *t)
{
	const char *type = tk_ticket_get(t, "type");
	const char *state = tk_ticket_get(t, "state");
	const struct tk_process *p =
	    type != NULL ? tk_process_find(l->desk->reg, type) : NULL;
	const struct tk_state *s =
	    p != NULL && state != NULL ? tk_state_find(p, state) : NULL;

	return s != NULL && s->final;
}

/* How many files of the folder does the commit take away? */
static size_t
removed(const struct tk_law *l, const char *dir)
{
	const struct tk_commit *c = l->commit;
	size_t i, k = strlen(dir), n = 0;

	for (i = 0; i < c->n; i++)
		n += strncmp(c->change[i].path, dir, k) == 0 &&
		    c->change[i].path[k] == '/' && c->change[i].id[0] == '\0';
	return n;
}

/* A record that the commit adds: the ticket as its parent has it. */
static void
check_record(struct tk_law *l, const char *path, const struct tk_yaml *r,
    struct tk_strv *ids)
{
	const char *id = tk_yaml_str(r, "id");
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str dir = TK_STR_INIT, text = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	struct tk_ticket *t = NULL;
	char tree[41];

	tk_strv_add(ids, id);
	tk_id_path(&dir, id);
	tk_store_object(l->desk->store, tree, dir.data);
	if (!tk_streq(tk_yaml_str(r, "tree"), tree))
		tk_law_find(l, path, RULE, NULL,
		    _("%s was not what its record says"), id);
	else if (tk_store_list(l->desk->store, &names, dir.data, &bad) !=
		TK_OK ||
	    removed(l, dir.data) != names.n)
		tk_law_find(l, path, RULE, NULL,
		    _("%s went into an archive, but not all of it"), id);
	tk_str_add(&dir, "/ticket.yaml");
	if (tk_store_read(l->desk->store, &text, dir.data, &bad) == TK_OK &&
	    tk_ticket_read(&t, text.data, text.len, dir.data, &bad) == TK_OK &&
	    !is_final(l, t))
		tk_law_find(l, path, RULE, NULL, _("%s was not closed"), id);
	tk_ticket_free(t);
	tk_strv_clear(&names);
	tk_str_clear(&text);
	tk_str_clear(&dir);
}

/* The list of the file, as it is in that object; NULL: none. */
static const struct tk_yaml *
read_list(struct tk_law *l, struct tk_yaml **y, const char *path,
    const char *id, const char *key)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err bad = TK_ERR_INIT;
	const struct tk_yaml *list = NULL;

	if (id[0] != '\0' &&
	    tk_history_read(&text, l->history, id, &bad) == TK_OK &&
	    tk_yaml_read(y, text.data, text.len, path, &bad) == TK_OK)
		list = tk_yaml_get(*y, key);
	tk_str_clear(&text);
	return list != NULL && list->kind == TK_YAML_LIST ? list : NULL;
}

/* Lines are added behind those that are there. */
static void
check_file(
    struct tk_law *l, const struct tk_file_change *f, struct tk_strv *ids)
{
	struct tk_yaml *was = NULL, *now = NULL;
	const struct tk_yaml *old, *list;
	bool records;
	char year[5];
	size_t i, n;

	records = tk_archived_is_path(year, f->path);
	old = read_list(
	    l, &was, f->path, f->was, records ? "tickets" : "taken");
	list = read_list(l, &now, f->path, f->id, records ? "tickets" : "taken");
	n = old != NULL ? old->n : 0;
	for (i = 0; list != NULL && i < n && i < list->n; i++)
		if (!tk_yaml_equal(old->item[i], list->item[i]))
			break;
	if (list == NULL || i < n)
		tk_law_find(l, f->path, RULE, NULL,
		    _("what is said of archives stays"));
	for (; records && list != NULL && i < list->n; i++)
		check_record(l, f->path, list->item[i], ids);
	tk_yaml_free(was);
	tk_yaml_free(now);
}

void
tk_law_archiving(struct tk_law *l)
{
	const struct tk_commit *c = l->commit;
	struct tk_strv ids = TK_STRV_INIT;
	struct tk_findings f = { NULL, 0, 0 };
	struct tk_place place;
	size_t i;

	if (!l->audit) {
		tk_law_find(l, NULL, RULE, NULL,
		    _("tickets are moved into an archive at the gate, where "
		      "it lies"));
		return;
	}
	tk_rules_may(
	    &f, &l->actor, RULE, l->desk->reg, &l->desk->staff, l->now);
	tk_law_find_all(l, "archives", &f);
	tk_findings_clear(&f);
	for (i = 0; i < c->n; i++)
		if (tk_starts(c->change[i].path, "archives/"))
			check_file(l, &c->change[i], &ids);
	for (i = 0; i < c->n; i++) {
		if (tk_starts(c->change[i].path, "archives/"))
			continue;
		if (tk_layout_find(&place, c->change[i].path) != NULL ||
		    place.area != TK_AREA_TICKETS ||
		    c->change[i].id[0] != '\0')
			tk_law_find(l, c->change[i].path, RULE, NULL,
			    _("nothing else goes with it"));
		else if (!tk_strv_has(&ids, place.at.ticket))
			tk_law_find(l, c->change[i].path, RULE, NULL,
			    _("removed, and in no record of an archive"));
	}
	tk_strv_clear(&ids);
}
