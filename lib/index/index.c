/* index - the database: opened, made, moved from commit to commit. */
#include "index/index.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/stem.h"
#include "index/head-row.h"
#include "index/index-fact.h"
#include "index/index-home.h"
#include "index/sql.h"

enum tk_status
tk_index_exec(struct tk_index *ix, const char *sql, struct tk_err *err)
{
	if (sqlite3_exec(ix->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return tk_fail_sqlite(err, ix);
	return TK_OK;
}

/* A number that a statement answers. */
static enum tk_status
number(struct tk_index *ix, int64_t *n, const char *sql, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	*n = 0;
	if ((st = tk_sql(ix, &stmt, err, sql, "")) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	*n = sqlite3_column_int64(stmt, 0);
	tk_sql_stop(stmt);
	return TK_OK;
}

/* The change to WAL needs the file for itself for a moment, and SQLite does
 * not always wait for that. */
static enum tk_status
set_wal(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st;
	int tries = TK_SQL_PATIENCE / 10;

	do {
		st = tk_index_exec(ix, "PRAGMA journal_mode = WAL", err);
		if (st == TK_EBUSY)
			sqlite3_sleep(10);
	} while (st == TK_EBUSY && --tries > 0);
	return st;
}

static enum tk_status
make_tables(struct tk_index *ix, const char *tables, const char *indexes,
    struct tk_err *err)
{
	enum tk_status st;
	int64_t version = 0, found = 0;

	if ((st = tk_index_exec(ix, "BEGIN IMMEDIATE", err)) != TK_OK)
		return st;
	/* Somebody may have been faster. */
	st = number(ix, &version, "PRAGMA user_version", err);
	if (st == TK_OK && version == 0) {
		st = number(
		    ix, &found, "SELECT count(*) FROM sqlite_master", err);
		if (st == TK_OK && found > 0)
			st = tk_fail(err, TK_EINPUT,
			    _("index %s is not one of ours"), ix->path);
		if (st == TK_OK)
			st = tk_index_exec(ix, tables, err);
		if (st == TK_OK)
			st = tk_index_exec(ix, indexes, err);
	}
	if (st == TK_OK)
		st = tk_index_exec(ix, "COMMIT", err);
	if (st != TK_OK)
		tk_index_abort(ix);
	return st;
}

static enum tk_status
check_tables(struct tk_index *ix, struct tk_err *err)
{
	struct tk_str tables = TK_STR_INIT, indexes = TK_STR_INIT;
	enum tk_status st;
	int64_t version;
	int want = tk_index_schema(&tables, &indexes);

	st = number(ix, &version, "PRAGMA user_version", err);
	if (st == TK_OK && version == 0 &&
	    (st = make_tables(ix, tables.data, indexes.data, err)) == TK_OK)
		st = number(ix, &version, "PRAGMA user_version", err);
	if (st == TK_OK && version != want)
		st = tk_fail(err, TK_EINPUT,
		    _("index %s is of version %lld, not %d"), ix->path,
		    (long long)version, want);
	tk_str_clear(&tables);
	tk_str_clear(&indexes);
	return st;
}

static enum tk_status
set_up(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st;

	sqlite3_busy_timeout(ix->db, TK_SQL_PATIENCE);
	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	tk_home_watch(ix);
	if ((st = set_wal(ix, err)) != TK_OK ||
	    (st = tk_index_exec(ix,
		 "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;"
		 /* what replaces a row has deleted it, for triggers too */
		 "PRAGMA cache_size = -32768; PRAGMA recursive_triggers = ON",
		 err)) != TK_OK)
		return st;
	return check_tables(ix, err);
}

/*
 * SQLite would make it for the owner only to write; a shared desk's umask
 * shall decide. Only where it is new: closing a file drops this process's
 * locks on it, another connection's too.
 */
static void
make_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);

	if (fd >= 0)
		close(fd);
}

enum tk_status
tk_index_open(struct tk_index **out, const char *path, struct tk_err *err)
{
	struct tk_index *ix = tk_calloc(1, sizeof(*ix));
	enum tk_status st;

	*out = NULL;
	ix->path = tk_strdup(path);
	make_file(path);
	if (sqlite3_open_v2(path, &ix->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK)
		st = tk_fail_sqlite(err, ix);
	else
		st = set_up(ix, err);
	if (st == TK_OK) {
		*out = ix;
		return TK_OK;
	}
	if (ix->damaged)
		st = err->status = TK_EINPUT;
	tk_index_free(ix);
	return st;
}

bool
tk_index_is_damaged(const struct tk_index *ix)
{
	return ix != NULL && ix->damaged;
}

/* Nothing is lost: all of it is in git. Who has it open goes on with it. */
static void
drop_files(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	size_t i;
	char *name;

	for (i = 0; i < TK_COUNT(ends); i++) {
		name = tk_strf("%s%s", path, ends[i]);
		unlink(name);
		free(name);
	}
}

void
tk_index_free(struct tk_index *ix)
{
	size_t i;

	if (ix == NULL)
		return;
	if (ix->words != NULL)
		unlink(ix->words->path);
	tk_index_free(ix->words);
	for (i = 0; i < ix->n; i++)
		sqlite3_finalize(ix->cached[i].stmt);
	tk_home_clear(ix);
	sqlite3_close(ix->db);
	if (ix->damaged && ix->path != NULL)
		drop_files(ix->path);
	free(ix->cached);
	tk_head_sql_free(ix->head);
	tk_stemmer_free(ix->stemmer);
	free(ix->path);
	free(ix);
}

enum tk_status
tk_index_head(struct tk_index *ix, char head[41], struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	head[0] = '\0';
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT value FROM meta WHERE key = 'head'", "")) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	snprintf(head, 41, "%s", tk_sql_text(stmt, 0));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_begin(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st = tk_sql_run(ix, err, "BEGIN IMMEDIATE", "");

	ix->n_acks = 0;
	if (st == TK_OK)
		tk_home_begin(ix);
	return st;
}

enum tk_status
tk_index_finish(struct tk_index *ix, const char *head, struct tk_err *err)
{
	enum tk_status st;

	if ((st = tk_sql_run(ix, err,
		 "INSERT OR REPLACE INTO meta VALUES('head', ?)", "t", head)) !=
		TK_OK ||
	    (st = tk_home_commit(ix, err)) != TK_OK)
		tk_index_abort(ix);
	ix->n_acks = 0;
	return st;
}

void
tk_index_abort(struct tk_index *ix)
{
	struct tk_err ignored = TK_ERR_INIT;

	if (ix == NULL)
		return;
	tk_home_end(ix);
	ix->n_acks = 0;
	if (!sqlite3_get_autocommit(ix->db) &&
	    tk_index_exec(ix, "ROLLBACK", &ignored) != TK_OK)
		return;
}

enum tk_status
tk_index_wipe(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st = tk_index_exec(ix, tk_fact_wipe, err);

	if (st == TK_OK)
		st = tk_index_exec(ix, "DELETE FROM mark; DELETE FROM dead;"
					  "DELETE FROM archived;"
					  "DELETE FROM archived_letter",
		    err);

	if (st != TK_OK)
		return st;
	return tk_index_exec(ix,
	    "DELETE FROM meta; DELETE FROM watch; DELETE FROM ticket;"
	    "DELETE FROM entry;"
	    "DELETE FROM message; DELETE FROM msgid; DELETE FROM participant;"
	    "DELETE FROM ack; DELETE FROM sent; DELETE FROM charset;"
	    "DELETE FROM work; DELETE FROM many; DELETE FROM doc; DELETE FROM page;"
	    "INSERT INTO words(words) VALUES('delete-all')",
	    err);
}

/* In one statement, so that all is of one moment. */
enum tk_status
tk_index_counts(
    struct tk_index *ix, struct tk_index_counts *c, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	*c = (struct tk_index_counts){ .head = "" };
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT (SELECT count(*) FROM ticket),"
		 " (SELECT count(*) FROM message),"
		 " (SELECT count(*) FROM entry),"
		 " (SELECT value FROM meta WHERE key = 'head')",
		 "")) != TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	c->tickets = sqlite3_column_int64(stmt, 0);
	c->messages = sqlite3_column_int64(stmt, 1);
	c->entries = sqlite3_column_int64(stmt, 2);
	snprintf(c->head, sizeof(c->head), "%s", tk_sql_text(stmt, 3));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_check(struct tk_index *ix, struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row, bad = false;

	if ((st = tk_sql(ix, &stmt, err, "PRAGMA integrity_check(10)", "")) !=
	    TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		if (strcmp(tk_sql_text(stmt, 0), "ok") == 0)
			continue;
		if (!bad)
			tk_fail(
			    err, TK_EINPUT, _("index %s is damaged"), ix->path);
		tk_err_add_line(err, "%s", tk_sql_text(stmt, 0));
		bad = true;
	}
	return st == TK_OK && bad ? TK_EINPUT : st;
}
