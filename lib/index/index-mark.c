/* index-mark - what else the gate for letters looks up. */
#include "index/index-mark.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/index-put.h"
#include "index/sql.h"

#define BOUND_AGE 60 /* seconds */

static enum tk_status
put_mark(struct tk_index *ix, const char *ticket, const char *name,
    const char *value, struct tk_err *err)
{
	return tk_sql_run(ix, err, "INSERT OR IGNORE INTO mark VALUES(?, ?, ?)",
	    "ttt", name, value, ticket);
}

enum tk_status
tk_index_put_marks(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err)
{
	static const char *const names[] = { "monitor", "partner_ref" };
	struct tk_strv values = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	if (!ix->fresh)
		st = tk_sql_run(ix, err, "DELETE FROM mark WHERE ticket = ?",
		    "t", tk_ticket_id(t));
	for (i = 0; i < TK_COUNT(names); i++) {
		tk_strv_clear(&values);
		tk_yaml_strv(tk_ticket_head(t), names[i], &values);
		for (k = 0; st == TK_OK && k < values.n; k++)
			st = put_mark(
			    ix, tk_ticket_id(t), names[i], values.v[k], err);
	}
	tk_strv_clear(&values);
	return st;
}

/* A ticket's id, or TK_ENOENT. */
static enum tk_status
get_ticket(struct tk_index *ix, sqlite3_stmt *stmt, struct tk_index_hit *hit,
    struct tk_err *err)
{
	enum tk_status st;
	bool row;

	memset(hit, 0, sizeof(*hit));
	if ((st = tk_sql_step(ix, stmt, &row, err)) != TK_OK)
		return st;
	if (!row)
		return tk_fail(err, TK_ENOENT, _("nothing found"));
	snprintf(hit->ticket, sizeof(hit->ticket), "%s", tk_sql_text(stmt, 0));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_find_mark(struct tk_index *ix, struct tk_index_hit *hit,
    const char *name, const char *value, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	st = tk_sql(ix, &stmt, err,
	    /* Of one in an archive there is no row, and it comes last. */
	    "SELECT m.ticket FROM mark m LEFT JOIN ticket t"
	    " ON t.id = m.ticket WHERE m.name = ? AND m.value = ?"
	    " ORDER BY t.created DESC, t.number DESC, m.ticket LIMIT 1",
	    "tt", name, value);
	return st == TK_OK ? get_ticket(ix, stmt, hit, err) : st;
}

/* The last ticket of that subject that the client or the sender has. */
#define ALIKE(subject)                                                       \
	"SELECT id, created, number FROM ticket t"                           \
	" WHERE subject_low = " subject " AND created >= ?1"                 \
	" AND updated >= ?1 AND ((?3 <> '' AND client = ?3)"                 \
	"  OR EXISTS(SELECT 1 FROM participant p WHERE p.ticket = t.id"      \
	"   AND p.address = ?4)) ORDER BY created DESC, number DESC LIMIT 1"

enum tk_status
tk_index_find_alike(struct tk_index *ix, struct tk_index_hit *hit,
    const char *subject, const char *client, const char *address, int64_t since,
    struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;

	tk_index_address(&low, address);
	st = tk_sql(ix, &stmt, err,
	    /* By the subject, from the last one back: of one sender there may
	     * be thousands, as there may be of the last days. */
	    "SELECT id FROM (SELECT * FROM (" ALIKE("?2")
	    ") UNION ALL SELECT * FROM (" ALIKE("'re: ' || ?2")
	    ")) ORDER BY created DESC, number DESC LIMIT 1",
	    "ittt", since, subject, client, low.data);
	if (st == TK_OK)
		st = get_ticket(ix, stmt, hit, err);
	tk_str_clear(&low);
	return st;
}

enum tk_status
tk_index_id_clients(
    struct tk_index *ix, int64_t *n, const char *message_id, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;

	st = tk_sql(ix, &stmt, err,
	    "SELECT count(DISTINCT client) FROM"
	    " (SELECT t.client FROM msgid i JOIN ticket t"
	    "  ON t.id = i.ticket WHERE i.id = ?1"
	    "  UNION SELECT a.client FROM archived_letter l JOIN archived a"
	    "  ON a.ticket = l.ticket WHERE l.id = ?1) WHERE client <> ''",
	    "t", message_id);
	return st == TK_OK ? tk_sql_number(ix, stmt, n, err) : st;
}

enum tk_status
tk_index_is_known(
    struct tk_index *ix, bool *is, const char *address, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;
	int64_t n = 0;

	tk_index_address(&low, address);
	st = tk_sql(ix, &stmt, err,
	    "SELECT EXISTS(SELECT 1 FROM participant WHERE address = ?)", "t",
	    low.data);
	if (st == TK_OK)
		st = tk_sql_number(ix, stmt, &n, err);
	*is = st == TK_OK && n != 0;
	tk_str_clear(&low);
	return st;
}

void
tk_index_note_ack(struct tk_index *ix)
{
	size_t i;

	for (i = 0; i < ix->n_acks; i++)
		ix->acks[i].n++;
}

/* Of all queues, and perhaps some that are too old by now. Of thousands of
 * letters in one transaction each asks. */
static enum tk_status
bound_acks(
    struct tk_index *ix, int64_t *n, int64_t since, struct tk_err *err)
{
	struct tk_ack_bound *b;
	sqlite3_stmt *stmt;
	enum tk_status st;
	size_t i;

	for (i = 0; i < ix->n_acks; i++) {
		b = &ix->acks[i];
		if (since >= b->since && since - b->since < BOUND_AGE) {
			*n = b->n;
			return TK_OK;
		}
	}
	st = tk_sql(ix, &stmt, err, "SELECT count(*) FROM ack WHERE at >= ?",
	    "i", since);
	if (st == TK_OK)
		st = tk_sql_number(ix, stmt, n, err);
	if (st == TK_OK && ix->n_acks < TK_ACK_BOUNDS &&
	    !sqlite3_get_autocommit(ix->db)) {
		b = &ix->acks[ix->n_acks++];
		b->since = since;
		b->n = *n;
	}
	return st;
}

enum tk_status
tk_index_count_queue_acks(struct tk_index *ix, int64_t *n, const char *queue,
    int64_t since, int64_t enough, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st = bound_acks(ix, n, since, err);

	if (st != TK_OK || *n < enough)
		return st;
	st = tk_sql(ix, &stmt, err,
	    "SELECT count(*) FROM ack a JOIN ticket t ON t.id = a.ticket"
	    " WHERE a.at >= ? AND t.queue = ?",
	    "it", since, queue);
	return st == TK_OK ? tk_sql_number(ix, stmt, n, err) : st;
}

/* "ivan@a.example 5.1.1 failed": such an address there is none, or no more
 * (RFC 3463 section 3.2). Only where the report was about a letter of ours. */
enum tk_status
tk_index_put_dead(struct tk_index *ix, const char *ticket,
    const struct tk_message *m, struct tk_err *err)
{
	char address[300], status[40], action[40];
	struct tk_str low = TK_STR_INIT;
	enum tk_status st = TK_OK;

	if (!tk_streq(m->kind, "bounce") || m->bounced == NULL ||
	    m->rule == NULL || !tk_starts(m->rule, "bounce of ") ||
	    sscanf(m->bounced, "%299s %39s %39s", address, status, action) !=
		3 ||
	    strcmp(action, "failed") != 0 ||
	    (!tk_starts(status, "5.1.") && strcmp(status, "5.2.1") != 0))
		return TK_OK;
	tk_index_address(&low, address);
	st = tk_sql_run(ix, err,
	    "INSERT OR IGNORE INTO dead VALUES(?, ?, ?, ?, ?)", "tittt",
	    low.data, m->at, ticket, m->name, status);
	tk_str_clear(&low);
	return st;
}

enum tk_status
tk_index_find_dead(struct tk_index *ix, struct tk_index_dead *dead,
    const char *address, struct tk_err *err)
{
	struct tk_str low = TK_STR_INIT;
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row = false;

	memset(dead, 0, sizeof(*dead));
	tk_index_address(&low, address);
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT ticket, status, at FROM dead d WHERE address = ?"
		 " AND NOT EXISTS(SELECT 1 FROM participant p JOIN message m"
		 "  ON m.ticket = p.ticket AND m.name = p.source"
		 "  WHERE p.address = d.address AND m.kind = 'request'"
		 "  AND m.at > d.at) ORDER BY at DESC LIMIT 1",
		 "t", low.data)) == TK_OK)
		st = tk_sql_step(ix, stmt, &row, err);
	tk_str_clear(&low);
	if (st != TK_OK)
		return st;
	if (!row)
		return tk_fail(err, TK_ENOENT, _("nothing found"));
	snprintf(
	    dead->ticket, sizeof(dead->ticket), "%s", tk_sql_text(stmt, 0));
	snprintf(
	    dead->status, sizeof(dead->status), "%s", tk_sql_text(stmt, 1));
	dead->at = sqlite3_column_int64(stmt, 2);
	tk_sql_stop(stmt);
	return TK_OK;
}
