/* index-schema - the tables of the index. */
#include "index/index.h"

#include "index/head-row.h"
#include "index/index-fact.h"
#include "index/sql.h"

/* Texts are never NULL: '' is what is not set. Nothing refers to anything by
 * a constraint, because a tree diff brings messages before their ticket. The
 * columns of table ticket that are %s are those of head.h. */
static const char tables[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE ticket(id TEXT NOT NULL UNIQUE, prefix TEXT NOT NULL,"
    "  number INTEGER NOT NULL, site TEXT NOT NULL, %s"
    "  log_n INTEGER NOT NULL, log_sum TEXT NOT NULL,"
    "  doc INTEGER NOT NULL);"
    /* Fields with several values, and extra.NAME. */
    "CREATE TABLE many(ticket TEXT, field TEXT, value TEXT COLLATE NOCASE,"
    "  PRIMARY KEY(ticket, field, value)) WITHOUT ROWID;"
    /* Full text: each row of table words is a document: a message, the head
     * of a ticket (message is '') or a page (ticket is '', message its path).
     * 0 is none. The words are stems already; see words.h. */
    "CREATE TABLE doc(id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  ticket TEXT NOT NULL, message TEXT NOT NULL);"
    "CREATE TABLE page(path TEXT PRIMARY KEY, doc INTEGER NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5(subject, text, note, file,"
    "  sender, receiver, copy, content = '', tokenize = 'ascii');"
    /* next: see watch.h */
    "CREATE TABLE watch(ticket TEXT PRIMARY KEY, next INTEGER NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE INDEX watch_next ON watch(next);"
    "CREATE TABLE entry(ticket TEXT, n INTEGER, at INTEGER NOT NULL,"
    "  by TEXT NOT NULL, act TEXT NOT NULL, msg TEXT NOT NULL,"
    "  state_was TEXT NOT NULL, state TEXT NOT NULL," /* '': no change */
    "  PRIMARY KEY(ticket, n)) WITHOUT ROWID;"
    "CREATE TABLE message(ticket TEXT, name TEXT, kind TEXT NOT NULL,"
    "  by TEXT NOT NULL, at INTEGER NOT NULL, \"from\" TEXT NOT NULL,"
    "  subject TEXT NOT NULL, message_id TEXT NOT NULL,"
    "  body_sha256 TEXT NOT NULL, outgoing INTEGER NOT NULL,"
    "  auto INTEGER NOT NULL,"
    "  unsent INTEGER NOT NULL," /* outgoing and not in table sent */
    "  doc INTEGER NOT NULL,"
    "  PRIMARY KEY(ticket, name)) WITHOUT ROWID;"
    "CREATE TABLE msgid(id TEXT, ticket TEXT, message TEXT,"
    "  PRIMARY KEY(id, ticket, message)) WITHOUT ROWID;"
    /* source: the message that says so; '' is the ticket's head */
    "CREATE TABLE participant(ticket TEXT, address TEXT, source TEXT,"
    "  PRIMARY KEY(ticket, address, source)) WITHOUT ROWID;"
    "CREATE TABLE ack(address TEXT, at INTEGER, ticket TEXT, message TEXT,"
    "  PRIMARY KEY(address, at, ticket, message)) WITHOUT ROWID;"
    /* what else a ticket is known by: "monitor", "partner_ref" */
    "CREATE TABLE mark(name TEXT, value TEXT, ticket TEXT,"
    "  PRIMARY KEY(name, value, ticket)) WITHOUT ROWID;"
    /* addresses of which a letter of ours came back for good */
    "CREATE TABLE dead(address TEXT, at INTEGER, ticket TEXT, message TEXT,"
    "  status TEXT, PRIMARY KEY(address, at, ticket, message)) WITHOUT ROWID;"
    "CREATE TABLE sent(ticket TEXT, message TEXT, act TEXT NOT NULL,"
    "  at INTEGER NOT NULL, PRIMARY KEY(ticket, message)) WITHOUT ROWID;"
    /* what people who do not write UTF-8 wrote in */
    "CREATE TABLE charset(address TEXT, at INTEGER, ticket TEXT,"
    "  message TEXT, used TEXT NOT NULL,"
    "  PRIMARY KEY(address, at, ticket, message)) WITHOUT ROWID;"
    /* archives/: see index-archive.h; of other tables they are in
     * participant (source 'archive'), mark, work and dead */
    "CREATE TABLE archived(ticket TEXT PRIMARY KEY, file TEXT NOT NULL,"
    "  year TEXT NOT NULL, number INTEGER NOT NULL, site TEXT NOT NULL,"
    "  queue TEXT NOT NULL, type TEXT NOT NULL, client TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE archived_letter(id TEXT, ticket TEXT, message TEXT,"
    "  body TEXT NOT NULL, PRIMARY KEY(id, ticket, message)) WITHOUT ROWID;"
    /* one time of a recurring work, and the ticket it was opened as */
    "CREATE TABLE work(name TEXT, target TEXT, at INTEGER, ticket TEXT,"
    "  PRIMARY KEY(name, target, at, ticket)) WITHOUT ROWID;";

/* What look-ups go by; made behind a bulk of rows that takes half the time. */
static const char indexes[] =
    "CREATE INDEX mark_ticket ON mark(ticket);"
    "CREATE INDEX ack_at ON ack(at);"
    "CREATE INDEX participant_address ON participant(address);"
    "CREATE INDEX archived_file ON archived(file);"
    "CREATE INDEX archived_number ON archived(site, number);"
    "CREATE INDEX archived_letter_ticket ON archived_letter(ticket);"
    "CREATE INDEX ticket_number ON ticket(site, number);"
    /* With all that the usual orders go by: of thousands of open tickets only
     * those that are shown need be looked up. */
    "CREATE INDEX ticket_state ON ticket(state, queue, updated, number,"
    "  priority, created, site, prefix);"
    "CREATE INDEX ticket_assignee ON ticket(assignee, state, updated, number,"
    "  priority, created, site, prefix);"
    "CREATE INDEX ticket_client_state ON ticket(client, state, priority,"
    "  created, number, site, prefix);"
    "CREATE INDEX ticket_client ON ticket(client, created);"
    "CREATE INDEX ticket_subject ON ticket(subject_low, created, number);"
    "CREATE INDEX ticket_created ON ticket(created);"
    "CREATE INDEX ticket_updated ON ticket(updated);"
    "CREATE INDEX ticket_since ON ticket(since);"
    "CREATE INDEX ticket_due ON ticket(due) WHERE due > 0;"
    "CREATE INDEX ticket_promised ON ticket(promised) WHERE promised > 0;"
    "CREATE INDEX many_value ON many(field, value);"
    "CREATE INDEX entry_lost ON entry(ticket, n)"
    "  WHERE act IN ('failed', 'bounce');"
    "CREATE INDEX message_unsent ON message(at) WHERE unsent;";

/*
 * What the SQL says is also the version of the tables, in the file as
 * user_version: a file of another version is made anew.
 */
int
tk_index_schema(struct tk_str *out, struct tk_str *out_indexes)
{
	struct tk_str columns = TK_STR_INIT;
	uint32_t sum = 2166136261U; /* FNV-1a, 31 bits, never 0 */
	size_t i;

	tk_head_row_columns(&columns);
	tk_str_addf(out, tables, columns.data);
	tk_str_add(out, tk_fact_schema);
	tk_str_clear(&columns);
	tk_str_add(out_indexes, indexes);
	tk_str_add(out_indexes, tk_fact_tally);
	for (i = 0; i < out->len; i++)
		sum = (sum ^ (unsigned char)out->data[i]) * 16777619U;
	for (i = 0; i < out_indexes->len; i++)
		sum = (sum ^ (unsigned char)out_indexes->data[i]) * 16777619U;
	sum = (sum & 0x7FFFFFFFU) | 1;
	tk_str_addf(out_indexes, "PRAGMA user_version = %u", sum);
	return (int)sum;
}
