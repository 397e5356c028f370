/* notice-hook - programs of the gate that run when something happened. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/proc.h"
#include "notice/notice-parts.h"

#define SECONDS 10 /* for one event, unless git config tk.hooktimeout says */
#define SAID_MAX 500

static char *
path_of(const struct tk_desk *desk, const char *kind)
{
	return tk_strf("%shooks/on-%s", tk_store_gitdir(desk->store), kind);
}

static bool
is_there(const char *path)
{
	return tk_is_regular(path) && access(path, X_OK) == 0;
}

bool
tk_notice_has_hooks(const struct tk_desk *desk)
{
	bool has = false;
	char *path;
	size_t i;

	for (i = 0; !has && tk_notify_events[i] != NULL; i++) {
		path = path_of(desk, tk_notify_events[i]);
		has = is_there(path);
		free(path);
	}
	return has;
}

static void
set_field(struct tk_json *o, const struct tk_notice *e, const char *field)
{
	tk_json_set_str(o, field, tk_ticket_get(e->ticket, field));
}

/* Those who want it by this way, with what a gateway needs to reach them. */
static struct tk_json *
people(const struct tk_desk *desk, const struct tk_notice *e)
{
	struct tk_json *list = tk_json_array(), *o;
	struct tk_strv phone = TK_STRV_INIT;
	const struct tk_person *p;
	struct tk_notify n;
	bool now;
	size_t i;

	for (i = 0; i < desk->staff.n; i++) {
		p = &desk->staff.v[i];
		if (!tk_notice_is_for(desk, e, p, true))
			continue;
		tk_notify_read(&n, p);
		now = tk_notice_is_time(desk, &n, tk_now());
		tk_notify_clear(&n);
		if (!now)
			continue;
		o = tk_json_object();
		tk_json_set_str(o, "id", p->id);
		tk_json_set_str(o, "name", p->name);
		tk_json_set_str(o, "mail", p->mail.n > 0 ? p->mail.v[0] : NULL);
		tk_yaml_strv(p->file, "phone", &phone);
		tk_json_set_strv(o, "phone", &phone);
		tk_strv_clear(&phone);
		tk_json_set_str(o, "language", p->language);
		tk_json_add(list, o);
	}
	return list;
}

static void
compose(
    struct tk_str *out, const struct tk_desk *desk, const struct tk_notice *e)
{
	static const char *const fields[] = { "subject", "type", "state",
		"queue", "line", "priority", "category", "client", "requester",
		"assignee" };
	struct tk_json *o = tk_json_object();
	struct tk_str at = TK_STR_INIT;
	size_t i;

	tk_date_rfc3339(&at, tk_entry_at(e->entry));
	tk_json_set_str(o, "event", e->kind);
	tk_json_set_str(o, "id", e->id);
	tk_json_set_str(o, "at", at.data);
	tk_json_set_str(o, "desk", desk->name);
	tk_json_set_str(o, "ticket", tk_ticket_id(e->ticket));
	tk_json_set_str(o, "by", tk_yaml_str(e->entry, "by"));
	tk_json_set_str(o, "act", tk_yaml_str(e->entry, "act"));
	tk_json_set_str(o, "rule", tk_yaml_str(e->entry, "rule"));
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		set_field(o, e, fields[i]);
	tk_json_set_str(o, "message", tk_yaml_str(e->entry, "msg"));
	tk_json_set_str(o, "text", e->text);
	tk_json_set(o, "to", people(desk, e));
	tk_json_text(out, o);
	tk_str_add_char(out, '\n');
	tk_json_free(o);
	tk_str_clear(&at);
}

static int
time_limit(const struct tk_desk *desk)
{
	char *text = tk_store_config(desk->store, "tk.hooktimeout");
	int64_t n = 0;

	if (text != NULL)
		n = strtoll(text, NULL, 10);
	free(text);
	return n > 0 && n < 3600 ? (int)n : SECONDS;
}

/* false: it was too slow, and need not be tried again in this run. */
static bool
run(const struct tk_desk *desk, const struct tk_notice *e, const char *path)
{
	const char *argv[] = { path, NULL };
	struct tk_str in = TK_STR_INIT, said = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	enum tk_status st;
	int code = 0, seconds = time_limit(desk);
	int64_t began = tk_ticks();

	compose(&in, desk, e);
	st = tk_proc_run(&code,
	    &(struct tk_proc){ .argv = argv,
		.dir = tk_store_gitdir(desk->store),
		.in = in.data,
		.in_len = in.len,
		.out = &said,
		.errors = &said,
		.timeout = seconds },
	    &err);
	tk_str_trim(&said);
	tk_str_cut(&said, said.len < SAID_MAX ? said.len : SAID_MAX);
	if (st != TK_OK)
		tk_warn("%s", err.text);
	else if (code != 0)
		tk_warn(_("%s: status %d for %s%s%s"), path, code, e->id,
		    said.len > 0 ? ": " : "", said.data);
	tk_str_clear(&in);
	tk_str_clear(&said);
	return tk_ticks() - began < (int64_t)seconds * 1000;
}

void
tk_notice_hooks(struct tk_desk *desk, const struct tk_notices *l)
{
	size_t i, k, slow;
	bool good;
	char *path;

	for (k = 0; tk_notify_events[k] != NULL; k++) {
		path = path_of(desk, tk_notify_events[k]);
		good = is_there(path);
		for (i = slow = 0; i < l->n; i++) {
			if (strcmp(l->v[i].kind, tk_notify_events[k]) != 0)
				continue;
			if (slow == 0 && good && !run(desk, &l->v[i], path))
				slow = 1;
			else if (slow > 0)
				slow++;
		}
		if (slow > 1)
			tk_warn(_("%s: too slow; %zu further events were not "
				  "told to it"),
			    path, slow - 1);
		free(path);
	}
}
