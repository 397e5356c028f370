/* index-make - the whole of an index at once, in a file beside it. */
#include "index/index.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/sql.h"

#define CHUNK 1048576   /* bytes read ahead at once */
#define COPY_PAGES 4096 /* pages copied in one step */
#define COPY_TRIES 600  /* steps of 100 ms behind another writer */

/* No journal: a file that is not finished is thrown away. Words are gathered
 * in memory for longer than FTS5 does by itself. */
static const char pragmas[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;"
    "PRAGMA cache_size = -49152; BEGIN";
#define WORDS_BYTES "33554432"
#define WORDS_DEFAULT "1048576"

enum tk_status
tk_index_make(struct tk_index **out, const char *path, struct tk_err *err)
{
	struct tk_index *ix = tk_calloc(1, sizeof(*ix));
	struct tk_str tables = TK_STR_INIT, indexes = TK_STR_INIT;
	enum tk_status st = TK_OK;

	*out = ix;
	ix->path = tk_strdup(path);
	ix->fresh = true;
	unlink(path);
	(void)tk_index_schema(&tables, &indexes);
	tk_str_add(&tables,
	    ";INSERT INTO words(words, rank) VALUES('hashsize', " WORDS_BYTES
	    ")");
	if (sqlite3_open_v2(path, &ix->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK)
		st = tk_fail_sqlite(err, ix);
	else if ((st = tk_index_exec(ix, pragmas, err)) == TK_OK)
		st = tk_index_exec(ix, tables.data, err);
	tk_str_clear(&tables);
	tk_str_clear(&indexes);
	if (st != TK_OK) {
		tk_index_free(ix);
		*out = NULL;
	}
	return st;
}

/*
 * Its tables have grown side by side: read one by one they are all over the
 * file, which is read faster from one end to the other. It has to be read: to
 * say that it will be needed fetches no more than the beginning.
 */
static void
read_ahead(const struct tk_index *ix)
{
	char *data = tk_calloc(1, CHUNK);
	int fd = open(ix->path, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && read(fd, data, CHUNK) > 0)
		;
	if (fd >= 0)
		close(fd);
	free(data);
}

enum tk_status
tk_index_complete(struct tk_index *ix, const char *head, struct tk_err *err)
{
	struct tk_str tables = TK_STR_INIT, indexes = TK_STR_INIT;
	enum tk_status st;

	/* The threads that have read are done: one of them may sort. */
	(void)tk_index_schema(&tables, &indexes);
	read_ahead(ix);
	if ((st = tk_index_exec(ix,
		 "PRAGMA threads = 1; INSERT INTO words(words, rank)"
		 " VALUES('hashsize', " WORDS_DEFAULT ")",
		 err)) == TK_OK &&
	    (st = tk_index_exec(ix, indexes.data, err)) == TK_OK &&
	    (st = tk_sql_run(ix, err,
		 "INSERT OR REPLACE INTO meta VALUES('head', ?)", "t", head)) ==
		TK_OK)
		st = tk_index_exec(ix, "COMMIT", err);
	tk_str_clear(&tables);
	tk_str_clear(&indexes);
	return st;
}

/* Others see the old one up to the last page, and the new one then. */
enum tk_status
tk_index_copy(struct tk_index *to, struct tk_index *from, struct tk_err *err)
{
	sqlite3_backup *copy =
	    sqlite3_backup_init(to->db, "main", from->db, "main");
	int rc = SQLITE_OK, tries = 0;

	if (copy == NULL)
		return tk_fail_sqlite(err, to);
	while (tries < COPY_TRIES) {
		rc = sqlite3_backup_step(copy, COPY_PAGES);
		if (rc == SQLITE_OK)
			continue;
		if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED)
			break;
		sqlite3_sleep(100);
		tries++;
	}
	if (sqlite3_backup_finish(copy) != SQLITE_OK || rc != SQLITE_DONE)
		return tk_fail_sqlite(err, to);
	(void)sqlite3_wal_checkpoint_v2(
	    to->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return TK_OK;
}
