/* head - the fields of a ticket's head that the index keeps. */
#include "index/head.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

/* When the state became what it is; 0 where no entry says so. */
static int64_t
state_since(const struct tk_ticket *t)
{
	const char *now = tk_ticket_get(t, "state"), *set;
	const struct tk_yaml *e;
	size_t i;

	for (i = tk_ticket_log_n(t); i-- > 0 && now != NULL;) {
		e = tk_ticket_entry(t, i);
		set = tk_yaml_str(tk_yaml_get(e, "set"), "state");
		if (set != NULL && strcmp(set, now) == 0)
			return tk_entry_at(e);
	}
	return 0;
}

static int64_t
created(const struct tk_ticket *t)
{
	return tk_entry_at(tk_ticket_entry(t, 0));
}

static int64_t
updated(const struct tk_ticket *t)
{
	size_t n = tk_ticket_log_n(t);

	return tk_entry_at(tk_ticket_entry(t, n > 0 ? n - 1 : 0));
}

static const char *
class_of(const struct tk_ticket *t)
{
	const char *class = tk_yaml_str(tk_ticket_node(t, "terms"), "class");

	return class != NULL ? class : tk_ticket_get(t, "sla");
}

/* 0: there is none, or nobody can read it. */
static int64_t
time_of(const char *text)
{
	int64_t at;

	return text != NULL && tk_date_parse(&at, text) ? at : 0;
}

/* The nearest of the three. */
static int64_t
next_due(const struct tk_ticket *t)
{
	static const char *const names[] = { "response", "update",
		"resolution" };
	const struct tk_yaml *y = tk_ticket_node(t, "due");
	int64_t at, next = 0;
	size_t i;

	for (i = 0; i < TK_COUNT(names); i++) {
		at = time_of(tk_yaml_str(y, names[i]));
		if (at > 0 && (next == 0 || at < next))
			next = at;
	}
	return next;
}

static int64_t
spent(const struct tk_ticket *t)
{
	const struct tk_yaml *y = tk_ticket_node(t, "spent");
	int64_t sum = 0;
	size_t i;

	for (i = 0; y != NULL && y->kind == TK_YAML_LIST && i < y->n; i++)
		sum += tk_yaml_int(y->item[i], "minutes", 0);
	return sum;
}

/* A number, or a map with one. */
static int64_t
rating(const struct tk_ticket *t)
{
	const struct tk_yaml *y = tk_ticket_node(t, "rating");

	if (y != NULL && y->kind == TK_YAML_MAP)
		return tk_yaml_int(y, "value", 0);
	return tk_yaml_int(tk_ticket_head(t), "rating", 0);
}

static const struct tk_head_field fields[] = {
	{ .name = "subject", .kind = TK_HEAD_TEXT },
	{ .name = "type", .kind = TK_HEAD_NAME },
	{ .name = "state", .kind = TK_HEAD_NAME },
	{ .name = "queue", .kind = TK_HEAD_NAME },
	{ .name = "line", .kind = TK_HEAD_NUMBER },
	{ .name = "priority", .kind = TK_HEAD_NAME },
	{ .name = "impact", .kind = TK_HEAD_NAME },
	{ .name = "urgency", .kind = TK_HEAD_NAME },
	{ .name = "category", .kind = TK_HEAD_PATH },
	{ .name = "client", .kind = TK_HEAD_NAME },
	{ .name = "requester", .kind = TK_HEAD_TEXT },
	{ .name = "assignee", .kind = TK_HEAD_NAME, .me = true },
	{ .name = "channel", .kind = TK_HEAD_NAME },
	/* Column site is the clone's that numbered the ticket. */
	{ .name = "place", .ask = "site", .kind = TK_HEAD_NAME, .key = "site" },
	{ .name = "sla", .kind = TK_HEAD_NAME, .text = class_of },
	{ .name = "regulation",
	    .kind = TK_HEAD_NUMBER,
	    .key = "terms/regulation" },
	{ .name = "created", .kind = TK_HEAD_PAST, .number = created },
	{ .name = "updated", .kind = TK_HEAD_PAST, .number = updated },
	{ .name = "since", .kind = TK_HEAD_PAST, .number = state_since },
	{ .name = "due", .kind = TK_HEAD_AHEAD, .number = next_due },
	{ .name = "due_response",
	    .kind = TK_HEAD_AHEAD,
	    .key = "due/response" },
	{ .name = "due_update", .kind = TK_HEAD_AHEAD, .key = "due/update" },
	{ .name = "due_resolution",
	    .kind = TK_HEAD_AHEAD,
	    .key = "due/resolution" },
	{ .name = "promised", .kind = TK_HEAD_AHEAD },
	{ .name = "warned", .kind = TK_HEAD_NUMBER },
	{ .name = "rating", .kind = TK_HEAD_NUMBER, .number = rating },
	{ .name = "spent", .kind = TK_HEAD_SPAN, .number = spent },
	{ .name = "resolution", .kind = TK_HEAD_TEXT },
	{ .name = "cause", .kind = TK_HEAD_TEXT },
	{ .name = "tag", .kind = TK_HEAD_LIST, .key = "tags" },
	{ .name = "watcher",
	    .kind = TK_HEAD_LIST,
	    .key = "watchers",
	    .me = true },
	{ .name = "asset", .kind = TK_HEAD_LIST, .key = "assets" },
	{ .name = "evidence", .kind = TK_HEAD_LIST },
};

const struct tk_head_field *
tk_head_fields(size_t *n)
{
	*n = TK_COUNT(fields);
	return fields;
}

/* The map that a key's last word stands in, and that word. */
static const struct tk_yaml *
map_of(
    const struct tk_head_field *f, const struct tk_ticket *t, const char **word)
{
	const struct tk_yaml *map = tk_ticket_head(t);
	const char *key = f->key != NULL ? f->key : f->name, *slash;
	char *first;

	while ((slash = strchr(key, '/')) != NULL) {
		first = tk_strndup(key, (size_t)(slash - key));
		map = tk_yaml_get(map, first);
		free(first);
		key = slash + 1;
	}
	*word = key;
	return map;
}

const char *
tk_head_text(const struct tk_head_field *f, const struct tk_ticket *t)
{
	const struct tk_yaml *map;
	const char *word, *text;

	if (f->text != NULL) {
		text = f->text(t);
	} else {
		map = map_of(f, t, &word);
		text = tk_yaml_str(map, word);
	}
	return text != NULL ? text : "";
}

int64_t
tk_head_number(const struct tk_head_field *f, const struct tk_ticket *t)
{
	const struct tk_yaml *map;
	const char *word;

	if (f->number != NULL)
		return f->number(t);
	map = map_of(f, t, &word);
	if (f->kind == TK_HEAD_PAST || f->kind == TK_HEAD_AHEAD)
		return time_of(tk_yaml_str(map, word));
	return tk_yaml_int(map, word, 0);
}

void
tk_head_list(struct tk_strv *out, const struct tk_head_field *f,
    const struct tk_ticket *t)
{
	const struct tk_yaml *map;
	const char *word;

	map = map_of(f, t, &word);
	tk_yaml_strv(map, word, out);
}

bool
tk_head_is_text(const struct tk_head_field *f)
{
	return f->kind == TK_HEAD_NAME || f->kind == TK_HEAD_PATH ||
	    f->kind == TK_HEAD_TEXT;
}

bool
tk_head_next(struct tk_head_walk *w)
{
	static const char *const first[] = { "log_n", "log_sum", "doc" };
	const struct tk_head_field *f;
	size_t n;

	w->end = "";
	if (w->first < TK_COUNT(first)) {
		w->name = first[w->first++];
		return true;
	}
	f = tk_head_fields(&n);
	if (w->low) {
		w->low = false;
		w->end = "_low";
		w->name = f[w->i++].name;
		return true;
	}
	while (w->i < n && f[w->i].kind == TK_HEAD_LIST)
		w->i++;
	if (w->i == n)
		return false;
	w->name = f[w->i].name;
	w->low = f[w->i].kind == TK_HEAD_TEXT;
	w->i += !w->low;
	return true;
}
