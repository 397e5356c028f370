/* init - a new desk. */
#include "desk/init.h"

#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "desk/init-calendar.h"
#include "model/id.h"
#include "model/people.h"
#include "store/maildir.h"
#include "store/store.h"

#define FILE_MAX (1024 * 1024) /* bytes of one regulation file */
#define CALENDAR "regulation/calendar.yaml"
#define LISTS "regulation/calendars"
#define QUEUES "regulation/queues.yaml"

struct making {
	const struct tk_init *init;
	struct tk_store *store;
	char *share; /* regulations/NAME/LL of the installed tk */
	struct tk_str calendar; /* calendar.yaml, as it is here */
	struct tk_strv lists;   /* of days, instead of ... */
	bool other;             /* ... those of the regulation */
	bool moved;             /* the clock is another one */
};

/* A regulation is in force from the day on which the desk begins. All else
 * stays as it was written, line by line. */
static void
set_since(struct tk_str *text)
{
	static const char key[] = "\nsince: ";
	struct tk_str now = TK_STR_INIT, out = TK_STR_INIT;
	const char *at = strstr(text->data, key), *end;

	if (at == NULL)
		return;
	at += sizeof(key) - 1;
	end = at + strcspn(at, "\n");
	tk_date_rfc3339(&now, tk_now());
	tk_str_add_data(&out, text->data, (size_t)(at - text->data));
	tk_str_add_data(&out, now.data, sizeof("2026-11-22") - 1);
	tk_str_add(&out, end);
	tk_str_clear(&now);
	tk_str_clear(text);
	*text = out;
}

static enum tk_status
put_file(struct tk_tx *tx, const struct making *m, const char *from,
    const char *to, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = tk_file_read(&text, from, FILE_MAX, err);

	if (strcmp(to, CALENDAR) == 0) {
		tk_str_reset(&text);
		tk_str_add_data(&text, m->calendar.data, m->calendar.len);
	}
	if (m->moved && strcmp(to, QUEUES) == 0)
		tk_init_hours(&text);
	if (st == TK_OK && strcmp(to, "regulation/regulation.yaml") == 0)
		set_since(&text);
	if (st == TK_OK)
		st = tk_tx_put(tx, to, text.data, text.len, err);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
put_folder(struct tk_tx *tx, const struct making *m, const char *from,
    const char *to, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = tk_dir_list(&names, from, err);
	char *a, *b;
	size_t i;

	for (i = 0; st == TK_OK && i < names.n; i++) {
		a = tk_strf("%s/%s", from, names.v[i]);
		b = tk_strf("%s/%s", to, names.v[i]);
		if (m->other && strcmp(b, LISTS) == 0)
			;
		else
			st = tk_is_dir(a) ? put_folder(tx, m, a, b, err)
					  : put_file(tx, m, a, b, err);
		free(a);
		free(b);
	}
	tk_strv_clear(&names);
	return st;
}

static enum tk_status
put_lists(struct tk_tx *tx, const struct making *m, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	char *from, *to;
	size_t i;

	for (i = 0; st == TK_OK && i < m->lists.n; i++) {
		from = tk_strf(
		    "%s/calendars/%s.yaml", tk_datadir(), m->lists.v[i]);
		to = tk_strf("%s/%s.yaml", LISTS, m->lists.v[i]);
		st = put_file(tx, m, from, to, err);
		free(from);
		free(to);
	}
	return st;
}

static enum tk_status
put_yaml(struct tk_tx *tx, const char *path, struct tk_yaml *y,
    struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;

	tk_yaml_write(&text, y);
	st = tk_tx_put(tx, path, text.data, text.len, err);
	tk_str_clear(&text);
	tk_yaml_free(y);
	return st;
}

static struct tk_yaml *
settings(const struct tk_init *init)
{
	struct tk_yaml *y = tk_yaml_map();
	unsigned char r[12];
	char token[2 * sizeof(r) + 1];
	size_t i;

	tk_random(r, sizeof(r));
	for (i = 0; i < sizeof(r); i++) {
		token[2 * i] = "0123456789abcdef"[r[i] >> 4];
		token[2 * i + 1] = "0123456789abcdef"[r[i] & 15];
	}
	token[2 * sizeof(r)] = '\0';
	tk_yaml_set_str(y, "prefix", init->prefix);
	tk_yaml_set_str(y, "name", init->company);
	tk_yaml_set_str(y, "address", init->address);
	tk_yaml_set_str(y, "language", init->language);
	tk_yaml_set_str(y, "timezone", init->timezone);
	tk_yaml_set_bool(y, "plus_address", false);
	tk_yaml_set_str(y, "token", token);
	return y;
}

static struct tk_yaml *
founder(const struct tk_init *init)
{
	struct tk_yaml *y = tk_yaml_map();
	struct tk_strv one = TK_STRV_INIT;

	tk_yaml_set_str(y, "name", init->name);
	tk_strv_add(&one, init->mail);
	tk_yaml_set_strv(y, "mail", &one);
	tk_strv_clear(&one);
	tk_strv_add(&one, "director");
	tk_yaml_set_strv(y, "roles", &one);
	tk_yaml_set_bool(y, "active", true);
	tk_yaml_set_str(y, "login", tk_login());
	tk_yaml_set_time(y, "since", tk_now());
	tk_strv_clear(&one);
	return y;
}

static enum tk_status
fill(struct tk_tx *tx, void *arg, struct tk_err *err)
{
	struct making *m = arg;
	const struct tk_init *init = m->init;
	static const char attributes[] = "*.eml -text -diff\n*.yaml text eol=lf\n";
	char *staff = tk_strf("staff/%s.yaml", init->actor);
	char *text = tk_strf("desk: %s\n\nAct: init\nActor: %s\n", init->prefix,
	    init->actor);
	enum tk_status st;

	if ((st = put_yaml(tx, "desk.yaml", settings(init), err)) == TK_OK &&
	    (st = put_folder(tx, m, m->share, "regulation", err)) == TK_OK &&
	    (st = put_lists(tx, m, err)) == TK_OK &&
	    (st = tk_tx_put(tx, ".gitattributes", attributes,
		 sizeof(attributes) - 1, err)) == TK_OK &&
	    (st = put_yaml(tx, staff, founder(init), err)) == TK_OK)
		st = tk_tx_commit(
		    tx, init->name, init->mail, tk_now(), text, err);
	free(staff);
	free(text);
	return st;
}

static enum tk_status
configure(struct making *m, struct tk_err *err)
{
	static const char *const keys[][2] = { { "tk.gate", "true" },
		{ "core.logAllRefUpdates", "true" },
		{ "core.fsync", TK_GIT_FSYNC },
		/* The time of receipt. */
		{ "gc.reflogExpire", "never" },
		{ "gc.reflogExpireUnreachable", "never" },
		{ "receive.denyNonFastForwards", "true" },
		{ "receive.denyDeletes", "true" },
		{ "receive.fsckObjects", "true" } };
	enum tk_status st;
	char *own = tk_store_path(m->store, "");
	size_t i;

	/* A desk may be shared by a group: the umask decides, as with git. */
	st = tk_mkdirs(own, 0777, err);
	free(own);
	for (i = 0; st == TK_OK && i < TK_COUNT(keys); i++)
		st = tk_store_set_config(m->store, keys[i][0], keys[i][1], err);
	for (i = 0; st == TK_OK && i < 2; i++) {
		char *dir = tk_store_path(
		    m->store, i == 0 ? "outbox" : "quarantine");

		st = tk_maildir_init(dir, err);
		free(dir);
	}
	return st;
}

enum tk_status
tk_init_hooks(const char *gitdir, bool gate, struct tk_err *err)
{
	static const struct {
		const char *name;
		bool gate;
	} hooks[] = { { "pre-receive", true }, { "post-receive", true },
		{ "pre-commit", false }, { "commit-msg", false } };
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;
	char *from, *to, *dir = tk_strf("%shooks", gitdir);
	size_t i;

	st = tk_mkdirs(dir, 0777, err);
	for (i = 0; st == TK_OK && i < TK_COUNT(hooks); i++) {
		if (hooks[i].gate && !gate)
			continue;
		from = tk_strf("%s/hooks/%s", tk_datadir(), hooks[i].name);
		to = tk_strf("%s/%s", dir, hooks[i].name);
		tk_str_reset(&text);
		st = tk_file_read(&text, from, FILE_MAX, err);
		if (st == TK_OK && !tk_file_exists(to))
			st = tk_file_write(to, text.data, text.len, 0755, err);
		free(from);
		free(to);
	}
	free(dir);
	tk_str_clear(&text);
	return st;
}

/* Before anything is made: is this tk installed whole? */
static enum tk_status
check_installed(struct tk_err *err)
{
	char *hook = tk_strf("%s/hooks/pre-receive", tk_datadir());
	enum tk_status st = TK_OK;

	if (!tk_file_exists(hook))
		st = tk_fail(err, TK_ENOENT,
		    _("%s is missing: tk is not installed whole"), hook);
	free(hook);
	return st;
}

static bool
is_address(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && at[1] != '\0' && text[0] != '-' &&
	    strpbrk(text, " <>,;\"\t\r\n") == NULL && strchr(at + 1, '@') == NULL;
}

/* What git takes for a name: one line without < and >, and not empty. */
static bool
is_name(const char *text)
{
	return text[strspn(text, " \t")] != '\0' &&
	    strpbrk(text, "<>\r\n") == NULL &&
	    tk_utf8_valid(text, strlen(text));
}

static enum tk_status
no_regulation(const struct tk_init *init, struct tk_err *err)
{
	char *dir = tk_strf("%s/regulations", tk_datadir()), *sub;
	struct tk_strv names = TK_STRV_INIT, langs = TK_STRV_INIT;
	struct tk_str all = TK_STR_INIT;
	size_t i, k;

	if (tk_dir_list(&names, dir, err) != TK_OK)
		goto out;
	for (i = 0; i < names.n; i++) {
		sub = tk_strf("%s/%s", dir, names.v[i]);
		tk_strv_clear(&langs);
		if (tk_is_dir(sub) && tk_dir_list(&langs, sub, err) == TK_OK) {
			tk_str_addf(&all, "%s%s (", all.len > 0 ? ", " : "",
			    names.v[i]);
			for (k = 0; k < langs.n; k++)
				tk_str_addf(&all, "%s%s", k > 0 ? ", " : "",
				    langs.v[k]);
			tk_str_add_char(&all, ')');
		}
		free(sub);
	}
out:
	(void)tk_fail(err, TK_ENOENT,
	    _("--regulation %s --lang %s: not in %s; there are: %s"),
	    init->regulation, init->language, dir, all.data);
	tk_str_clear(&all);
	tk_strv_clear(&langs);
	tk_strv_clear(&names);
	free(dir);
	return TK_ENOENT;
}

static enum tk_status
check_regulation(const struct tk_init *init, struct tk_err *err)
{
	struct tk_init in = *init;
	enum tk_status st = TK_OK;
	char *share;

	if (in.regulation == NULL && in.language == NULL)
		return TK_OK;
	/* The one that is known, with what all of the others have. */
	in.regulation = in.regulation != NULL ? in.regulation : "outsourcer";
	in.language = in.language != NULL ? in.language : "en";
	share = tk_strf("%s/regulations/%s/%s", tk_datadir(), in.regulation,
	    in.language);
	if (!tk_name_valid(in.regulation) || !tk_name_valid(in.language) ||
	    !tk_is_dir(share))
		st = no_regulation(&in, err);
	free(share);
	return st;
}

static enum tk_status
check_prefix(const struct tk_init *init, struct tk_err *err)
{
	char *id = tk_strf(
	    "%s-1", init->prefix != NULL ? init->prefix : "TK");
	struct tk_id parsed;
	bool good = tk_id_parse(&parsed, id);

	free(id);
	return good ? TK_OK
		    : tk_fail(err, TK_EINPUT,
			  _("--prefix %s: capital letters and digits only, as "
			    "in TK-42"),
			  init->prefix);
}

enum tk_status
tk_desk_init_check(const struct tk_init *init, struct tk_err *err)
{
	enum tk_status st;

	if ((st = check_prefix(init, err)) != TK_OK ||
	    (st = check_regulation(init, err)) != TK_OK)
		return st;
	if (init->actor != NULL && !tk_name_valid(init->actor))
		return tk_fail(err, TK_EINPUT,
		    _("--actor %s: small letters, digits, - and _ only"),
		    init->actor);
	if (init->address != NULL && !is_address(init->address))
		return tk_fail(err, TK_EINPUT,
		    _("--address %s: not an address"), init->address);
	if (init->mail != NULL && !is_address(init->mail))
		return tk_fail(err, TK_EINPUT, _("--mail %s: not an address"),
		    init->mail);
	if (init->name != NULL && !is_name(init->name))
		return tk_fail(err, TK_EINPUT,
		    _("--name %s: one line without < and >"), init->name);
	if (init->company != NULL && !is_name(init->company))
		return tk_fail(err, TK_EINPUT,
		    _("--company %s: one line without < and >"),
		    init->company);
	if (init->timezone != NULL &&
	    (st = tk_date_zone(init->timezone, err)) != TK_OK)
		return tk_wrap(err, st, "--timezone");
	if (tk_file_exists(init->dir) && !tk_is_dir(init->dir))
		return tk_fail(
		    err, TK_EEXIST, _("%s: not a folder"), init->dir);
	return check_installed(err);
}

/* What a failure half way has left. Files that were there before are not
 * ours, and of the work tree nothing is written before all else is done. */
static void
undo(const struct tk_init *init, bool was_there)
{
	char *path = tk_strf(was_there && !init->bare ? "%s/.git" : "%s",
	    init->dir);

	if (!was_there || !init->bare)
		tk_remove_tree(path);
	free(path);
}

/* A regulation without calendars stays without. */
static enum tk_status
read_calendar(struct making *m, struct tk_err *err)
{
	char *path = tk_strf("%s/calendar.yaml", m->share);
	enum tk_status st = TK_OK;
	struct tk_str was = TK_STR_INIT;

	if (tk_file_exists(path) &&
	    (st = tk_file_read(&was, path, FILE_MAX, err)) == TK_OK) {
		tk_str_add_data(&m->calendar, was.data, was.len);
		st = tk_init_calendar(&m->calendar, &m->lists, &m->other,
		    m->init->language, m->init->timezone, err);
	}
	m->moved = strcmp(was.data, m->calendar.data) != 0;
	tk_str_clear(&was);
	free(path);
	return st;
}

enum tk_status
tk_desk_init(const struct tk_init *init, struct tk_err *err)
{
	struct making m = { .init = init, .calendar = TK_STR_INIT };
	bool was_there = tk_file_exists(init->dir);
	enum tk_status st;

	m.share = tk_strf("%s/regulations/%s/%s", tk_datadir(),
	    init->regulation, init->language);
	if ((st = tk_desk_init_check(init, err)) == TK_OK &&
	    (st = read_calendar(&m, err)) == TK_OK &&
	    (st = tk_store_init(&m.store, init->dir, init->bare, err)) ==
		TK_OK) {
		tk_store_set_committer(m.store, init->company, init->address);
		if ((st = configure(&m, err)) == TK_OK &&
		    (st = tk_init_hooks(
			 tk_store_gitdir(m.store), true, err)) == TK_OK)
			st = tk_store_change(m.store, fill, &m, err);
		if (st != TK_OK && st != TK_EOUTPUT)
			undo(init, was_there);
	}
	tk_store_free(m.store);
	free(m.share);
	tk_str_clear(&m.calendar);
	tk_strv_clear(&m.lists);
	return st;
}
