/* index-client - whose an address is. */
#include "index/index-client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/index-home.h"
#include "index/sql.h"
#include "model/people.h"

/* Beside the schema: it is made when it is first asked for, and the version of
 * the other tables does not count it. A key is an address, "@" and a domain,
 * TK_CLIENT_TEL and nine digits of a number that follow each other, or BROKEN;
 * KNOWN changes with what there is. */
static const char table[] =
    "CREATE TABLE IF NOT EXISTS client_key(key TEXT COLLATE NOCASE, file TEXT,"
    "  PRIMARY KEY(key, file)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS client_key_file ON client_key(file);";

#define BROKEN "!"
#define KNOWN "'clients, numbers'"

bool
tk_index_is_inside(struct tk_index *ix)
{
	return !sqlite3_get_autocommit(ix->db);
}

enum tk_status
tk_index_clients_known(struct tk_index *ix, char hex[41], struct tk_err *err)
{
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row;

	hex[0] = '\0';
	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT value FROM meta WHERE key = " KNOWN, "")) !=
		TK_OK ||
	    (st = tk_sql_step(ix, stmt, &row, err)) != TK_OK || !row)
		return st;
	snprintf(hex, 41, "%s", tk_sql_text(stmt, 0));
	tk_sql_stop(stmt);
	return TK_OK;
}

enum tk_status
tk_index_clients_begin(struct tk_index *ix, bool anew, struct tk_err *err)
{
	enum tk_status st = tk_index_exec(ix, table, err);

	return st == TK_OK && anew
	    ? tk_index_exec(ix, "DELETE FROM client_key", err)
	    : st;
}

static enum tk_status
put_key(struct tk_index *ix, const char *sign, const char *key,
    const char *file, struct tk_err *err)
{
	char *whole = tk_strf("%s%s", sign, key);
	enum tk_status st = tk_sql_run(ix, err,
	    "INSERT OR IGNORE INTO client_key VALUES(?, ?)", "tt", whole, file);

	free(whole);
	return st;
}

static enum tk_status
put_phone(struct tk_index *ix, const char *phone, const char *file,
    struct tk_err *err)
{
	struct tk_str digits = TK_STR_INIT, nine = TK_STR_INIT;
	enum tk_status st = TK_OK;
	size_t i;

	for (; *phone != '\0'; phone++)
		if (*phone >= '0' && *phone <= '9')
			tk_str_add_char(&digits, *phone);
	for (i = 0; st == TK_OK && i + TK_CLIENT_DIGITS <= digits.len; i++) {
		tk_str_reset(&nine);
		tk_str_add_data(&nine, digits.data + i, TK_CLIENT_DIGITS);
		st = put_key(ix, TK_CLIENT_TEL, nine.data, file, err);
	}
	tk_str_clear(&nine);
	tk_str_clear(&digits);
	return st;
}

static enum tk_status
put_client(struct tk_index *ix, const struct tk_client *c, const char *file,
    struct tk_err *err)
{
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < c->domains.n; i++)
		st = put_key(ix, "@", c->domains.v[i], file, err);
	for (i = 0; i < c->n_contacts; i++)
		for (k = 0; st == TK_OK && k < c->contact[i].mail.n; k++)
			st =
			    put_key(ix, "", c->contact[i].mail.v[k], file, err);
	for (i = 0; i < c->n_contacts; i++)
		for (k = 0; st == TK_OK && k < c->contact[i].phone.n; k++)
			st = put_phone(
			    ix, c->contact[i].phone.v[k], file, err);
	return st;
}

enum tk_status
tk_index_put_client(struct tk_index *ix, const char *file, const char *data,
    size_t len, struct tk_err *err)
{
	struct tk_clients one = { 0 };
	struct tk_err bad = TK_ERR_INIT;
	enum tk_status st;

	st = tk_sql_run(
	    ix, err, "DELETE FROM client_key WHERE file = ?", "t", file);
	if (st != TK_OK || data == NULL)
		return st;
	if (tk_clients_add(&one, "", data, len, file, &bad) != TK_OK)
		st = put_key(ix, BROKEN, "", file, err);
	else
		st = put_client(ix, &one.v[0], file, err);
	tk_clients_clear(&one);
	return st;
}

enum tk_status
tk_index_clients_finish(
    struct tk_index *ix, const char *hex, struct tk_err *err)
{
	return tk_sql_run(ix, err,
	    "INSERT OR REPLACE INTO meta VALUES(" KNOWN ", ?)", "t", hex);
}

enum tk_status
tk_index_clients_commit(struct tk_index *ix, struct tk_err *err)
{
	return tk_home_commit(ix, err);
}

enum tk_status
tk_index_find_clients(struct tk_index *ix, struct tk_strv *files,
    const char *mail, struct tk_err *err)
{
	const char *at = strrchr(mail, '@');
	sqlite3_stmt *stmt;
	enum tk_status st;
	bool row, broken = false;

	if ((st = tk_sql(ix, &stmt, err,
		 "SELECT DISTINCT file, key = '" BROKEN "' FROM client_key"
		 " WHERE key IN (?, ?, '" BROKEN "') ORDER BY file",
		 "tt", mail, at != NULL ? at : mail)) != TK_OK)
		return st;
	while ((st = tk_sql_step(ix, stmt, &row, err)) == TK_OK && row) {
		tk_strv_add(files, tk_sql_text(stmt, 0));
		broken = broken || sqlite3_column_int(stmt, 1) != 0;
	}
	if (st == TK_OK && broken)
		st = tk_fail(err, TK_EINPUT, "a client that cannot be read");
	return st;
}
