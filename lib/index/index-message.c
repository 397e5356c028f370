/* index-message - what the message files of the tree say, as rows. */
#include "index/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/index-mark.h"
#include "index/index-put.h"
#include "index/sql.h"
#include "index/words.h"

/* What a sender writes in, for letters with too little in them to tell. */
static enum tk_status
put_charset(struct tk_index *ix, const char *ticket, const struct tk_message *m,
    struct tk_err *err)
{
	struct tk_str address = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t len;
	const char *used = tk_message_charset(m, &len);
	char *name = tk_strndup(used, len);

	if (len > 0 && m->from != NULL && !tk_index_is_ours(m) &&
	    !tk_streq(m->kind, "note") && !tk_streq(m->kind, "bounce") &&
	    !tk_ends(m->charset, TK_CHARSET_UNSURE) &&
	    strcmp(name, "utf-8") != 0 && strcmp(name, "us-ascii") != 0) {
		tk_index_address(&address, m->from);
		st = tk_sql_run(ix, err,
		    "INSERT OR IGNORE INTO charset VALUES(?, ?, ?, ?, ?)",
		    "tittt", address.data, m->at, ticket, m->name, name);
	}
	tk_str_clear(&address);
	free(name);
	return st;
}

static enum tk_status
put_words(struct tk_index *ix, int64_t *doc, const char *ticket,
    const struct tk_message *m, const struct tk_words *words,
    struct tk_err *err)
{
	struct tk_words own;
	enum tk_status st;

	if (words != NULL)
		return tk_index_put_words(ix, doc, ticket, m->name, words, err);
	tk_words_init(&own);
	tk_words_message(&own, tk_index_stemmer(ix), m, NULL);
	st = tk_index_put_words(ix, doc, ticket, m->name, &own, err);
	tk_words_clear(&own);
	return st;
}

enum tk_status
tk_index_put_message(struct tk_index *ix, const char *ticket,
    const struct tk_message *m, struct tk_err *err)
{
	return tk_index_put_message_with(ix, ticket, m, NULL, err);
}

enum tk_status
tk_index_put_message_with(struct tk_index *ix, const char *ticket,
    const struct tk_message *m, const struct tk_words *words,
    struct tk_err *err)
{
	bool out = tk_message_is_outgoing(m);
	enum tk_status st;
	int64_t doc;

	/* Written once, but a purge blanks it and a merge may bring another. */
	if ((st = tk_index_remove_message(ix, ticket, m->name, err)) != TK_OK ||
	    (st = put_words(ix, &doc, ticket, m, words, err)) != TK_OK)
		return st;
	st = tk_sql_run(ix, err,
	    "INSERT INTO message VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
	    " ?10, ?11, ?10 AND NOT EXISTS("
	    "SELECT 1 FROM sent WHERE ticket = ?1 AND message = ?2), ?12)",
	    "ttttittttiii", ticket, m->name, m->kind, m->by, m->at, m->from,
	    m->subject, m->message_id, m->body_sha256, (int64_t)out,
	    (int64_t)tk_streq(m->kind, "auto"), doc);
	if (st == TK_OK && m->message_id != NULL && m->message_id[0] != '\0')
		st = tk_sql_run(ix, err, "INSERT INTO msgid VALUES(?, ?, ?)",
		    "ttt", m->message_id, ticket, m->name);
	if (st == TK_OK)
		st = tk_index_put_dead(ix, ticket, m, err);
	if (st == TK_OK)
		st = tk_index_put_people(ix, ticket, m, err);
	if (st == TK_OK)
		st = put_charset(ix, ticket, m, err);
	return st;
}

enum tk_status
tk_index_remove_message(struct tk_index *ix, const char *ticket,
    const char *message, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	struct tk_str id = TK_STR_INIT;
	enum tk_status st;
	int64_t at = 0, doc;
	bool row;

	if (ix->fresh)
		return TK_OK;
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT message_id, at, doc FROM message"
		 " WHERE ticket = ? AND name = ?",
		 "tt", ticket, message)) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	tk_str_set(&id, tk_sql_text(stmt, 0));
	at = sqlite3_column_int64(stmt, 1);
	doc = sqlite3_column_int64(stmt, 2);
	tk_sql_stop(stmt);
	if ((st = tk_index_drop_words(ix, doc, err)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM charset WHERE at = ? AND ticket = ?"
		 " AND message = ? AND address IN (SELECT address"
		 " FROM participant WHERE ticket = ? AND source = ?)",
		 "itttt", at, ticket, message, ticket, message)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM msgid"
		 " WHERE id = ? AND ticket = ? AND message = ?",
		 "ttt", id.data, ticket, message)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM ack WHERE at = ? AND ticket = ?"
		 " AND message = ? AND address IN (SELECT address"
		 " FROM participant WHERE ticket = ? AND source = ?)",
		 "itttt", at, ticket, message, ticket, message)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM dead WHERE ticket = ? AND message = ?", "tt",
		 ticket, message)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "DELETE FROM participant WHERE ticket = ? AND source = ?",
		 "tt", ticket, message)) == TK_OK)
		st = tk_sql_run(ix, err,
		    "DELETE FROM message WHERE ticket = ? AND name = ?", "tt",
		    ticket, message);
	tk_str_clear(&id);
	return st;
}
