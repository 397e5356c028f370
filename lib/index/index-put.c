/* index-put - what the files of the tree say, as rows. */
#include "index/index.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "index/head-row.h"
#include "index/index-fact.h"
#include "index/index-work.h"
#include "index/index-put.h"
#include "index/sql.h"
#include "index/words.h"

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static enum tk_status
put_entry(struct tk_index *ix, const char *ticket, size_t n,
    const struct tk_yaml *e, const char *was, struct tk_err *err)
{
	const char *act = or_empty(tk_yaml_str(e, "act"));
	const char *msg = or_empty(tk_yaml_str(e, "msg"));
	const char *state = tk_yaml_str(tk_yaml_get(e, "set"), "state");
	int64_t at = tk_entry_at(e);
	enum tk_status st;

	if (state == NULL || strcmp(state, was) == 0)
		state = was = "";
	st = tk_sql_run(ix, err,
	    "INSERT INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?)", "tiittttt",
	    ticket, (int64_t)n, at, tk_yaml_str(e, "by"), act, msg, was, state);
	if (st == TK_OK && state[0] != '\0')
		st = tk_fact_count(ix, at, was, state, err);
	if (st != TK_OK || msg[0] == '\0' ||
	    (strcmp(act, "sent") != 0 && strcmp(act, "failed") != 0))
		return st;
	st = tk_sql_run(ix, err,
	    "INSERT OR REPLACE INTO sent VALUES(?, ?, ?, ?)", "ttti", ticket,
	    msg, act, at);
	if (st == TK_OK)
		st = tk_sql_run(ix, err,
		    "UPDATE message SET unsent = 0"
		    " WHERE ticket = ? AND name = ? AND unsent",
		    "tt", ticket, msg);
	return st;
}

static enum tk_status
drop_log(struct tk_index *ix, const char *ticket, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_fact_uncount(ix, ticket, err)) != TK_OK ||
	    (st = tk_sql_run(ix, err, "DELETE FROM entry WHERE ticket = ?", "t",
		 ticket)) != TK_OK ||
	    (st = tk_sql_run(ix, err, "DELETE FROM sent WHERE ticket = ?", "t",
		 ticket)) != TK_OK)
		return st;
	return tk_sql_run(ix, err,
	    "UPDATE message SET unsent = 1"
	    " WHERE ticket = ? AND outgoing AND NOT unsent",
	    "t", ticket);
}

static enum tk_status
has_log(struct tk_index *ix, bool *has, const char *ticket, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	int64_t n = 0;

	*has = false;
	if (ix->fresh)
		return TK_OK;
	st = tk_sql(ix, &stmt, err,
	    "SELECT EXISTS(SELECT 1 FROM entry WHERE ticket = ?)", "t", ticket);
	if (st == TK_OK)
		st = tk_sql_number(ix, stmt, &n, err);
	*has = n != 0;
	return st;
}

/* All that a row of an entry is made of, so that two logs can be compared by
 * their sums. */
static void
add_to_sum(struct tk_str *all, const struct tk_yaml *e)
{
	const char *const text[] = { tk_yaml_str(e, "at"), tk_yaml_str(e, "by"),
		tk_yaml_str(e, "act"), tk_yaml_str(e, "msg"),
		tk_yaml_str(tk_yaml_get(e, "set"), "state") };
	size_t i;

	for (i = 0; i < TK_COUNT(text); i++) {
		tk_str_add(all, or_empty(text[i]));
		tk_str_add_char(all, text[i] != NULL ? '\0' : '\1');
	}
}

/*
 * Rows of the log behind those there are, or all anew where those are not the
 * beginning of this log: *begin is the first. sum is set for the whole log.
 */
static enum tk_status
put_log(struct tk_index *ix, const struct tk_ticket *t,
    const struct tk_head_row *known, char sum[65], size_t *begin,
    struct tk_err *err)
{
	int64_t known_n = tk_head_row_number(known, "log_n");
	const char *known_sum = tk_head_row_text(known, "log_sum");
	struct tk_str all = TK_STR_INIT;
	size_t n = tk_ticket_log_n(t), i, from = 0;
	const char *was = "", *state;
	enum tk_status st = TK_OK;
	bool has = false;

	for (i = 0; i < n; i++) {
		if (i == (size_t)known_n) {
			tk_sha256(sum, all.data, all.len);
			from = strcmp(sum, known_sum) == 0 ? i : 0;
		}
		add_to_sum(&all, tk_ticket_entry(t, i));
	}
	tk_sha256(sum, all.data, all.len);
	tk_str_clear(&all);
	if (n == (size_t)known_n && strcmp(sum, known_sum) == 0)
		from = n;
	*begin = from;
	if (from == 0)
		st = has_log(ix, &has, tk_ticket_id(t), err);
	if (st == TK_OK && has)
		st = drop_log(ix, tk_ticket_id(t), err);
	for (i = 0; i < n && st == TK_OK; i++) {
		if (i >= from)
			st = put_entry(ix, tk_ticket_id(t), i,
			    tk_ticket_entry(t, i), was, err);
		state = tk_yaml_str(
		    tk_yaml_get(tk_ticket_entry(t, i), "set"), "state");
		if (state != NULL)
			was = state;
	}
	return st;
}

/* What the index has of a ticket. */
struct known {
	struct tk_head_row row;
	int64_t doc;
	bool same_words;
};

static enum tk_status
read_known(struct known *k, struct tk_index *ix, const struct tk_ticket *t,
    struct tk_err *err)
{
	/* What tk_words_ticket() takes. */
	static const char *const fields[] = { "subject", "requester",
		"resolution", "cause" };
	enum tk_status st;
	size_t i;

	memset(k, 0, sizeof(*k));
	if ((st = tk_head_row_read(&k->row, ix, tk_ticket_id(t), err)) !=
	    TK_OK)
		return st;
	k->doc = tk_head_row_number(&k->row, "doc");
	k->same_words = k->row.n > 0;
	for (i = 0; i < TK_COUNT(fields); i++)
		if (strcmp(tk_head_row_text(&k->row, fields[i]),
			or_empty(tk_ticket_get(t, fields[i]))) != 0)
			k->same_words = false;
	return TK_OK;
}

static enum tk_status
put_words(struct tk_index *ix, struct known *k, const struct tk_ticket *t,
    const struct tk_words *words, struct tk_err *err)
{
	struct tk_words own;
	enum tk_status st;

	if (k->same_words)
		return TK_OK;
	if ((st = tk_index_drop_words(ix, k->doc, err)) != TK_OK)
		return st;
	tk_words_init(&own);
	if (words == NULL)
		tk_words_ticket(&own, tk_index_stemmer(ix), t);
	st = tk_index_put_words(ix, &k->doc, tk_ticket_id(t), "",
	    words != NULL ? words : &own, err);
	tk_words_clear(&own);
	return st;
}

enum tk_status
tk_index_put_ticket(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	return tk_index_put_ticket_with(ix, t, NULL, err);
}

static enum tk_status
put_all(struct tk_index *ix, struct known *k, const struct tk_ticket *t,
    const struct tk_words *words, struct tk_err *err)
{
	enum tk_status st;
	char sum[65];
	size_t from;

	if ((st = put_log(ix, t, &k->row, sum, &from, err)) != TK_OK ||
	    (st = put_words(ix, k, t, words, err)) != TK_OK ||
	    (st = tk_index_put_head(ix, t, &k->row, sum, k->doc, err)) !=
		TK_OK ||
	    (st = tk_index_put_work(ix, t, err)) != TK_OK ||
	    (st = tk_fact_put(ix, t, k->row.n == 0, from, err)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "INSERT INTO watch VALUES(?, 0)"
		 " ON CONFLICT DO UPDATE SET next = 0 WHERE next <> 0",
		 "t", tk_ticket_id(t))) != TK_OK)
		return st;
	if ((st = tk_index_put_marks(ix, t, err)) != TK_OK)
		return st;
	return tk_index_put_head_people(ix, t, err);
}

enum tk_status
tk_index_put_ticket_with(struct tk_index *ix, const struct tk_ticket *t,
    const struct tk_words *words, struct tk_err *err)
{
	struct known k;
	enum tk_status st = read_known(&k, ix, t, err);

	if (st == TK_OK)
		st = put_all(ix, &k, t, words, err);
	tk_head_row_clear(&k.row);
	return st;
}

enum tk_status
tk_index_remove_ticket(
    struct tk_index *ix, const char *ticket, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_sql_run(ix, err, "DELETE FROM mark WHERE ticket = ?", "t",
		 ticket)) != TK_OK)
		return st;
	/* Its messages have files of their own and stay until those go. */
	if ((st = drop_log(ix, ticket, err)) != TK_OK ||
	    (st = tk_fact_remove(ix, ticket, err)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM doc WHERE id ="
		 " (SELECT doc FROM ticket WHERE id = ?)",
		 "t", ticket)) != TK_OK ||
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM participant WHERE ticket = ? AND source = ''",
		 "t", ticket)) != TK_OK ||
	    (st = tk_sql_run(ix, err, "DELETE FROM work WHERE ticket = ?", "t",
		 ticket)) != TK_OK)
		return st;
	if ((st = tk_sql_run(ix, err, "DELETE FROM watch WHERE ticket = ?",
		 "t", ticket)) != TK_OK)
		return st;
	return tk_index_remove_head(ix, ticket, err);
}
