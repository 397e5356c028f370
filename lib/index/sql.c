/* sql - statements, bound, stepped and kept. */
#include "index/sql.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "base/i18n.h"
#include "base/mem.h"

/* "disk I/O error" may be a full disk, too many files, a bad disk, and SQLite
 * does not always know: where it could not create a file it tries to read it,
 * and finds that it is not there. */
static enum tk_status
fail_why(struct tk_err *err, struct tk_index *ix, int last)
{
	const char *slash = strrchr(ix->path, '/');
	char *dir = slash != NULL
	    ? tk_strndup(ix->path, (size_t)(slash - ix->path))
	    : tk_strdup(".");
	int why = sqlite3_system_errno(ix->db);
	struct tk_err disk = TK_ERR_INIT;
	enum tk_status st;

	if ((why == 0 || why == ENOENT) &&
	    (last == ENOSPC || last == EDQUOT || last == EIO || last == EROFS ||
		last == EMFILE || last == ENFILE))
		why = last;
	if (why != 0 && why != ENOENT)
		st = tk_fail(err, TK_ESYS, _("index %s: %s: %s"), ix->path,
		    sqlite3_errmsg(ix->db), strerror(why));
	else if (tk_disk_try(dir, &disk) != TK_OK)
		st = tk_fail(err, TK_ESYS, _("index %s: %s: %s"), ix->path,
		    sqlite3_errmsg(ix->db), disk.text);
	else
		st = tk_fail(err, TK_ESYS, _("index %s: %s"), ix->path,
		    sqlite3_errmsg(ix->db));
	free(dir);
	return st;
}

enum tk_status
tk_fail_sqlite(struct tk_err *err, struct tk_index *ix)
{
	int last = errno;
	enum tk_status st;

	switch (sqlite3_errcode(ix->db) & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		st = TK_EBUSY;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		/* No fault of a letter or an act: the index is made anew. */
		ix->damaged = true;
		return tk_fail(err, TK_ESYS,
		    _("index %s: %s; the next command makes it anew"), ix->path,
		    sqlite3_errmsg(ix->db));
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_FULL:
	case SQLITE_READONLY:
		return fail_why(err, ix, last);
	default:
		st = TK_ESYS;
	}
	return tk_fail(
	    err, st, _("index %s: %s"), ix->path, sqlite3_errmsg(ix->db));
}

enum tk_status
tk_sql_prepare(struct tk_index *ix, sqlite3_stmt **out, const char *sql,
    unsigned flags, struct tk_err *err)
{
	int rc = sqlite3_prepare_v3(ix->db, sql, -1, flags, out, NULL);

	if (rc == SQLITE_OK)
		return TK_OK;
	if ((rc & 0xFF) != SQLITE_ERROR)
		return tk_fail_sqlite(err, ix);
	/* Our own SQL is right: a table is missing or another one. */
	ix->damaged = true;
	return tk_fail(err, TK_ESYS,
	    _("index %s: %s; the next command makes it anew"), ix->path,
	    sqlite3_errmsg(ix->db));
}

enum tk_status
tk_sql_find(struct tk_index *ix, sqlite3_stmt **out, const char *sql,
    struct tk_err *err)
{
	enum tk_status st;
	size_t i;

	for (i = 0; i < ix->n; i++)
		if (ix->cached[i].sql == sql) {
			*out = ix->cached[i].stmt;
			return TK_OK;
		}
	if ((st = tk_sql_prepare(
		 ix, out, sql, SQLITE_PREPARE_PERSISTENT, err)) != TK_OK)
		return st;
	TK_GROW(ix->cached, ix->n, ix->cap);
	ix->cached[ix->n].sql = sql;
	ix->cached[ix->n++].stmt = *out;
	return TK_OK;
}

static enum tk_status
bind(struct tk_index *ix, sqlite3_stmt **out, struct tk_err *err,
    const char *sql, const char *kinds, va_list ap)
{
	enum tk_status st;
	const char *text;
	int i, rc = SQLITE_OK;

	if ((st = tk_sql_find(ix, out, sql, err)) != TK_OK)
		return st;
	for (i = 1; kinds[i - 1] != '\0' && rc == SQLITE_OK; i++) {
		if (kinds[i - 1] == 'i') {
			rc = sqlite3_bind_int64(*out, i, va_arg(ap, int64_t));
			continue;
		}
		text = va_arg(ap, const char *);
		rc = sqlite3_bind_text(
		    *out, i, text != NULL ? text : "", -1, SQLITE_STATIC);
	}
	return rc == SQLITE_OK ? TK_OK : tk_fail_sqlite(err, ix);
}

enum tk_status
tk_sql(struct tk_index *ix, sqlite3_stmt **out, struct tk_err *err,
    const char *sql, const char *kinds, ...)
{
	enum tk_status st;
	va_list ap;

	va_start(ap, kinds);
	st = bind(ix, out, err, sql, kinds, ap);
	va_end(ap);
	return st;
}

enum tk_status
tk_sql_run(struct tk_index *ix, struct tk_err *err, const char *sql,
    const char *kinds, ...)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row = false;
	va_list ap;

	va_start(ap, kinds);
	st = bind(ix, &stmt, err, sql, kinds, ap);
	va_end(ap);
	if (st == TK_OK)
		st = tk_sql_step(ix, stmt, &row, err);
	if (row)
		tk_sql_stop(stmt);
	return st;
}

enum tk_status
tk_sql_step(
    struct tk_index *ix, sqlite3_stmt *stmt, bool *row, struct tk_err *err)
{
	int rc = sqlite3_step(stmt);
	enum tk_status st = TK_OK;

	*row = rc == SQLITE_ROW;
	if (*row)
		return TK_OK;
	if (rc != SQLITE_DONE)
		st = tk_fail_sqlite(err, ix);
	tk_sql_stop(stmt);
	return st;
}

void
tk_sql_stop(sqlite3_stmt *stmt)
{
	/* What a failed step said has been told; reset only says it again. */
	(void)sqlite3_reset(stmt);
}

const char *
tk_sql_text(sqlite3_stmt *stmt, int column)
{
	const void *text = sqlite3_column_text(stmt, column);

	return text != NULL ? text : "";
}

enum tk_status
tk_sql_number(
    struct tk_index *ix, sqlite3_stmt *stmt, int64_t *n, struct tk_err *err)
{
	enum tk_status st;
	bool row;

	*n = 0;
	if ((st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	*n = sqlite3_column_int64(stmt, 0);
	tk_sql_stop(stmt);
	return TK_OK;
}

static bool
is_listed(sqlite3_stmt *stmt, const struct tk_strv *want, size_t columns)
{
	size_t i, k;

	for (i = 0; i < want->n; i += columns) {
		for (k = 0; k < columns; k++)
			if (strcmp(tk_sql_text(stmt, (int)k),
				want->v[i + k]) != 0)
				break;
		if (k == columns)
			return true;
	}
	return false;
}

enum tk_status
tk_sql_same(struct tk_index *ix, bool *same, const struct tk_strv *want,
    size_t columns, struct tk_err *err, const char *sql, const char *ticket)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	size_t n = 0;
	bool row;

	*same = want->n == 0;
	if (ix->fresh)
		return TK_OK;
	*same = true;
	if ((st = tk_sql(ix, &stmt, err, sql, "t", ticket)) != TK_OK)
		return st;
	/* No row is there twice: so many that are listed are all of them. */
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		*same = *same && is_listed(stmt, want, columns);
		n += columns;
	}
	*same = *same && n == want->n;
	return st;
}
