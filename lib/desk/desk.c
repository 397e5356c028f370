/* desk - an open desk: its settings, people and regulation. */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "desk/terms.h"
#include "model/id.h"
#include "yaml/cache.h"

static char *
dup_or(const struct tk_yaml *y, const char *key, const char *def)
{
	const char *text = tk_yaml_str(y, key);

	return tk_strdup(text != NULL ? text : def);
}

static char *
loop_id(const struct tk_desk *desk)
{
	char sum[65];
	char *all = tk_strf("loop:%s:%s", desk->token, desk->address);
	char *id;

	tk_sha256(sum, all, strlen(all));
	id = tk_strf("%.16s", sum);
	free(all);
	return id;
}

/* An archive is read and nothing else. */
static void
freeze(struct tk_desk *desk, const char *year)
{
	char *why = tk_strf(
	    _("this is the archive %s: it is read, not changed"), year);

	desk->archive = tk_strdup(year);
	desk->is_gate = false;
	tk_store_freeze(desk->store, why);
	free(why);
}

static enum tk_status open_at(
    struct tk_desk **out, const char *dir, struct tk_err *err);

/* Who has left since, or may read less, is in the desk it was taken from. */
static enum tk_status
open_live(struct tk_desk *desk, struct tk_err *err)
{
	char *year = getenv(TK_STORE_ARCHIVE), *dir;
	enum tk_status st;

	if (desk->archive == NULL || year == NULL || year[0] == '\0')
		return TK_OK;
	year = tk_strdup(year);
	dir = tk_strf("%s../../..", tk_store_gitdir(desk->store));
	unsetenv(TK_STORE_ARCHIVE);
	st = open_at(&desk->live, dir, err);
	setenv(TK_STORE_ARCHIVE, year, 1);
	free(year);
	free(dir);
	return st;
}

static enum tk_status
read_settings(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	enum tk_status st;
	char *gate;

	if ((st = tk_store_read(desk->store, &text, "desk.yaml", err)) !=
		TK_OK ||
	    (st = tk_yaml_read(&y, text.data, text.len, "desk.yaml", err)) !=
		TK_OK)
		goto out;
	desk->prefix = dup_or(y, "prefix", "TK");
	desk->address = dup_or(y, "address", "support@localhost");
	desk->name = dup_or(y, "name", desk->address);
	desk->language = dup_or(y, "language", "en");
	desk->timezone = dup_or(y, "timezone", "UTC");
	desk->token = dup_or(y, "token", "");
	desk->plus = tk_yaml_bool(y, "plus_address", false);
	desk->loop = loop_id(desk);
	desk->site = tk_store_config(desk->store, "tk.site");
	if (desk->site == NULL)
		desk->site = tk_strdup("");
	gate = tk_store_config(desk->store, "tk.gate");
	desk->is_gate = gate != NULL && strcmp(gate, "true") == 0;
	free(gate);
	st = tk_date_zone(desk->timezone, err);
	if (st != TK_OK)
		st = tk_wrap(err, st, "desk.yaml:%u",
		    tk_yaml_line(y, "timezone"));
	tk_store_set_committer(desk->store, desk->name, desk->address);
	if (tk_yaml_str(y, "archive") != NULL)
		freeze(desk, tk_yaml_str(y, "archive"));
out:
	tk_yaml_free(y);
	tk_str_clear(&text);
	return st;
}

static void
read_visible(struct tk_desk *desk)
{
	const char *text = getenv("TK_QUEUES");
	char *copy, *rest, *word;

	if (text == NULL)
		return;
	copy = rest = tk_strdup(text);
	while ((word = strsep(&rest, ",")) != NULL)
		tk_strv_add(&desk->visible, word);
	free(copy);
}

static enum tk_status
open_at(struct tk_desk **out, const char *dir, struct tk_err *err)
{
	struct tk_desk *desk = tk_calloc(1, sizeof(*desk));
	enum tk_status st;

	*out = NULL;
	if ((st = tk_store_open(&desk->store, dir, err)) != TK_OK ||
	    (st = read_settings(desk, err)) != TK_OK ||
	    (st = open_live(desk, err)) != TK_OK) {
		tk_desk_free(desk);
		return st;
	}
	read_visible(desk);
	*out = desk;
	return TK_OK;
}

enum tk_status
tk_desk_open(struct tk_desk **out, const char *dir, struct tk_err *err)
{
	*out = NULL;
	if (dir != NULL && tk_main_is_remote())
		return tk_fail(err, TK_EDENIED, _("-C: not over ssh"));
	return open_at(out, dir, err);
}

static void
forget(struct tk_desk *desk)
{
	tk_regulation_free(desk->reg);
	desk->reg = NULL;
	tk_staff_clear(&desk->staff);
	tk_clients_clear(&desk->clients);
	tk_clients_clear(&desk->early);
	tk_desk_forget_known(desk);
	tk_yaml_cache_free(desk->cache); /* the others lie in it */
	desk->cache = NULL;
	desk->has_clients = false;
	desk->read_at[0] = '\0';
}

void
tk_desk_free(struct tk_desk *desk)
{
	if (desk == NULL)
		return;
	forget(desk);
	tk_desk_free(desk->live);
	free(desk->archive);
	tk_actor_clear(&desk->actor);
	tk_strv_clear(&desk->visible);
	free(desk->prefix);
	free(desk->name);
	free(desk->address);
	free(desk->language);
	free(desk->timezone);
	free(desk->token);
	free(desk->loop);
	free(desk->site);
	tk_store_free(desk->store);
	free(desk);
}

/* Each file below a folder, folders within included. */
static enum tk_status
each_file(struct tk_desk *desk, const char *dir,
    enum tk_status (*fn)(struct tk_desk *desk, const char *path,
	const char *name, const struct tk_str *text, struct tk_err *err),
    struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = tk_store_list(desk->store, &names, dir, err);
	char *path;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		path = tk_strf("%s/%s", dir, names.v[i]);
		tk_str_reset(&text);
		if (tk_ends(path, "/")) {
			path[strlen(path) - 1] = '\0';
			st = each_file(desk, path, fn, err);
		} else if (tk_ends(path, ".yaml") &&
		    (st = tk_store_read(desk->store, &text, path, err)) ==
			TK_OK) {
			names.v[i][strlen(names.v[i]) - 5] = '\0';
			st = fn(desk, path, names.v[i], &text, err);
		}
		free(path);
	}
	tk_str_clear(&text);
	tk_strv_clear(&names);
	return st;
}

/* Each file below a folder as it was read before, or else as it is. */
static enum tk_status
each_known(struct tk_desk *desk, const char *dir,
    enum tk_status (*fn)(struct tk_desk *desk, const char *path,
	const char *name, const struct tk_str *text, struct tk_err *err),
    struct tk_err *err)
{
	const struct tk_str none = { NULL, 0, 0 };
	struct tk_strv paths = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	char key[41], *name;
	size_t i;

	tk_store_object(desk->store, key, dir);
	if (!tk_yaml_cache_folder(desk->cache, &paths, dir, key))
		st = each_file(desk, dir, fn, err);
	for (i = 0; st == TK_OK && i < paths.n; i++) {
		name = tk_strdup(strrchr(paths.v[i], '/') + 1);
		name[strlen(name) - strlen(".yaml")] = '\0';
		st = fn(desk, paths.v[i], name, &none, err);
		free(name);
	}
	tk_strv_clear(&paths);
	return st;
}

static enum tk_status
add_rule_file(struct tk_desk *desk, const char *path, const char *name,
    const struct tk_str *text, struct tk_err *err)
{
	(void)name;
	return tk_regulation_add(desk->reg, path, text->data, text->len, err);
}

static enum tk_status
add_staff_file(struct tk_desk *desk, const char *path, const char *name,
    const struct tk_str *text, struct tk_err *err)
{
	return tk_staff_add(
	    &desk->staff, name, text->data, text->len, path, err);
}

static enum tk_status
add_ack_file(struct tk_desk *desk, const char *path, const char *name,
    const struct tk_str *text, struct tk_err *err)
{
	return tk_staff_add_acks(
	    &desk->staff, name, text->data, text->len, path, err);
}

static enum tk_status
add_client_file(struct tk_desk *desk, const char *path, const char *name,
    const struct tk_str *text, struct tk_err *err)
{
	return tk_clients_add(
	    &desk->clients, name, text->data, text->len, path, err);
}

enum tk_status
tk_desk_load(struct tk_desk *desk, struct tk_err *err)
{
	const char *head = tk_store_head(desk->store);
	enum tk_status st;
	char *path;

	if (desk->reg != NULL && strcmp(desk->read_at, head) == 0)
		return TK_OK;
	if (desk->reg != NULL && tk_store_same(desk->store, desk->read_at,
				     "regulation") &&
	    tk_store_same(desk->store, desk->read_at, "staff") &&
	    tk_store_same(desk->store, desk->read_at, "acks") &&
	    tk_store_same(desk->store, desk->read_at, "clients")) {
		memcpy(desk->read_at, head, sizeof(desk->read_at));
		return TK_OK;
	}
	forget(desk);
	desk->reg = tk_regulation_new();
	path = tk_store_path(desk->store, "rules.cache");
	desk->cache = tk_yaml_cache_open(path);
	if ((st = each_known(desk, "regulation", add_rule_file, err)) ==
		TK_OK &&
	    (st = tk_regulation_finish(desk->reg, err)) == TK_OK &&
	    (st = each_known(desk, "staff", add_staff_file, err)) == TK_OK &&
	    (st = each_known(desk, "acks", add_ack_file, err)) == TK_OK)
		tk_yaml_cache_save(desk->cache);
	tk_yaml_cache_done(desk->cache);
	free(path);
	if (st != TK_OK) {
		forget(desk);
		return st;
	}
	memcpy(desk->read_at, head, sizeof(desk->read_at));
	return TK_OK;
}

enum tk_status
tk_desk_load_clients(struct tk_desk *desk, struct tk_err *err)
{
	struct tk_clients early;
	enum tk_status st;

	if ((st = tk_desk_load(desk, err)) != TK_OK || desk->has_clients)
		return st;
	early = desk->clients;
	memset(&desk->clients, 0, sizeof(desk->clients));
	st = each_file(desk, "clients", add_client_file, err);
	desk->has_clients = st == TK_OK;
	if (st == TK_OK) {
		tk_clients_sort(&desk->clients);
		desk->early = early;
	} else {
		tk_clients_clear(&desk->clients);
		desk->clients = early;
	}
	return st;
}

enum tk_status
tk_desk_load_client(struct tk_desk *desk, const char *id, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	char *path;

	if ((st = tk_desk_load(desk, err)) != TK_OK || id == NULL ||
	    desk->has_clients || !tk_name_valid(id) ||
	    tk_clients_find(&desk->clients, id) != NULL)
		return st;
	path = tk_strf("clients/%s.yaml", id);
	if ((st = tk_store_read(desk->store, &text, path, err)) == TK_OK)
		st = tk_clients_add(
		    &desk->clients, id, text.data, text.len, path, err);
	else if (st == TK_ENOENT)
		st = TK_OK;
	tk_str_clear(&text);
	free(path);
	return st;
}

static enum tk_status
become(struct tk_desk *desk, const struct tk_person *p, struct tk_err *err)
{
	struct tk_actor *a = &desk->actor;

	if (!p->active)
		return tk_fail(err, TK_EDENIED,
		    _("%s does not work here any more (staff/%s.yaml)"),
		    p->name, p->id);
	a->kind = TK_ACTOR_STAFF;
	a->id = tk_strdup(p->id);
	a->name = tk_strdup(p->name);
	a->mail = tk_strdup(p->mail.n > 0 ? p->mail.v[0] : desk->address);
	tk_strv_copy(&a->roles, &p->roles);
	tk_strv_copy(&a->queues, &p->queues);
	return TK_OK;
}

enum tk_status
tk_desk_actor(struct tk_desk *desk, const struct tk_actor **out,
    struct tk_err *err)
{
	const char *env = getenv("TK_ACTOR");
	const struct tk_person *p = NULL;
	char *id, *mail;
	enum tk_status st;

	*out = NULL;
	if (desk->live != NULL)
		return tk_desk_actor(desk->live, out, err);
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (desk->actor.id != NULL) {
		*out = &desk->actor;
		return TK_OK;
	}
	id = env != NULL && env[0] != '\0'
	    ? tk_strdup(env)
	    : tk_store_config(desk->store, "tk.actor");
	mail = tk_store_config(desk->store, "user.email");
	if (id != NULL)
		p = tk_staff_find(&desk->staff, id);
	else if (mail != NULL)
		p = tk_staff_by_mail(&desk->staff, mail);
	if (p == NULL && id == NULL && desk->is_gate)
		p = tk_staff_by_login(&desk->staff, tk_login());
	if (p != NULL)
		st = become(desk, p, err);
	else if (id != NULL)
		st = tk_fail(err, TK_EDENIED,
		    _("nobody on the staff is called \"%s\" (staff/%s.yaml)"),
		    id, id);
	else
		st = tk_fail(err, TK_EDENIED,
		    _("who are you? say \"git config tk.actor ID\" with your "
		      "id from \"tk staff\""));
	free(id);
	free(mail);
	*out = st == TK_OK ? &desk->actor : NULL;
	return st;
}

void
tk_desk_self(const struct tk_desk *desk, struct tk_actor *out)
{
	memset(out, 0, sizeof(*out));
	out->kind = TK_ACTOR_TK;
	out->id = tk_strdup("tk");
	out->name = tk_strdup("tk");
	out->mail = tk_strdup(desk->address);
}

void
tk_desk_contact(struct tk_actor *out, const char *name, const char *address)
{
	memset(out, 0, sizeof(*out));
	out->kind = TK_ACTOR_CLIENT;
	out->id = tk_strdup(address);
	out->name = tk_strdup(name[0] != '\0' ? name : address);
	out->mail = tk_strdup(address);
}
