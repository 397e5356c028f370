/* index-find - what threading, sending and lists look up. */
#include "index/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-archive.h"
#include "index/query.h"
#include "index/index-put.h"
#include "index/sql.h"

/* Only letters of tickets that can be read; the oldest of a ticket: what
 * comes later under the same Message-ID is a copy or a forgery. */
#define LETTERS                                                         \
	"SELECT m.ticket, m.name, m.body_sha256 FROM msgid i"           \
	" JOIN message m ON m.ticket = i.ticket AND m.name = i.message" \
	" JOIN ticket t ON t.id = i.ticket WHERE i.id = ?"
#define NEWEST " ORDER BY t.created DESC, t.number DESC, t.id, m.name LIMIT 1"

/* The one row of a statement, as a hit; TK_ENOENT without a text of its
 * own worth printing. */
enum tk_status
tk_index_get_hit(struct tk_index *ix, sqlite3_stmt *stmt, struct tk_index_hit *hit,
    const char *message_id, struct tk_err *err)
{
	enum tk_status st;
	bool row;

	memset(hit, 0, sizeof(*hit));
	if ((st = tk_sql_step(ix, stmt, &row, err)) != TK_OK)
		return st;
	if (!row)
		return tk_fail(err, TK_ENOENT,
		    _("no letter with the Message-ID %s"), message_id);
	snprintf(hit->ticket, sizeof(hit->ticket), "%s", tk_sql_text(stmt, 0));
	snprintf(
	    hit->message, sizeof(hit->message), "%s", tk_sql_text(stmt, 1));
	snprintf(hit->body_sha256, sizeof(hit->body_sha256), "%s",
	    tk_sql_text(stmt, 2));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_find_id(struct tk_index *ix, struct tk_index_hit *hit,
    const char *message_id, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	if ((st = tk_sql(ix, &stmt, err, LETTERS NEWEST, "t", message_id)) !=
	    TK_OK)
		return st;
	st = tk_index_get_hit(ix, stmt, hit, message_id, err);
	return st == TK_ENOENT
	    ? tk_index_archived_letter(ix, hit, message_id, NULL, err)
	    : st;
}

enum tk_status
tk_index_has_letter(struct tk_index *ix, struct tk_index_hit *hit,
    const char *message_id, const char *body_sha256, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	/* '' is what a message without a raw letter has; it is no body. */
	if ((st = tk_sql(ix, &stmt, err,
		 LETTERS
		 " AND m.body_sha256 = ? AND m.body_sha256 <> ''" NEWEST,
		 "tt", message_id, body_sha256)) != TK_OK)
		return st;
	st = tk_index_get_hit(ix, stmt, hit, message_id, err);
	return st == TK_ENOENT && body_sha256 != NULL && body_sha256[0] != '\0'
	    ? tk_index_archived_letter(ix, hit, message_id, body_sha256, err)
	    : st;
}

enum tk_status
tk_index_is_participant(struct tk_index *ix, bool *is, const char *ticket,
    const char *address, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;
	int64_t n = 0;

	tk_index_address(&low, address);
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT EXISTS(SELECT 1 FROM participant"
		 " WHERE ticket = ? AND address = ?)",
		 "tt", ticket, low.data)) == TK_OK)
		st = tk_sql_number(ix, stmt, &n, err);
	*is = st == TK_OK && n != 0;
	tk_str_clear(&low);
	return st;
}

enum tk_status
tk_index_count_acks(struct tk_index *ix, int64_t *n, const char *address,
    int64_t since, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;

	*n = 0;
	tk_index_address(&low, address);
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT count(*) FROM ack WHERE address = ? AND at >= ?", "ti",
		 low.data, since)) == TK_OK)
		st = tk_sql_number(ix, stmt, n, err);
	tk_str_clear(&low);
	return st;
}

enum tk_status
tk_index_charset_of(struct tk_index *ix, struct tk_str *out,
    const char *address, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	tk_index_address(&low, address);
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT used FROM charset WHERE address = ?"
		 " ORDER BY at DESC LIMIT 1",
		 "t", low.data)) == TK_OK &&
	    (st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		tk_str_add(out, tk_sql_text(stmt, 0));
		tk_sql_stop(stmt);
	}
	tk_str_clear(&low);
	return st;
}

enum tk_status
tk_index_last_number(
    struct tk_index *ix, uint64_t *n, const char *site, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	int64_t last = 0;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT max(coalesce((SELECT max(number) FROM ticket"
		 "  WHERE site = ?1), 0), coalesce((SELECT max(number)"
		 "  FROM archived WHERE site = ?1), 0))",
		 "t", site)) == TK_OK)
		st = tk_sql_number(ix, stmt, &last, err);
	*n = (uint64_t)last;
	return st;
}

enum tk_status
tk_index_unsent(struct tk_index *ix, struct tk_strv *out, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT ticket, name FROM message JOIN ticket ON id = ticket"
		 " WHERE unsent ORDER BY at, ticket, name",
		 "")) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		tk_strv_add_own(out,
		    tk_strf(
			"%s/%s", tk_sql_text(stmt, 0), tk_sql_text(stmt, 1)));
	return st;
}

enum tk_status
tk_index_lost(struct tk_index *ix, struct tk_strv *out, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT ticket, max(n) FROM entry AS e"
		 " WHERE act IN ('failed', 'bounce') AND NOT EXISTS"
		 "  (SELECT 1 FROM entry AS l WHERE l.ticket = e.ticket"
		 "   AND l.n > e.n AND l.act IN ('reply', 'note', 'close'))"
		 " GROUP BY ticket ORDER BY ticket",
		 "")) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row)
		tk_strv_add(out, tk_sql_text(stmt, 0));
	return st;
}
