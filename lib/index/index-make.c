/* index-make - the whole of an index at once, in a file beside it. */
#include "index/index.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "index/sql.h"

#define CHUNK 1048576   /* bytes read ahead at once */
#define COPY_PAGES 4096 /* pages copied in one step */
#define BELOW 5         /* levels: four segments make one of the next */
#define LEVELS_MAX 64   /* FTS5's */
#define COPY_TRIES 600  /* steps of 100 ms behind another writer */

/* No journal: a file that is not finished is thrown away. */
#define PRAGMAS                                               \
	"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" \
	"PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;"

static const char rows[] = PRAGMAS "PRAGMA cache_size = -32768; BEGIN";
/* Words are gathered in memory for longer than FTS5 does by itself, and then
 * written one after the other. */
static const char words[] = PRAGMAS
    "PRAGMA cache_size = -4096; BEGIN;"
    "INSERT INTO words(words, rank) VALUES('hashsize', 25165824)";

/* The full text comes in, as the tables that FTS5 has it in; nobody has asked
 * this connection for a word yet. */
static const char join[] =
    "BEGIN; DELETE FROM words_data; INSERT INTO words_data SELECT * FROM w.words_data;"
    "DELETE FROM words_idx; INSERT INTO words_idx SELECT * FROM w.words_idx;"
    "DELETE FROM words_docsize;"
    "INSERT INTO words_docsize SELECT * FROM w.words_docsize;"
    "COMMIT; DETACH w; BEGIN";

static enum tk_status
make(struct tk_index **out, char *path, const char *pragmas, struct tk_err *err)
{
	struct tk_index *ix = *out = tk_calloc(1, sizeof(*ix));
	struct tk_str tables = TK_STR_INIT, indexes = TK_STR_INIT;
	enum tk_status st = TK_OK;

	ix->path = path;
	ix->fresh = true;
	unlink(path);
	(void)tk_index_schema(&tables, &indexes);
	if (sqlite3_open_v2(path, &ix->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK)
		st = tk_fail_sqlite(err, ix);
	else if ((st = tk_index_exec(ix, tables.data, err)) == TK_OK)
		st = tk_index_exec(ix, pragmas, err);
	tk_str_clear(&tables);
	tk_str_clear(&indexes);
	return st;
}

enum tk_status
tk_index_make(struct tk_index **out, const char *path, struct tk_err *err)
{
	enum tk_status st = make(out, tk_strdup(path), rows, err);

	if (st == TK_OK)
		st = make(
		    &(*out)->words, tk_strf("%s.words", path), words, err);
	if (st != TK_OK) {
		tk_index_free(*out);
		*out = NULL;
	}
	return st;
}

/* Where the varint at p ends; NULL: not before end. */
static const unsigned char *
after_varint(const unsigned char *p, const unsigned char *end)
{
	while (p < end && (*p & 128))
		p++;
	return p < end ? p + 1 : NULL;
}

/*
 * FTS5 takes it that the segments of a level are of one size, and merges them
 * where there are sixteen. Those of a rebuild have thousands of pages, those
 * of an act one or two: some acts later one of them would write half a
 * gigabyte. So levels without segments are put below the large ones.
 * Structure record, in fts5_index.c of SQLite: 4 bytes, and in its second
 * version FF 00 00 01; varints of how many levels, segments and writes; then
 * for each level how many are being merged, how many there are, and they.
 */
static bool
lifted(struct tk_str *out, const unsigned char *p, size_t n)
{
	static const unsigned char second[] = { 255, 0, 0, 1 };
	const unsigned char *end = p + n, *levels, *at;

	if (n < 12)
		return false;
	levels = p + (memcmp(p + 4, second, 4) == 0 ? 8 : 4);
	if (*levels == 0 || *levels + BELOW >= LEVELS_MAX ||
	    (at = after_varint(levels + 1, end)) == NULL ||
	    (at = after_varint(at, end)) == NULL)
		return false;
	tk_str_add_data(out, p, (size_t)(levels - p));
	tk_str_add_char(out, (char)(*levels + BELOW));
	tk_str_add_data(out, levels + 1, (size_t)(at - levels) - 1);
	for (n = 0; n < 2 * BELOW; n++)
		tk_str_add_char(out, '\0');
	tk_str_add_data(out, at, (size_t)(end - at));
	return true;
}

static enum tk_status
lift_words(struct tk_index *ix, struct tk_err *err)
{
	struct tk_str record = TK_STR_INIT;
	sqlite3_stmt *stmt;
	bool row, good = false;
	enum tk_status st = tk_sql(ix, &stmt, err,
	    "SELECT block FROM words_data WHERE id = 10", "");

	if (st != TK_OK || (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK)
		return st;
	if (row) {
		good = lifted(&record, sqlite3_column_blob(stmt, 0),
		    (size_t)sqlite3_column_bytes(stmt, 0));
		tk_sql_stop(stmt);
	}
	if (good &&
	    (st = tk_sql_find(ix, &stmt,
		 "UPDATE words_data SET block = ? WHERE id = 10", err)) ==
		TK_OK) {
		sqlite3_bind_blob(stmt, 1, record.data, (int)record.len,
		    SQLITE_TRANSIENT);
		st = tk_sql_step(ix, stmt, &row, err);
	}
	tk_str_clear(&record);
	return st;
}

static enum tk_status
join_words(struct tk_index *ix, struct tk_err *err)
{
	char *path = tk_strdup(ix->words->path);
	enum tk_status st = tk_index_exec(ix->words, "COMMIT", err);

	tk_index_free(ix->words);
	ix->words = NULL;
	if (st == TK_OK && (st = tk_index_exec(ix, "COMMIT", err)) == TK_OK &&
	    (st = tk_sql_run(ix, err, "ATTACH ? AS w", "t", path)) == TK_OK)
		st = tk_index_exec(ix, join, err);
	if (st == TK_OK)
		st = lift_words(ix, err);
	unlink(path);
	free(path);
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
	if ((st = join_words(ix, err)) == TK_OK &&
	    (st = tk_index_exec(ix, "PRAGMA threads = 1", err)) == TK_OK &&
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
