/*
 * sql.h - what the index's own files share of SQLite.
 *
 * Purpose    Included only by index*.c and sql.c, which are the only files
 *            that know SQLite. Statements are prepared once a connection.
 * Ownership  A statement belongs to the connection's cache; texts to bind
 *            must outlive the steps. Each SQL text is a literal: the cache
 *            goes by its address.
 * Errors     tk_fail_sqlite() turns SQLITE_BUSY and SQLITE_LOCKED into
 *            TK_EBUSY, what says that the file is damaged into TK_EINPUT,
 *            the rest into TK_ESYS.
 */
#ifndef TK_SQL_H
#define TK_SQL_H

#include <sqlite3.h>

#include "index/index.h"

struct tk_sql_cached {
	const char *sql;
	sqlite3_stmt *stmt;
};

#define TK_ACK_BOUNDS 4
#define TK_SQL_PATIENCE 10000 /* ms behind another writer */

struct tk_index {
	sqlite3 *db;
	char *path;
	struct tk_sql_cached *cached;
	size_t n, cap;
	int wal_pages; /* in the log after our last commit */
	bool is_bulk;  /* which was a large one */
	struct tk_home *home; /* the thread that copies the log, or NULL */
	int home_pages;       /* what it was given last */
	struct tk_head_sql *head; /* how rows of table ticket are put */
	struct tk_stemmer *stemmer; /* made when it is needed */
	bool fresh; /* it was empty and everything is put once */
	struct tk_index *words; /* of a fresh one: its full text, in a file of
				 * its own until it is complete */
	struct tk_words_list *gather; /* what is to be put there */
	/* At most so many acknowledgements since then, in this transaction. */
	struct tk_ack_bound {
		int64_t since, n;
	} acks[TK_ACK_BOUNDS];
	size_t n_acks;
	bool damaged; /* SQLite says so: taken away when it is closed */
};

/* What SQLite last said about this connection, behind "index PATH: ". */
enum tk_status tk_fail_sqlite(struct tk_err *err, struct tk_index *ix);

/*
 * The statement, ready to step, with a value for each letter of kinds: t is
 * const char * (NULL is bound as ""), i is int64_t.
 */
TK_MUST_CHECK enum tk_status tk_sql(struct tk_index *ix, sqlite3_stmt **out,
    struct tk_err *err, const char *sql, const char *kinds, ...);
/* The same and run to its end, where no row is asked for. */
TK_MUST_CHECK enum tk_status tk_sql_run(struct tk_index *ix,
    struct tk_err *err, const char *sql, const char *kinds, ...);

/* The statement of an SQL text that lives as long as the index; nothing is
 * bound. */
TK_MUST_CHECK enum tk_status tk_sql_find(struct tk_index *ix,
    sqlite3_stmt **out, const char *sql, struct tk_err *err);

/* One step. *row false: there is no further one and the statement is reset,
 * as it is on an error. */
TK_MUST_CHECK enum tk_status tk_sql_step(struct tk_index *ix,
    sqlite3_stmt *stmt, bool *row, struct tk_err *err);
/* Stop asking before the end. */
void tk_sql_stop(sqlite3_stmt *stmt);

/* Not from the cache, for SQL made at run time: sqlite3_finalize() it. */
TK_MUST_CHECK enum tk_status tk_sql_prepare(struct tk_index *ix,
    sqlite3_stmt **out, const char *sql, unsigned flags, struct tk_err *err);

/* The number in its first row, or 0. */
TK_MUST_CHECK enum tk_status tk_sql_number(struct tk_index *ix,
    sqlite3_stmt *stmt, int64_t *n, struct tk_err *err);
/*
 * Whether the rows, of so many columns each, are just those that want lists,
 * in any order. sql asks for those of a ticket. There is none in a fresh index.
 */
TK_MUST_CHECK enum tk_status tk_sql_same(struct tk_index *ix, bool *same,
    const struct tk_strv *want, size_t columns, struct tk_err *err,
    const char *sql, const char *ticket);
/* Ticket, message and hash of the letter in its first row, or TK_ENOENT. */
TK_MUST_CHECK enum tk_status tk_index_get_hit(struct tk_index *ix,
    sqlite3_stmt *stmt, struct tk_index_hit *hit, const char *message_id,
    struct tk_err *err);
/* A column; borrowed until the next step, never NULL. */
const char *tk_sql_text(sqlite3_stmt *stmt, int column);

/* The SQL of all tables, and of what look-ups go by; returns their version. */
int tk_index_schema(struct tk_str *out, struct tk_str *out_indexes);
TK_MUST_CHECK enum tk_status tk_index_exec(
    struct tk_index *ix, const char *sql, struct tk_err *err);

#endif
