/* show - one ticket for a person to read. */
#include "view/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "view/block.h"
#include "view/due.h"
#include "view/show-parts.h"

/* What was done, in a word or two; an act that is not here says its name. */
static const struct {
	const char *act, *text;
} acts[] = {
	{ "open", N_("opened") },
	{ "take", N_("taken") },
	{ "assign", N_("assigned") },
	{ "move", N_("moved") },
	{ "set", N_("changed") },
	{ "status", N_("state changed") },
	{ "close", N_("closed") },
	{ "reopen", N_("reopened") },
	{ "reply", N_("answered") },
	{ "answer", N_("the client wrote") },
	{ "note", N_("noted") },
	{ "escalate", N_("escalated") },
	{ "warn", N_("term runs out") },
	{ "breach", N_("term missed") },
	{ "remind", N_("client reminded") },
	{ "progress", N_("client told that it goes on") },
	{ "spend", N_("time recorded") },
	{ "wait", N_("waiting agreed") },
	{ "due", N_("date promised") },
	{ "link", N_("linked") },
	{ "tag", N_("tagged") },
	{ "watch", N_("watchers changed") },
	{ "split", N_("split") },
	{ "merge", N_("merged") },
	{ "ack", N_("receipt confirmed") },
	{ "auto", N_("an automatic answer came") },
	{ "bounce", N_("a letter came back") },
	{ "rate", N_("rated") },
	{ "recover", N_("monitoring: it works again") },
	{ "checklist", N_("checklist changed") },
	{ "sent", N_("sent") },
	{ "failed", N_("sending failed") },
};

const char *
tk_show_act(const char *act)
{
	size_t i;

	for (i = 0; i < TK_COUNT(acts); i++)
		if (tk_streq(acts[i].act, act))
			return _(acts[i].text);
	return act != NULL ? act : "";
}

/* What is shown in its place in time: a message, an entry of the log. */
struct item {
	int64_t at;
	size_t order; /* where times are the same: the log's */
	const struct tk_yaml *entry;
	size_t message; /* SIZE_MAX: none */
};

static int
by_time(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static size_t
find_message(const struct tk_show *s, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < s->n_messages; i++)
		if (tk_streq(s->message[i].name, name))
			return i;
	return SIZE_MAX;
}

/* All items of the ticket in their order; free(3). */
static struct item *
collect(const struct tk_show *s, size_t *n)
{
	size_t n_log = tk_ticket_log_n(s->ticket), i, k;
	struct item *items = tk_calloc(n_log + s->n_messages, sizeof(*items));
	bool *seen = tk_calloc(s->n_messages, sizeof(*seen));
	const struct tk_yaml *e;

	*n = 0;
	for (i = 0; i < n_log; i++) {
		e = tk_ticket_entry(s->ticket, i);
		k = find_message(s, tk_yaml_str(e, "msg"));
		if (k != SIZE_MAX && seen[k])
			continue; /* sent, failed: the message says it */
		if (k != SIZE_MAX)
			seen[k] = true;
		items[(*n)++] = (struct item){ tk_entry_at(e), i, e, k };
	}
	for (k = 0; k < s->n_messages; k++)
		if (!seen[k])
			items[(*n)++] = (struct item){ s->message[k].at,
				n_log + k, NULL, k };
	qsort(items, *n, sizeof(*items), by_time);
	free(seen);
	return items;
}

/* 2026-11-22 09:21  Данила Петров: taken - State: в работе */
static void
add_line(
    struct tk_str *out, const struct tk_show *s, const struct tk_yaml *entry)
{
	struct tk_str line = TK_STR_INIT, safe = TK_STR_INIT;
	const char *act = tk_yaml_str(entry, "act");
	const char *text = tk_show_act(act);
	const char *rule = tk_yaml_str(entry, "rule");
	size_t start, indent;

	tk_date_human(&safe, tk_entry_at(entry));
	tk_str_add(&safe, "  ");
	indent = tk_utf8_width(safe.data);
	tk_term_paint(out, s->colour, TK_DIM, safe.data);
	tk_str_addf(&line, "%s: %s",
	    tk_show_label(s, "staff", tk_yaml_str(entry, "by")), text);
	tk_str_add(&line, " - ");
	start = line.len;
	tk_show_set(&line, s, entry);
	if (line.len == start)
		tk_str_cut(&line, start - 3);
	if (rule != NULL)
		tk_str_addf(&line, " (%s)", rule);
	tk_str_reset(&safe);
	tk_utf8_safe(&safe, line.data, false);
	tk_show_wrapped(out, s, TK_DIM, safe.data, indent);
	tk_str_clear(&line);
	tk_str_clear(&safe);
}

static void
add_events(struct tk_str *out, const struct tk_show *s)
{
	size_t n, i;
	struct item *items = collect(s, &n);
	bool in_lines = false, line;

	for (i = 0; i < n; i++) {
		line = items[i].message == SIZE_MAX;
		if (line && s->no_log)
			continue;
		if (!line || !in_lines)
			tk_str_add_char(out, '\n');
		if (line)
			add_line(out, s, items[i].entry);
		else
			tk_show_message(out, s, items[i].message);
		in_lines = line;
	}
	free(items);
}

static bool
is_overdue(const struct tk_show *s, const struct tk_yaml *due)
{
	int64_t at;
	size_t i;

	for (i = 0; s->now > 0 && i < due->n; i++)
		if (due->item[i]->kind == TK_YAML_SCALAR &&
		    tk_date_parse(&at, due->item[i]->text) && at < s->now)
			return true;
	return false;
}

/* How far the nearest term is away. */
static void
add_nearest(
    struct tk_str *out, const struct tk_show *s, const struct tk_yaml *due)
{
	int64_t at, next = 0;
	size_t i;

	for (i = 0; i < due->n; i++)
		if (due->item[i]->kind == TK_YAML_SCALAR &&
		    tk_date_parse(&at, due->item[i]->text) &&
		    (next == 0 || at < next))
			next = at;
	if (next == 0)
		return;
	tk_str_add(out, " (");
	tk_due_words(out, next, s->now);
	tk_str_add_char(out, ')');
}

static void
add_field(struct tk_show_rows *rows, const struct tk_show *s, const char *field,
    const struct tk_yaml *y)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_style style = TK_PLAIN;

	if (y == NULL)
		return;
	tk_show_value(&text, s, field, y, true);
	if (strcmp(field, "state") == 0)
		style = TK_BOLD;
	else if (strcmp(field, "due") == 0 && is_overdue(s, y)) {
		style = TK_RED;
		if (y->n > 0)
			add_nearest(&text, s, y);
		tk_str_addf(&text, " - %s", _("OVERDUE"));
	} else if (strcmp(field, "due") == 0 && s->now > 0 && y->n > 0) {
		add_nearest(&text, s, y);
	}
	tk_show_row(rows, tk_show_field(field), text.data, style);
	tk_str_clear(&text);
}

static void
add_head(struct tk_str *out, const struct tk_show *s)
{
	const struct tk_yaml *head = tk_ticket_head(s->ticket);
	const char *subject = tk_ticket_get(s->ticket, "subject");
	struct tk_str line = TK_STR_INIT;
	struct tk_show_rows rows = { 0 };
	const char *field;
	size_t i;

	tk_utf8_safe(&line, subject != NULL ? subject : "", false);
	if (line.len == 0)
		tk_str_add(&line, _("(no subject)"));
	tk_term_paint(out, s->colour, TK_BOLD, tk_ticket_id(s->ticket));
	tk_str_add(out, "  ");
	tk_term_paint(out, s->colour, TK_BOLD, line.data);
	tk_str_add_char(out, '\n');
	for (i = 0; (field = tk_show_field_at(i)) != NULL; i++)
		if (strcmp(field, "subject") != 0)
			add_field(
			    &rows, s, field, tk_ticket_node(s->ticket, field));
	for (i = 0; i < head->n; i++) /* what this version does not know */
		if (!tk_show_is_known(head->key[i]))
			add_field(&rows, s, head->key[i], head->item[i]);
	tk_show_rows(out, s, &rows, "");
	tk_str_clear(&line);
}

/* What the line before has left for this one: the note of the last
 * escalation, until the ticket goes elsewhere. */
static const struct tk_yaml *
find_handover(const struct tk_show *s)
{
	const struct tk_yaml *e, *set;
	const char *act;
	size_t i;

	for (i = tk_ticket_log_n(s->ticket); i-- > 0 && s->now > 0;) {
		e = tk_ticket_entry(s->ticket, i);
		set = tk_yaml_get(e, "set");
		act = tk_yaml_str(e, "act");
		if (tk_streq(act, "escalate") &&
		    tk_yaml_str(e, "msg") != NULL)
			return e;
		if (tk_streq(act, "move") || tk_yaml_get(set, "queue") != NULL)
			break;
	}
	return NULL;
}

static void
add_handover(struct tk_str *out, const struct tk_show *s)
{
	const struct tk_yaml *e = find_handover(s);
	size_t k = e != NULL ? find_message(s, tk_yaml_str(e, "msg"))
			     : SIZE_MAX;
	struct tk_str line = TK_STR_INIT, safe = TK_STR_INIT;

	if (k == SIZE_MAX)
		return;
	tk_str_addf(&line, _("HANDED OVER by %s (message %zu)"),
	    tk_show_label(s, "staff", tk_yaml_str(e, "by")), k + 1);
	tk_utf8_safe(&safe, line.data, false);
	tk_str_add_char(out, '\n');
	tk_term_paint(out, s->colour, TK_RED, safe.data);
	tk_str_add_char(out, '\n');
	if (s->message[k].text != NULL)
		tk_block_text(
		    out, s->message[k].text, "  ! ", s->width, !s->full);
	tk_str_clear(&line);
	tk_str_clear(&safe);
}

void
tk_show_ticket(struct tk_str *out, const struct tk_show *s)
{
	add_head(out, s);
	add_handover(out, s);
	add_events(out, s);
}
