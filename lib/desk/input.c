/* input - what people hand to a command. */
#include "desk/input.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ambient.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/main.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/utf8.h"
#include "desk/overview.h"
#include "desk/ticket.h"

#define TEXT_MAX (1024 * 1024)          /* bytes, as the message view */
#define IDS_MAX ((size_t)64 * 1024 * 1024) /* bytes of standard input */
#define SCISSORS "# ------------------------ >8 ------------------------"

static enum tk_status
read_ids(struct tk_strv *ids, struct tk_desk *desk, struct tk_err *err)
{
	struct tk_str in = TK_STR_INIT, id = TK_STR_INIT;
	enum tk_status st = tk_str_read(&in, STDIN_FILENO, IDS_MAX, err);
	char *line, *rest = in.data, *word;
	size_t n = 0;

	while (st == TK_OK && (line = strsep(&rest, "\n")) != NULL) {
		n++;
		line += strspn(line, " \t\r");
		word = strsep(&line, " \t\r");
		if (word == NULL || word[0] == '\0')
			continue;
		tk_str_reset(&id);
		st = tk_desk_id(&id, desk, word, err);
		if (st == TK_OK)
			tk_strv_add(ids, id.data);
		else
			st = tk_wrap(
			    err, st, _("standard input, line %zu"), n);
	}
	tk_str_clear(&id);
	tk_str_clear(&in);
	return st;
}

static enum tk_status
find_ids(struct tk_strv *ids, struct tk_desk *desk, struct tk_err *err)
{
	const struct tk_ask ask = { .query = tk_main_query(),
		.fallback = "is:open",
		.order = "sort:id" };
	struct tk_rows rows = { NULL, 0, 0 };
	enum tk_status st = tk_overview_ask(desk, &rows, &ask, err);
	size_t i;

	for (i = 0; i < rows.n; i++)
		tk_strv_add(ids, rows.v[i].id);
	if (st == TK_OK && rows.n == 0)
		st = tk_fail(err, TK_ENOENT, _("nothing found"));
	tk_rows_clear(&rows);
	return st;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Each once, where it was first; there may be a million. */
static void
drop_repeated(struct tk_strv *ids)
{
	struct tk_strv sorted = TK_STRV_INIT, once = TK_STRV_INIT;
	char **at;
	bool *seen = tk_calloc(ids->n + 1, sizeof(*seen));
	size_t i, n = 0;

	tk_strv_copy(&sorted, ids);
	tk_strv_sort(&sorted);
	for (i = 0; i < ids->n; i++)
		if (n > 0 && strcmp(sorted.v[n - 1], sorted.v[i]) == 0)
			free(sorted.v[i]);
		else
			sorted.v[n++] = sorted.v[i];
	sorted.n = n;
	if (n == ids->n)
		goto out;
	for (i = 0; i < ids->n; i++) {
		at = bsearch(&ids->v[i], sorted.v, sorted.n, sizeof(*sorted.v),
		    by_name);
		if (!seen[at - sorted.v])
			tk_strv_add(&once, ids->v[i]);
		seen[at - sorted.v] = true;
	}
	tk_strv_clear(ids);
	*ids = once;
out:
	tk_strv_clear(&sorted);
	free(seen);
}

enum tk_status
tk_input_ids(struct tk_strv *ids, struct tk_strv *words,
    struct tk_desk *desk, int argc, char **argv, struct tk_err *err)
{
	struct tk_str id = TK_STR_INIT;
	enum tk_status st = TK_OK;
	bool any = false;
	int i;

	for (i = 0; st == TK_OK && i < argc; i++) {
		if (!tk_desk_is_id(desk, argv[i])) {
			if (words == NULL)
				st = tk_fail(err, TK_EUSAGE,
				    _("\"%s\" is not a ticket id like %s-42"),
				    argv[i], desk->prefix);
			else
				tk_strv_add(words, argv[i]);
			continue;
		}
		any = true;
		tk_str_reset(&id);
		if ((st = tk_desk_id(&id, desk, argv[i], err)) == TK_OK)
			tk_strv_add(ids, id.data);
	}
	if (st == TK_OK && tk_main_query() != NULL)
		st = any ? tk_fail(err, TK_EUSAGE,
				 _("either --query or ids, not both"))
			   : find_ids(ids, desk, err);
	else if (st == TK_OK && !any) {
		if (isatty(STDIN_FILENO))
			st = tk_fail(err, TK_EUSAGE, _("which ticket?"));
		else if ((st = read_ids(ids, desk, err)) == TK_OK &&
		    ids->n == 0)
			/* tk list has found none and said so. */
			st = tk_fail(err, TK_ENOENT, _("nothing found"));
	}
	drop_repeated(ids);
	tk_str_clear(&id);
	return st;
}

bool
tk_input_is_interactive(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static char *
editor(const struct tk_desk *desk)
{
	const char *e = getenv("VISUAL");
	char *configured;

	if (e == NULL || e[0] == '\0')
		e = getenv("EDITOR");
	if (e != NULL && e[0] != '\0')
		return tk_strf("%s", e);
	configured = tk_store_config(desk->store, "core.editor");
	return configured != NULL ? configured : tk_strf("vi");
}

static enum tk_status
run_editor(const struct tk_desk *desk, const char *path, struct tk_err *err)
{
	struct tk_strv words = TK_STRV_INIT;
	char *line = editor(desk);
	enum tk_status st = tk_proc_words(&words, line, err);
	int code = 0;

	if (st == TK_OK) {
		tk_strv_add(&words, path);
		st = tk_proc_run(&code,
		    &(struct tk_proc){
			.argv = (const char *const *)words.v },
		    err);
	}
	if (st == TK_OK && code != 0)
		st = tk_fail(err, TK_EREFUSED,
		    _("%s ended with status %d; nothing was done"), line, code);
	tk_strv_clear(&words);
	free(line);
	return st;
}

static enum tk_status
edit(struct tk_str *out, const struct tk_desk *desk, const char *initial,
    const char *hint, struct tk_err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *path = tk_strf("%s/tk-XXXXXX", tmp != NULL ? tmp : "/tmp"), *cut;
	struct tk_str text = TK_STR_INIT;
	struct tk_err late = TK_ERR_INIT;
	enum tk_status st = TK_OK;
	int fd = mkstemp(path);

	if (fd < 0) {
		st = tk_fail_errno(err, "%s", path);
		free(path);
		return st;
	}
	close(fd);
	tk_str_addf(&text, "%s\n" SCISSORS "\n%s\n",
	    initial != NULL ? initial : "", hint != NULL ? hint : "");
	st = tk_file_write(path, text.data, text.len, 0600, err);
	if (st == TK_OK && (st = run_editor(desk, path, err)) != TK_OK) {
		/* What was typed before it failed is for the caller to keep. */
		if (tk_file_read(out, path, TEXT_MAX, &late) != TK_OK ||
		    tk_streq(out->data, text.data))
			tk_str_reset(out);
	} else if (st == TK_OK) {
		st = tk_file_read(out, path, TEXT_MAX, err);
	}
	cut = strstr(out->data, SCISSORS);
	if (cut != NULL)
		tk_str_cut(out, (size_t)(cut - out->data));
	unlink(path);
	free(path);
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_input_text(struct tk_str *out, struct tk_desk *desk, const char *given,
    const char *initial, const char *hint, struct tk_err *err)
{
	enum tk_status st = TK_OK;

	if (given != NULL)
		tk_str_add(out, given);
	else if (isatty(STDIN_FILENO))
		st = edit(out, desk, initial, hint, err);
	else
		st = tk_str_read(out, STDIN_FILENO, TEXT_MAX, err);
	if (st != TK_OK)
		return st;
	if (strlen(out->data) != out->len ||
	    !tk_utf8_valid(out->data, out->len))
		return tk_fail(err, TK_EINPUT, _("the text is not UTF-8"));
	tk_str_trim(out);
	if (out->len == 0)
		return tk_fail(err, TK_EINPUT,
		    _("the text is empty; nothing was done"));
	tk_str_add_char(out, '\n');
	return TK_OK;
}

void
tk_input_keep(struct tk_desk *desk, const char *id,
    const struct tk_str *text, struct tk_err *err)
{
	char *dir = tk_store_path(desk->store, "drafts");
	char *unique = tk_unique_name();
	char *path = tk_strf("%s/%s.%s", dir, id, unique);
	struct tk_err late = TK_ERR_INIT;

	if (tk_mkdirs(dir, 0777, &late) == TK_OK &&
	    tk_file_write(path, text->data, text->len, 0600, &late) ==
		TK_OK) {
		tk_err_add_line(err, _("your text is kept in %s"), path);
		tk_err_add_line(
		    err, _("to go on: tk reply %s <%s"), id, path);
	} else {
		tk_err_add_line(
		    err, _("your text could not be kept: %s"), late.text);
	}
	free(path);
	free(unique);
	free(dir);
}
