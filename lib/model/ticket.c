/* ticket - ticket.yaml: a head and its log. */
#include "model/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/id.h"
#include "yaml/plain.h"

struct tk_ticket {
	char *id;
	struct tk_yaml *head; /* without id and log */
	struct tk_yaml *log;
	bool fixed; /* it and all of it are in a pool */
};

static const char *const head_order[] = { "subject", "type", "state", "queue",
	"line", "priority", "impact", "urgency", "category", "channel",
	"client", "requester", "language", "cc", "assignee", "sla", "terms", "due", "wait",
	"promised", "watchers", "tags", "links", "assets", "site", "work",
	"checklist", "spent",
	"rating", "resolution", "cause", "extra", NULL };

static const char *const entry_order[] = { "at", "by", "act", "msg", "rule",
	"set", NULL };

struct tk_ticket *
tk_ticket_new(const char *id)
{
	struct tk_ticket *t = tk_calloc(1, sizeof(*t));

	t->id = tk_strdup(id);
	t->head = tk_yaml_map();
	t->log = tk_yaml_list();
	return t;
}

void
tk_ticket_free(struct tk_ticket *t)
{
	if (t == NULL || t->fixed)
		return;
	free(t->id);
	tk_yaml_free(t->head);
	tk_yaml_free(t->log);
	free(t);
}

struct tk_ticket *
tk_ticket_copy(const struct tk_ticket *t)
{
	struct tk_ticket *c = tk_calloc(1, sizeof(*c));

	c->id = tk_strdup(t->id);
	c->head = tk_yaml_copy(t->head);
	c->log = tk_yaml_copy(t->log);
	return c;
}

static enum tk_status
check_entry(const struct tk_yaml *e, const char *name, struct tk_err *err)
{
	const struct tk_yaml *set = tk_yaml_get(e, "set");
	const char *at = tk_yaml_str(e, "at"), *msg = tk_yaml_str(e, "msg");
	int64_t when;

	if (e->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: a log entry must be a map"), name, e->line);
	if (at == NULL || !tk_date_parse(&when, at))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: log entry without a readable time (at)"), name,
		    e->line);
	if (tk_yaml_str(e, "by") == NULL || tk_yaml_str(e, "act") == NULL)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: log entry without \"by\" or \"act\""), name,
		    e->line);
	if (msg != NULL && !tk_message_name_valid(msg))
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: bad message name \"%s\""), name, e->line, msg);
	if (set != NULL && set->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"set\" must be a map"), name, e->line);
	if (tk_yaml_get(set, "id") != NULL || tk_yaml_get(set, "log") != NULL)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"id\" and \"log\" cannot be set"), name,
		    e->line);
	return TK_OK;
}

static enum tk_status
check_root(const struct tk_yaml *root, const char *name, struct tk_err *err)
{
	const char *text = tk_yaml_str(root, "id");
	const struct tk_yaml *log = tk_yaml_get(root, "log");
	enum tk_status st = TK_OK;
	struct tk_id id;
	size_t i;

	if (text == NULL || !tk_id_parse(&id, text))
		return tk_fail(err, TK_EINPUT, _("%s:%u: no ticket id"), name,
		    tk_yaml_line(root, "id"));
	if (log == NULL || log->kind != TK_YAML_LIST || log->n == 0)
		return tk_fail(err, TK_EINPUT, _("%s:%u: no log"), name,
		    tk_yaml_line(root, "log"));
	for (i = 0; st == TK_OK && i < log->n; i++)
		st = check_entry(log->item[i], name, err);
	return st;
}

enum tk_status
tk_ticket_read(struct tk_ticket **out, const char *data, size_t len,
    const char *name, struct tk_err *err)
{
	struct tk_yaml *root = NULL, *log, empty;
	struct tk_ticket *t;
	enum tk_status st;

	*out = NULL;
	if ((st = tk_yaml_read(&root, data, len, name, err)) != TK_OK)
		return st;
	if ((st = check_root(root, name, err)) != TK_OK) {
		tk_yaml_free(root);
		return st;
	}
	t = tk_ticket_new(tk_yaml_str(root, "id"));
	tk_yaml_free(t->head);
	/* The log can be long: taken out, not copied. */
	log = tk_yaml_get(root, "log");
	empty = *t->log;
	*t->log = *log;
	*log = empty;
	tk_yaml_set(root, "id", NULL);
	tk_yaml_set(root, "log", NULL);
	t->head = root;
	*out = t;
	return TK_OK;
}

/* A node of a pool out of its map. */
static struct tk_yaml *
take_out(struct tk_yaml *map, const char *key)
{
	struct tk_yaml *y = tk_yaml_get(map, key);
	size_t i = 0, n = map->n - 1;

	while (map->item[i] != y)
		i++;
	memmove(map->item + i, map->item + i + 1, (n - i) * sizeof(*map->item));
	memmove(map->key + i, map->key + i + 1, (n - i) * sizeof(*map->key));
	map->n = n;
	return y;
}

enum tk_status
tk_ticket_read_in(struct tk_ticket **out, struct tk_pool *pool,
    const char *data, size_t len, const char *name, struct tk_err *err)
{
	struct tk_yaml *root = NULL;
	struct tk_ticket *t;
	enum tk_status st;

	*out = NULL;
	if (len <= TK_YAML_MAX)
		root = tk_yaml_read_plain(pool, data, len);
	if (root == NULL)
		return tk_ticket_read(out, data, len, name, err);
	if ((st = check_root(root, name, err)) != TK_OK)
		return st;
	t = tk_pool_get(pool, sizeof(*t));
	t->id = take_out(root, "id")->text;
	t->log = take_out(root, "log");
	t->head = root;
	t->fixed = true;
	*out = t;
	return TK_OK;
}

void
tk_ticket_write(struct tk_str *out, struct tk_ticket *t)
{
	struct tk_yaml *root = tk_yaml_map();
	size_t i;

	tk_yaml_order(t->head, head_order);
	for (i = 0; i < t->log->n; i++) {
		tk_yaml_order(t->log->item[i], entry_order);
		if (tk_yaml_get(t->log->item[i], "set") != NULL)
			tk_yaml_order(
			    tk_yaml_get(t->log->item[i], "set"), head_order);
	}
	tk_yaml_set(root, "id", tk_yaml_text(t->id));
	for (i = 0; i < t->head->n; i++)
		tk_yaml_set(
		    root, t->head->key[i], tk_yaml_copy(t->head->item[i]));
	tk_yaml_set(root, "log", tk_yaml_copy(t->log));
	tk_yaml_write(out, root);
	tk_yaml_free(root);
}

const char *
tk_ticket_id(const struct tk_ticket *t)
{
	return t->id;
}

const char *
tk_ticket_get(const struct tk_ticket *t, const char *field)
{
	return t == NULL ? NULL : tk_yaml_str(t->head, field);
}

const struct tk_yaml *
tk_ticket_node(const struct tk_ticket *t, const char *field)
{
	return tk_yaml_get(t->head, field);
}

const struct tk_yaml *
tk_ticket_head(const struct tk_ticket *t)
{
	return t->head;
}

size_t
tk_ticket_log_n(const struct tk_ticket *t)
{
	return t->log->n;
}

const struct tk_yaml *
tk_ticket_entry(const struct tk_ticket *t, size_t i)
{
	return i < t->log->n ? t->log->item[i] : NULL;
}

int64_t
tk_entry_at(const struct tk_yaml *entry)
{
	const char *text = tk_yaml_str(entry, "at");
	int64_t at;

	return text != NULL && tk_date_parse(&at, text) ? at : 0;
}

struct tk_yaml *
tk_entry_new(int64_t at, const char *by, const char *act)
{
	struct tk_yaml *e = tk_yaml_map();

	tk_yaml_set_time(e, "at", at);
	tk_yaml_set_str(e, "by", by);
	tk_yaml_set_str(e, "act", act);
	return e;
}

struct tk_yaml *
tk_entry_set(struct tk_yaml *entry)
{
	struct tk_yaml *set = tk_yaml_get(entry, "set");

	if (set == NULL) {
		set = tk_yaml_map();
		tk_yaml_set(entry, "set", set);
	}
	return set;
}

static void
fold(struct tk_yaml *head, const struct tk_yaml *entry)
{
	const struct tk_yaml *set = tk_yaml_get(entry, "set");
	size_t i;

	for (i = 0; set != NULL && i < set->n; i++)
		tk_yaml_set(head, set->key[i],
		    tk_yaml_is_null(set->item[i]) ? NULL
						  : tk_yaml_copy(set->item[i]));
}

void
tk_ticket_apply(struct tk_ticket *t, struct tk_yaml *entry)
{
	fold(t->head, entry);
	tk_yaml_add(t->log, entry);
}

struct tk_ticket *
tk_ticket_at(const struct tk_ticket *t, size_t n)
{
	struct tk_ticket *old = tk_ticket_new(t->id);
	size_t i;

	for (i = 0; i < n && i < t->log->n; i++)
		tk_ticket_apply(old, tk_yaml_copy(t->log->item[i]));
	return old;
}

enum tk_status
tk_ticket_check(const struct tk_ticket *t, const char *name, struct tk_err *err)
{
	struct tk_yaml *want = tk_yaml_map();
	enum tk_status st = TK_OK;
	const struct tk_yaml *have;
	size_t i;

	for (i = 0; i < t->log->n; i++)
		fold(want, t->log->item[i]);
	for (i = 0; st == TK_OK && i < t->head->n; i++) {
		have = t->head->item[i];
		if (!tk_yaml_equal(have, tk_yaml_get(want, t->head->key[i])))
			st = tk_fail(err, TK_EINPUT,
			    _("%s:%u: \"%s\" is not what the log says"), name,
			    have->line, t->head->key[i]);
	}
	for (i = 0; st == TK_OK && i < want->n; i++)
		if (tk_yaml_get(t->head, want->key[i]) == NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("%s:1: \"%s\" is missing, but the log sets it"),
			    name, want->key[i]);
	tk_yaml_free(want);
	return st;
}
