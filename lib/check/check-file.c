/* check-file - what lies where, and whose it is to change. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "check/law.h"
#include "desk/saved.h"
#include "people/people-check.h"
#include "report/report.h"
#include "store/sign.h"

#define FILE_MAX ((size_t)64 * 1024 * 1024) /* bytes */

static void
check_right(struct tk_law *l, const char *path, const char *act)
{
	struct tk_findings f = { NULL, 0, 0 };

	tk_rules_may(&f, &l->actor, act, l->desk->reg, &l->desk->staff, l->now);
	tk_law_find_all(l, path, &f);
	tk_findings_clear(&f);
}

/* Staff and clients as tk staff and tk client would have them. */
static void
check_person(struct tk_law *l, const char *path, const char *id,
    const struct tk_str *text)
{
	static const char *const keys[] = { "name", "mail", "roles", "queues",
		"language", "keys", "login", "active" };
	struct tk_staff one = { NULL, 0, 0 };
	struct tk_err bad = TK_ERR_INIT;
	struct tk_yaml *set = tk_yaml_map();
	struct tk_people_change change = {
		.kind = TK_PEOPLE_STAFF, .verb = "add", .id = id, .set = set
	};
	const struct tk_yaml *value;
	enum tk_status st;
	size_t i;

	st = tk_staff_add(&one, id, text->data, text->len, path, &bad);
	for (i = 0; st == TK_OK && i < TK_COUNT(keys); i++)
		if ((value = tk_yaml_get(one.v[0].file, keys[i])) != NULL)
			tk_yaml_set(set, keys[i], tk_yaml_copy(value));
	if (st == TK_OK)
		st = tk_people_check_set(l->desk, &change, &bad);
	if (st == TK_OK)
		st = tk_people_check_staff(l->desk, &one.v[0], &bad);
	if (st != TK_OK)
		tk_law_find_err(l, path, "staff", &bad);
	tk_yaml_free(set);
	tk_staff_clear(&one);
}

/* desk.yaml; what is read from it stays in use for the rest of the push. */
static void
check_settings(struct tk_law *l, const struct tk_yaml *y)
{
	const char *prefix = tk_yaml_str(y, "prefix");
	const char *address = tk_yaml_str(y, "address");
	const char *zone = tk_yaml_str(y, "timezone");
	char *probe = tk_strf("%s-1", prefix != NULL ? prefix : "");
	struct tk_err bad = TK_ERR_INIT;
	size_t before = l->found;
	struct tk_id id;

	if (prefix == NULL || !tk_id_parse(&id, probe) || id.site[0] != '\0' ||
	    strcmp(id.prefix, prefix) != 0)
		tk_law_find(l, "desk.yaml", "desk", NULL,
		    _("\"prefix\" is of capital letters and digits"));
	if (address == NULL || strchr(address, '@') == NULL ||
	    strpbrk(address, " <>,;\"\n") != NULL)
		tk_law_find(l, "desk.yaml", "desk", NULL,
		    _("\"address\" is not an address"));
	if (tk_yaml_get(y, "archive") != NULL)
		tk_law_find(l, "desk.yaml", "desk", NULL,
		    _("\"archive\" stands in archives only; nothing could "
		      "be changed any more"));
	if (zone != NULL && tk_date_zone(zone, &bad) != TK_OK)
		tk_law_find_err(l, "desk.yaml", "desk", &bad);
	free(probe);
	if (l->found > before)
		return;
	free(l->desk->prefix);
	free(l->desk->address);
	l->desk->prefix = tk_strdup(prefix);
	l->desk->address = tk_strdup(address);
}

/* What was acknowledged before, from the parent; NULL: nothing. */
static struct tk_yaml *
old_acks(struct tk_law *l, const char *path)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_err none = TK_ERR_INIT;
	struct tk_yaml *y = NULL;

	if (tk_store_read(l->desk->store, &text, path, &none) == TK_OK &&
	    tk_yaml_read(&y, text.data, text.len, path, &none) != TK_OK)
		y = NULL;
	tk_str_clear(&text);
	return y;
}

/* acks/ID.yaml: one's own, one more line for the version in force now. */
static void
check_acks(
    struct tk_law *l, const char *path, const char *id, const struct tk_yaml *y)
{
	struct tk_yaml *old = old_acks(l, path);
	const struct tk_yaml *was = tk_yaml_get(old, "acks");
	const struct tk_yaml *list = tk_yaml_get(y, "acks"), *e = NULL;
	size_t had = was != NULL ? was->n : 0, i;
	const char *at = NULL, *why = NULL;
	int64_t when = 0;
	char tree[41];

	if (list != NULL && list->kind == TK_YAML_LIST && list->n == had + 1)
		e = list->item[had];
	for (i = 0; e != NULL && i < had; i++)
		if (!tk_yaml_equal(was->item[i], list->item[i]))
			e = NULL;
	at = tk_yaml_str(e, "at");
	tk_store_object(l->desk->store, tree, "regulation");
	if (strcmp(id, l->actor.id) != 0)
		why = _("everybody acknowledges for himself");
	else if (e == NULL)
		why = _("one line is added, the others stay as they are");
	else if (tk_yaml_int(e, "version", 0) != l->desk->reg->version ||
	    !tk_streq(tk_yaml_str(e, "tree"), tree))
		why = _("this is not the version that is in force");
	else if (at == NULL || !tk_date_parse(&when, at) ||
	    when > l->now + TK_LAW_SLACK || when < l->now - l->desk->reg->offline_window)
		why = _("its time is not of these days");
	if (why != NULL)
		tk_law_find(l, path, "acks", "tk regulation ack", "%s", why);
	tk_yaml_free(old);
}

/* A signature is asked of nobody, but who has not signed is worth knowing. */
static enum tk_status
check_signed(struct tk_law *l, const char *path, struct tk_err *err)
{
	const struct tk_person *p = tk_staff_find(&l->desk->staff, l->actor.id);
	struct tk_strv keys = TK_STRV_INIT;
	enum tk_signed is;
	enum tk_status st;

	if (p != NULL)
		tk_yaml_strv(p->file, "keys", &keys);
	st = tk_sign_check_commit(
	    l->desk->store, l->commit->id, &keys, &is, err);
	if (st == TK_OK && is == TK_SIGNED_NOT)
		tk_law_info(
		    l, path, "unsigned", _("acknowledged without a signature"));
	else if (st == TK_OK && is == TK_SIGNED_BAD)
		tk_law_info(l, path, "unsigned",
		    _("signed, but by no key of staff/%s.yaml"), l->actor.id);
	tk_strv_clear(&keys);
	return st;
}

static enum tk_status
check_text(struct tk_law *l, const struct tk_file_change *f,
    const struct tk_place *place, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;
	bool good;

	st = tk_law_read(l, &text, f->path, f->id, TK_YAML_MAX, &good, err);
	if (st != TK_OK || !good)
		goto out;
	if (tk_yaml_read(&y, text.data, text.len, f->path, &bad) != TK_OK)
		tk_law_find_err(l, f->path, "yaml", &bad);
	else if (strcmp(f->path, "desk.yaml") == 0)
		check_settings(l, y);
	else if (place->area == TK_AREA_ACKS) {
		check_acks(l, f->path, place->at.name, y);
		if (l->audit)
			st = check_signed(l, f->path, err);
	} else if (place->area == TK_AREA_STAFF)
		check_person(l, f->path, place->at.name, &text);
	else if (place->area == TK_AREA_CLIENTS)
		st = tk_law_client(l, f->path, place->at.name, &text, err);
	else if (tk_starts(f->path, "views/") &&
	    tk_saved_check(f->path, text.data, text.len, &bad) != TK_OK)
		tk_law_find_err(l, f->path, "view", &bad);
	else if (tk_starts(f->path, "reports/") &&
	    tk_desk_report_check(l->desk, f->path, text.data, text.len,
		&bad) != TK_OK)
		tk_law_find_err(l, f->path, "report", &bad);
out:
	tk_yaml_free(y);
	tk_str_clear(&text);
	return st;
}

static void
check_gone(struct tk_law *l, const char *path, enum tk_area area)
{
	if (area == TK_AREA_ACKS)
		tk_law_find(
		    l, path, "acks", NULL, _("what was acknowledged stays"));
	else if (area == TK_AREA_STAFF || area == TK_AREA_CLIENTS)
		tk_law_find(l, path, "people", _("set \"active: false\""),
		    _("who was here stays in the history of tickets"));
	else if (strcmp(path, "desk.yaml") == 0)
		tk_law_find(l, path, "desk", NULL,
		    _("a desk without desk.yaml is none"));
}

static bool
is_own_choice(struct tk_law *l, const struct tk_file_change *f,
    const struct tk_place *place)
{
	struct tk_str was = TK_STR_INIT, now = TK_STR_INIT;
	struct tk_err ignored = TK_ERR_INIT;
	bool is = place->area == TK_AREA_STAFF && f->was[0] != '\0' &&
	    f->id[0] != '\0' &&
	    tk_history_read(&was, l->history, f->was, &ignored) == TK_OK &&
	    tk_history_read(&now, l->history, f->id, &ignored) == TK_OK &&
	    tk_people_is_own_file(place->at.name, &l->actor, &was, &now);

	tk_str_clear(&was);
	tk_str_clear(&now);
	return is;
}

/* All but tickets, which wait until all files have been seen. */
static enum tk_status
check_file(struct tk_law *l, const struct tk_file_change *f,
    struct tk_place *place, struct tk_err *err)
{
	static const char *const rights[] = { [TK_AREA_STAFF] = "staff",
		[TK_AREA_CLIENTS] = "client",
		[TK_AREA_REGULATION] = "regulation",
		[TK_AREA_ARCHIVES] = NULL, [TK_AREA_OTHER] = NULL };
	const char *why = tk_layout_find(place, f->path);
	enum tk_status st = TK_OK;
	size_t size = 0;

	/* What lies wrong may be taken away, by whoever is on the staff. */
	if (why != NULL && f->id[0] != '\0') {
		tk_law_find(l, f->path, "layout", _("git rm it"), "%s", why);
		return TK_OK;
	}
	if (f->id[0] != '\0' && f->mode != TK_MODE_FILE) {
		tk_law_find(l, f->path, "mode", _("make it a plain file"),
		    _("mode %06o: no links, programs or other repositories"),
		    f->mode);
		return TK_OK;
	}
	if (f->id[0] != '\0' &&
	    (st = tk_history_size(&size, l->history, f->id, err)) != TK_OK)
		return st;
	if (size > FILE_MAX) {
		tk_law_find(l, f->path, "size", NULL,
		    _("%zu bytes; at most %zu are taken"), size, FILE_MAX);
		return TK_OK;
	}
	if (why != NULL || place->area == TK_AREA_TICKETS)
		return TK_OK;
	if (l->actor.kind != TK_ACTOR_STAFF) {
		tk_law_find(l, f->path, "author", NULL,
		    _("nobody on the staff is %s"), l->commit->mail);
		return TK_OK;
	}
	if (place->area == TK_AREA_ARCHIVES)
		tk_law_find(l, f->path, "archive", NULL,
		    _("only \"tk archive\" writes here"));
	if (rights[place->area] != NULL && !is_own_choice(l, f, place))
		check_right(l, f->path, rights[place->area]);
	if (f->id[0] == '\0')
		check_gone(l, f->path, place->area);
	else if (place->yaml)
		st = check_text(l, f, place, err);
	return st;
}

static bool
brings(const struct tk_commit *c, const char *path)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->change[i].path, path) == 0)
			return true;
	return false;
}

/* Every message that the log entries name is in the commit; what became of a
 * letter is told of one that is there already. */
static void
check_told(struct tk_law *l)
{
	struct tk_str path = TK_STR_INIT;
	const struct tk_told *t;
	char id[41];
	size_t i;

	for (i = 0; i < l->n_told; i++) {
		t = &l->told[i];
		if (t->msg[0] == '\0')
			continue;
		tk_str_reset(&path);
		tk_id_path(&path, t->ticket);
		tk_str_addf(&path, "/%s.yaml", t->msg);
		tk_store_object(l->desk->store, id, path.data);
		if (!brings(l->commit, path.data) &&
		    (id[0] == '\0' || l->actor.kind == TK_ACTOR_STAFF))
			tk_law_find(l, path.data, "message",
			    _("commit the message with its act"),
			    _("the log names it, but the commit does not "
			      "bring it"));
	}
	tk_str_clear(&path);
}

enum tk_status
tk_law_files(struct tk_law *l, struct tk_law_areas *areas, struct tk_err *err)
{
	const struct tk_commit *c = l->commit;
	struct tk_place *place;
	enum tk_status st = TK_OK;
	size_t i, before;

	if (tk_law_is_archiving(l)) {
		tk_law_archiving(l);
		return TK_OK;
	}
	place = tk_calloc(c->n + 1, sizeof(*place));

	for (i = 0; st == TK_OK && i < c->n; i++) {
		before = l->found;
		st = check_file(l, &c->change[i], &place[i], err);
		if (l->found > before)
			place[i].at.kind = TK_PATH_OTHER;
		areas->regulation = areas->regulation ||
		    tk_starts(c->change[i].path, "regulation/");
		areas->people =
		    areas->people || tk_starts(c->change[i].path, "staff/");
	}
	for (i = 0; st == TK_OK && i < c->n; i++)
		if (place[i].at.kind == TK_PATH_TICKET)
			st = tk_law_ticket(l, &c->change[i], &place[i].at, err);
	for (i = 0; st == TK_OK && i < c->n; i++)
		if (place[i].at.kind == TK_PATH_MESSAGE ||
		    place[i].at.kind == TK_PATH_LETTER)
			st =
			    tk_law_message(l, &c->change[i], &place[i].at, err);
	if (st == TK_OK)
		check_told(l);
	free(place);
	return st;
}
