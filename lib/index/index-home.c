/* index-home - the write-ahead log, brought home into the database file. */
#include "index/index-home.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "index/sql.h"

/* Pages in the log before it is brought home, and, between large transactions,
 * before everybody waits for that. */
#define PAGES 400
#define PAGES_MOST 40000
#define LARGE 200 /* pages of one transaction */

struct tk_home {
	pthread_t thread;
	char *path;
};

static int
note(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct tk_index *ix = arg;

	(void)db;
	(void)name;
	/* Fewer than there were: it was started anew. */
	ix->is_bulk =
	    pages - (pages < ix->wal_pages ? 0 : ix->wal_pages) > LARGE;
	ix->wal_pages = pages;
	return SQLITE_OK;
}

void
tk_home_watch(struct tk_index *ix)
{
	sqlite3_wal_hook(ix->db, note, ix);
}

static void *
work(void *arg)
{
	struct tk_home *h = arg;
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(h->path, &db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK &&
	    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) ==
		SQLITE_OK &&
	    /* A connection knows of the log once it has read. */
	    sqlite3_exec(db, "PRAGMA synchronous = NORMAL; PRAGMA user_version",
		NULL, NULL, NULL) == SQLITE_OK)
		(void)sqlite3_wal_checkpoint_v2(
		    db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	sqlite3_close(db);
	return NULL;
}

/* The log that was copied whole is started anew by who writes to it next, and
 * that must not be while it is copied: ours is the only transaction that may
 * write, and it keeps its pages until tk_home_end(). */
static bool
spill(struct tk_index *ix, bool may)
{
	return sqlite3_exec(ix->db,
		   may ? "PRAGMA cache_spill = ON" : "PRAGMA cache_spill = OFF",
		   NULL, NULL, NULL) == SQLITE_OK;
}

void
tk_home_begin(struct tk_index *ix)
{
	struct tk_home *h;

	/* What the thread had once is not given to it again. */
	if (!ix->is_bulk || ix->wal_pages < PAGES ||
	    ix->wal_pages == ix->home_pages || !spill(ix, false))
		return;
	h = tk_calloc(1, sizeof(*h));
	h->path = tk_strdup(ix->path);
	if (pthread_create(&h->thread, NULL, work, h) == 0) {
		ix->home = h;
		ix->home_pages = ix->wal_pages;
		return;
	}
	(void)spill(ix, true);
	free(h->path);
	free(h);
}

void
tk_home_end(struct tk_index *ix)
{
	if (ix->home == NULL)
		return;
	pthread_join(ix->home->thread, NULL);
	(void)spill(ix, true);
	free(ix->home->path);
	free(ix->home);
	ix->home = NULL;
}

/*
 * SQLite's own automatic checkpoint would leave the log in its place, to be
 * started anew by the next write of this process. Ours are short and have
 * none, so the log would grow and be copied again and again.
 */
static void
bring(struct tk_index *ix)
{
	sqlite3_busy_timeout(ix->db, 0); /* a reader is there: next time */
	(void)sqlite3_wal_checkpoint_v2(
	    ix->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(ix->db, TK_SQL_PATIENCE);
	ix->wal_pages = ix->home_pages = 0;
}

void
tk_home_bring(struct tk_index *ix)
{
	if (ix->wal_pages >= (ix->is_bulk ? PAGES_MOST : PAGES))
		bring(ix);
}

enum tk_status
tk_home_commit(struct tk_index *ix, struct tk_err *err)
{
	enum tk_status st;

	tk_home_end(ix);
	if ((st = tk_sql_run(ix, err, "COMMIT", "")) == TK_OK)
		tk_home_bring(ix);
	return st;
}

void
tk_home_clear(struct tk_index *ix)
{
	tk_home_end(ix);
	if (ix->is_bulk && ix->wal_pages >= PAGES)
		bring(ix);
}
