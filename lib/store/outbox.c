/* outbox - letters on their way out, beside the desk. */
#include "store/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "store/maildir.h"

#define LETTER_MAX ((size_t)256 * 1024 * 1024) /* bytes */
#define TRY_MAX 8192                           /* bytes */

static char *
path_of(const char *dir, const char *sub, const char *name, const char *end)
{
	return tk_strf("%s/%s/%s%s", dir, sub, name, end);
}

static bool
is_in(const char *dir, const char *sub, const char *name)
{
	char *path = path_of(dir, sub, name, "");
	bool is = tk_file_exists(path);

	free(path);
	return is;
}

bool
tk_outbox_is_waiting(const char *dir, const char *name)
{
	return is_in(dir, "new", name);
}

bool
tk_outbox_is_taken(const char *dir, const char *name)
{
	return is_in(dir, "cur", name);
}

enum tk_status
tk_outbox_add(const char *dir, const char *name, const void *data, size_t len,
    struct tk_err *err)
{
	char *tmp, *to;
	enum tk_status st;

	if ((st = tk_maildir_init(dir, err)) != TK_OK)
		return st;
	if (tk_outbox_is_waiting(dir, name) || tk_outbox_is_taken(dir, name))
		return TK_OK;
	tmp = path_of(dir, "tmp", name, "");
	to = path_of(dir, "new", name, "");
	/* A copy of what is committed, and it is that which is sent: nothing
	 * is lost with it. */
	st = tk_file_write_lightly(tmp, data, len, 0600, err);
	if (st == TK_OK && rename(tmp, to) < 0)
		st = tk_fail_errno(err, "%s", to);
	free(tmp);
	free(to);
	return st;
}

enum tk_status
tk_outbox_read(const char *dir, const char *name, struct tk_str *data,
    struct tk_err *err)
{
	char *path = path_of(dir, "new", name, "");
	enum tk_status st = tk_file_read(data, path, LETTER_MAX, err);

	free(path);
	return st;
}

enum tk_status
tk_outbox_taken(const char *dir, const char *name, struct tk_err *err)
{
	char *from = path_of(dir, "new", name, "");
	char *to = path_of(dir, "cur", name, "");
	enum tk_status st = tk_file_move(from, to, err);

	free(from);
	free(to);
	return st;
}

void
tk_outbox_forget(const char *dir, const char *name)
{
	/* The letter last: what is left of it is found by its name. */
	static const char *const where[][2] = { { "tmp", ".try" },
		{ "new", "" }, { "cur", "" } };
	size_t i;
	char *path;

	for (i = 0; i < 3; i++) {
		path = path_of(dir, where[i][0], name, where[i][1]);
		unlink(path);
		free(path);
	}
}

/* TRIES NEXT, then the reason on the second line. */
enum tk_status
tk_outbox_last_try(const char *dir, const char *name, struct tk_outbox_try *t,
    struct tk_err *err)
{
	char *path = path_of(dir, "tmp", name, ".try"), *end;
	struct tk_str text = TK_STR_INIT;
	enum tk_status st;
	const char *line;

	memset(t, 0, sizeof(*t));
	st = tk_file_read(&text, path, TRY_MAX, err);
	free(path);
	if (st == TK_OK) {
		t->tries = (int)strtol(text.data, &end, 10);
		t->next = strtoll(end, NULL, 10);
		line = strchr(text.data, '\n');
		if (line != NULL)
			t->reason = tk_strf("%s", line + 1);
	}
	tk_str_clear(&text);
	return st == TK_ENOENT ? TK_OK : st;
}

enum tk_status
tk_outbox_set_try(const char *dir, const char *name,
    const struct tk_outbox_try *t, struct tk_err *err)
{
	char *path = path_of(dir, "tmp", name, ".try");
	char *text = tk_strf("%d %lld\n%.4000s", t->tries, (long long)t->next,
	    t->reason != NULL ? t->reason : "");
	enum tk_status st = tk_file_write(path, text, strlen(text), 0600, err);

	free(path);
	free(text);
	return st;
}
