/* index-fact - what reports count, as rows of the index. */
#include "index/index-fact.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "index/sql.h"

/* What is 0 has not been. answered is when the first answer of ours was
 * handed to the sending program; one that is not sent by mail is in no log
 * entry of its own, and reports look for it among the messages. */
const char tk_fact_schema[] =
    "CREATE TABLE fact(ticket TEXT PRIMARY KEY, answered INTEGER NOT NULL,"
    "  replies INTEGER NOT NULL, handovers INTEGER NOT NULL,"
    "  escalations INTEGER NOT NULL, calendar TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    /* n: the entry of the log that says so */
    "CREATE TABLE spent(ticket TEXT, n INTEGER, at INTEGER NOT NULL,"
    "  who TEXT NOT NULL, minutes INTEGER NOT NULL,"
    "  billable INTEGER NOT NULL, msg TEXT NOT NULL,"
    "  PRIMARY KEY(ticket, n)) WITHOUT ROWID;"
    "CREATE INDEX spent_at ON spent(at);"
    /* due: the last one there was; rest: when the log has taken it away,
     * because the clock has stopped */
    "CREATE TABLE clock(ticket TEXT, target TEXT, due INTEGER NOT NULL,"
    "  rest INTEGER NOT NULL, PRIMARY KEY(ticket, target)) WITHOUT ROWID;"
    "CREATE INDEX clock_due ON clock(due);"
    "CREATE TABLE rating(ticket TEXT, n INTEGER, at INTEGER NOT NULL,"
    "  mark INTEGER NOT NULL, PRIMARY KEY(ticket, n)) WITHOUT ROWID;"
    "CREATE INDEX rating_at ON rating(at);"
    /* all that reports ask of an entry, so that they need not look it up */
    "CREATE INDEX entry_fact ON entry(at, state_was, state, act, by)"
    "  WHERE " TK_FACT_ENTRIES ";"
    /* How many tickets went from a state to another on a day (86400 s, UTC). */
    "CREATE TABLE tally(day INTEGER, state_was TEXT, state TEXT,"
    "  n INTEGER NOT NULL, PRIMARY KEY(day, state_was, state))"
    "  WITHOUT ROWID;";

const char tk_fact_wipe[] =
    "DELETE FROM fact; DELETE FROM spent; DELETE FROM clock;"
    "DELETE FROM rating; DELETE FROM tally;";

struct clock {
	const char *target; /* of the ticket's own nodes */
	int64_t due, rest;
};

struct walk {
	struct tk_index *ix;
	const struct tk_ticket *t;
	struct tk_strv replies; /* messages */
	struct clock *clock;
	size_t n_clocks, clocks_cap;
	const char *queue, *assignee;
	int64_t line, answered, handovers, escalations;
};

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* A step up is one of these, whatever else the entry sets. */
static void
see_moves(struct walk *w, const struct tk_yaml *e, const struct tk_yaml *set)
{
	const char *queue = tk_yaml_str(set, "queue");
	const char *assignee = tk_yaml_str(set, "assignee");
	int64_t line = tk_yaml_int(set, "line", w->line);
	bool moved =
	    queue != NULL && w->queue != NULL && strcmp(queue, w->queue) != 0;

	moved = moved ||
	    (assignee != NULL && w->assignee != NULL && assignee[0] != '\0' &&
		w->assignee[0] != '\0' && strcmp(assignee, w->assignee) != 0);
	w->handovers += moved;
	w->escalations += (w->line > 0 && line > w->line) ||
	    tk_streq(tk_yaml_str(e, "act"), "escalate");
	w->queue = queue != NULL ? queue : w->queue;
	/* Put down and taken by another is handed over, too. */
	if (assignee != NULL && assignee[0] != '\0')
		w->assignee = assignee;
	w->line = line;
}

static void
see_answers(struct walk *w, const struct tk_yaml *e)
{
	const char *act = tk_yaml_str(e, "act"), *msg = tk_yaml_str(e, "msg");

	if (msg == NULL)
		return;
	if (tk_streq(act, "reply"))
		tk_strv_add(&w->replies, msg);
	else if (w->answered == 0 && tk_streq(act, "sent") &&
	    tk_strv_has(&w->replies, msg))
		w->answered = tk_entry_at(e);
}

static struct clock *
find_clock(struct walk *w, const char *target)
{
	size_t i;

	for (i = 0; i < w->n_clocks; i++)
		if (strcmp(w->clock[i].target, target) == 0)
			return &w->clock[i];
	w->clock =
	    tk_more(w->clock, w->n_clocks, &w->clocks_cap, sizeof(*w->clock));
	w->clock[w->n_clocks].target = target;
	return &w->clock[w->n_clocks++];
}

/* The whole map is set: what is not in it has come to rest. */
static void
see_due(struct walk *w, const struct tk_yaml *e, const struct tk_yaml *due)
{
	const char *text;
	struct clock *c;
	size_t i;
	int64_t at;

	for (i = 0; i < w->n_clocks; i++)
		if (w->clock[i].rest == 0 &&
		    tk_yaml_str(due, w->clock[i].target) == NULL)
			w->clock[i].rest = tk_entry_at(e);
	for (i = 0; due->kind == TK_YAML_MAP && i < due->n; i++) {
		text = tk_yaml_str(due, due->key[i]);
		if (text == NULL || !tk_date_parse(&at, text))
			continue;
		c = find_clock(w, due->key[i]);
		c->due = at;
		c->rest = 0;
	}
}

static enum tk_status
see_spent(struct walk *w, size_t n, const struct tk_yaml *e,
    const struct tk_yaml *spent, struct tk_err *err)
{
	const struct tk_yaml *last = spent->kind == TK_YAML_LIST && spent->n > 0
	    ? spent->item[spent->n - 1]
	    : NULL;
	int64_t minutes = tk_yaml_int(last, "minutes", 0), at = 0;
	const char *when = tk_yaml_str(last, "at");

	if (last == NULL || !tk_streq(tk_yaml_str(e, "act"), "spend"))
		return TK_OK;
	if (when == NULL || !tk_date_parse(&at, when))
		at = tk_entry_at(e);
	return tk_sql_run(w->ix, err,
	    "INSERT OR REPLACE INTO spent VALUES(?, ?, ?, ?, ?, ?, ?)",
	    "tiitiit", tk_ticket_id(w->t), (int64_t)n, at,
	    tk_yaml_str(last, "who"), minutes,
	    (int64_t)tk_yaml_bool(last, "billable", false),
	    tk_yaml_str(e, "msg"));
}

/* A mark alone, or a map that has it as "value". */
static enum tk_status
see_rating(struct walk *w, size_t n, const struct tk_yaml *e,
    const struct tk_yaml *set, struct tk_err *err)
{
	const struct tk_yaml *y = tk_yaml_get(set, "rating");
	int64_t mark = y->kind == TK_YAML_MAP ? tk_yaml_int(y, "value", 0)
					      : tk_yaml_int(set, "rating", 0);

	if (mark == 0)
		return TK_OK;
	return tk_sql_run(w->ix, err,
	    "INSERT OR REPLACE INTO rating VALUES(?, ?, ?, ?)", "tiii",
	    tk_ticket_id(w->t), (int64_t)n, tk_entry_at(e), mark);
}

static enum tk_status
see_entry(struct walk *w, size_t n, struct tk_err *err)
{
	const struct tk_yaml *e = tk_ticket_entry(w->t, n);
	const struct tk_yaml *set = tk_yaml_get(e, "set"), *y;
	enum tk_status st = TK_OK;

	see_answers(w, e);
	if (set == NULL)
		return TK_OK;
	see_moves(w, e, set);
	if ((y = tk_yaml_get(set, "due")) != NULL)
		see_due(w, e, y);
	if ((y = tk_yaml_get(set, "spent")) != NULL)
		st = see_spent(w, n, e, y, err);
	if (st == TK_OK && tk_yaml_get(set, "rating") != NULL)
		st = see_rating(w, n, e, set, err);
	return st;
}

/* The calendar its terms run by; "" where it has none of its own. */
static const char *
calendar_of(const struct tk_ticket *t)
{
	return or_empty(tk_yaml_str(tk_ticket_node(t, "terms"), "calendar"));
}

static enum tk_status
put_rows(struct walk *w, struct tk_err *err)
{
	const char *id = tk_ticket_id(w->t);
	enum tk_status st;
	size_t i;

	st = tk_sql_run(w->ix, err,
	    "INSERT OR REPLACE INTO fact VALUES(?, ?, ?, ?, ?, ?)", "tiiiit",
	    id, w->answered, (int64_t)w->replies.n, w->handovers,
	    w->escalations, calendar_of(w->t));
	for (i = 0; i < w->n_clocks && st == TK_OK; i++)
		st = tk_sql_run(w->ix, err,
		    "INSERT OR REPLACE INTO clock VALUES(?, ?, ?, ?)", "ttii",
		    id, w->clock[i].target, w->clock[i].due, w->clock[i].rest);
	return st;
}

/* An entry that none of the functions above makes anything of. */
static bool
is_silent(const struct tk_yaml *e)
{
	const char *act = tk_yaml_str(e, "act");

	return tk_yaml_get(e, "set") == NULL && !tk_streq(act, "reply") &&
	    !tk_streq(act, "sent") && !tk_streq(act, "escalate");
}

static enum tk_status
put_calendar(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "UPDATE fact SET calendar = ?2 WHERE ticket = ?1"
	    " AND calendar <> ?2",
	    "tt", tk_ticket_id(t), calendar_of(t));
}

enum tk_status
tk_fact_put(struct tk_index *ix, const struct tk_ticket *t, bool fresh,
    size_t from, struct tk_err *err)
{
	struct walk w = { .ix = ix, .t = t, .replies = TK_STRV_INIT };
	size_t n = tk_ticket_log_n(t), i = from;
	enum tk_status st = TK_OK;

	while (from > 0 && i < n && is_silent(tk_ticket_entry(t, i)))
		i++;
	if (!fresh && i > 0 && i == n)
		return put_calendar(ix, t, err);
	if (!fresh)
		st = tk_fact_remove(ix, tk_ticket_id(t), err);
	for (i = 0; i < n && st == TK_OK; i++)
		st = see_entry(&w, i, err);
	if (st == TK_OK)
		st = put_rows(&w, err);
	tk_strv_clear(&w.replies);
	free(w.clock);
	return st;
}

enum tk_status
tk_fact_remove(struct tk_index *ix, const char *ticket, struct tk_err *err)
{
	enum tk_status st;

	if (ix->fresh)
		return TK_OK;
	if ((st = tk_sql_run(ix, err, "DELETE FROM fact WHERE ticket = ?", "t",
		 ticket)) != TK_OK ||
	    (st = tk_sql_run(ix, err, "DELETE FROM spent WHERE ticket = ?", "t",
		 ticket)) != TK_OK ||
	    (st = tk_sql_run(ix, err, "DELETE FROM clock WHERE ticket = ?", "t",
		 ticket)) != TK_OK)
		return st;
	return tk_sql_run(
	    ix, err, "DELETE FROM rating WHERE ticket = ?", "t", ticket);
}
