/* export-git - the history of what is handed over, and of nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "report/export.h"
#include "store/history.h"

#define BUNDLE_MAX ((size_t)2000 * 1024 * 1024) /* bytes */
#define RECORD '\x1e' /* between two commits of git log */

static enum tk_status
git(struct tk_str *out, const struct tk_str *in, const char *dir,
    const struct tk_strv *words, struct tk_err *err)
{
	struct tk_strv argv = TK_STRV_INIT;
	struct tk_str said = TK_STR_INIT, none = TK_STR_INIT;
	struct tk_proc proc = { .in = in != NULL ? in->data : "",
		.in_len = in != NULL ? in->len : 0,
		.out = out != NULL ? out : &none,
		.errors = &said };
	enum tk_status st;
	int code = 0;

	tk_strv_add(&argv, "git");
	tk_strv_add(&argv, "--literal-pathspecs");
	tk_strv_add_own(&argv, tk_strf("--git-dir=%s", dir));
	tk_strv_copy(&argv, words);
	proc.argv = (const char *const *)argv.v;
	st = tk_proc_run(&code, &proc, err);
	if (st == TK_OK && code != 0) {
		tk_str_trim(&said);
		st =
		    tk_fail(err, TK_ESYS, "git %s: %s", words->v[0], said.data);
	}
	tk_strv_clear(&argv);
	tk_str_clear(&said);
	tk_str_clear(&none);
	return st;
}

static bool
is_foreign(const struct tk_export *e, const char *line, size_t len)
{
	static const char key[] = "Ticket: ";
	char *id;
	bool is;

	if (strncmp(line, key, strlen(key)) != 0)
		return false;
	id = tk_strndup(line + strlen(key), len - strlen(key));
	is = !tk_strv_has(e->ids, id);
	free(id);
	return is;
}

/* A commit of many tickets ("sent: 3 letters") names them one after the
 * other, each with the lines that follow it: ours stay. */
static void
add_own_lines(
    struct tk_str *out, const struct tk_export *e, const char *text, size_t len)
{
	const char *p = text, *end = text + len, *nl;
	bool foreign = false, body = true;
	size_t n;

	for (; p < end; p += n) {
		nl = memchr(p, '\n', (size_t)(end - p));
		n = nl != NULL ? (size_t)(nl - p) + 1 : (size_t)(end - p);
		if (strncmp(p, "Ticket: ", 8) == 0) {
			foreign = is_foreign(e, p, n - (nl != NULL));
			body = false;
		} else if (!body && strncmp(p, "Act: ", 5) != 0 &&
		    strncmp(p, "Message: ", 9) != 0) {
			foreign = false;
		}
		if (!foreign)
			tk_str_add_data(out, p, n);
	}
}

/*
 * The stream of git fast-export with each commit's message cut to our lines.
 * "data N" and N bytes follow "blob" or a commit's head.
 */
static void
cut_stream(
    struct tk_str *out, const struct tk_export *e, const struct tk_str *in)
{
	struct tk_str text = TK_STR_INIT;
	const char *p = in->data, *end = in->data + in->len, *nl;
	bool commit = false;
	size_t n, len;

	while (p < end) {
		nl = memchr(p, '\n', (size_t)(end - p));
		n = nl != NULL ? (size_t)(nl - p) + 1 : (size_t)(end - p);
		if (tk_starts(p, "commit "))
			commit = true;
		else if (tk_starts(p, "blob\n"))
			commit = false;
		if (!tk_starts(p, "data ")) {
			tk_str_add_data(out, p, n);
			p += n;
			continue;
		}
		len = strtoul(p + 5, NULL, 10);
		p += n;
		if (len > (size_t)(end - p))
			len = (size_t)(end - p);
		tk_str_reset(&text);
		if (commit)
			add_own_lines(&text, e, p, len);
		else
			tk_str_add_data(&text, p, len);
		tk_str_addf(out, "data %zu\n", text.len);
		tk_str_add_data(out, text.data, text.len);
		p += len;
	}
	tk_str_clear(&text);
}

/* A folder that only we can read, gone afterwards. */
static enum tk_status
make_folder(char **out, struct tk_err *err)
{
	const char *tmp = getenv("TMPDIR");

	*out = tk_strf(
	    "%s/tk-export.XXXXXX", tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	if (mkdtemp(*out) == NULL) {
		(void)tk_fail_errno(err, "%s", *out);
		free(*out);
		*out = NULL;
		return TK_ESYS;
	}
	return TK_OK;
}

static enum tk_status
make_bundle(struct tk_str *bundle, const char *folder,
    const struct tk_str *stream, struct tk_err *err)
{
	static const char *const init[] = { "init", "-q", "--bare" };
	static const char *const import[] = { "fast-import", "--quiet" };
	char *repo = tk_strf("%s/repo", folder);
	char *file = tk_strf("%s/history.bundle", folder);
	const char *const pack[] = { "bundle", "create", "-q", file, "--all" };
	const struct {
		const char *const *word;
		size_t n;
		const struct tk_str *in;
	} steps[] = { { init, TK_COUNT(init), NULL },
		{ import, TK_COUNT(import), stream },
		{ pack, TK_COUNT(pack), NULL } };
	struct tk_strv words = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t i, k;

	for (i = 0; st == TK_OK && i < TK_COUNT(steps); i++) {
		for (k = 0; k < steps[i].n; k++)
			tk_strv_add(&words, steps[i].word[k]);
		st = git(NULL, steps[i].in, repo, &words, err);
		tk_strv_clear(&words);
	}
	if (st == TK_OK)
		st = tk_file_read(bundle, file, BUNDLE_MAX, err);
	free(repo);
	free(file);
	return st;
}

enum tk_status
tk_export_bundle(struct tk_str *bundle, const struct tk_export *e,
    const struct tk_strv *paths, struct tk_err *err)
{
	struct tk_str whole = TK_STR_INIT, own = TK_STR_INIT;
	struct tk_strv words = TK_STRV_INIT;
	char *folder = NULL;
	enum tk_status st;

	tk_strv_add(&words, "fast-export");
	tk_strv_add(&words, "--reencode=no");
	tk_strv_add(&words, tk_store_branch(e->desk->store));
	/* git 2.39 takes the first for the end of its options; to one that
	 * does not, the second is a path that is nowhere. */
	tk_strv_add(&words, "--");
	tk_strv_add(&words, "--");
	tk_strv_copy(&words, paths);
	st = git(&whole, NULL, tk_store_gitdir(e->desk->store), &words, err);
	if (st == TK_OK) {
		cut_stream(&own, e, &whole);
		tk_str_clear(&whole);
		st = make_folder(&folder, err);
	}
	if (st == TK_OK)
		st = make_bundle(bundle, folder, &own, err);
	if (folder != NULL)
		tk_remove_tree(folder);
	free(folder);
	tk_strv_clear(&words);
	tk_str_clear(&whole);
	tk_str_clear(&own);
	return st;
}

enum tk_status
tk_export_history(struct tk_str *history, const struct tk_export *e,
    const struct tk_strv *paths, struct tk_err *err)
{
	static const char *const log[] = { "log", "--reverse", "--no-color",
		"--date=iso-strict", "--no-show-signature", "--no-notes" };
	/* The tickets, then what is read. */
	static const char names_of[] =
	    "%x1e%(trailers:key=Ticket,valueonly,separator=%x20)%x1e";
	static const char text_of[] =
	    "commit %H%nAuthor: %an <%ae>%nDate:   %ad%n%n%B";
	struct tk_str all = TK_STR_INIT, one = TK_STR_INIT;
	struct tk_strv words = TK_STRV_INIT;
	const char *p, *names, *body, *end;
	enum tk_status st;
	size_t i, n;
	char *list, *id;

	for (i = 0; i < TK_COUNT(log); i++)
		tk_strv_add(&words, log[i]);
	tk_strv_add_own(&words, tk_strf("--format=%s%s", names_of, text_of));
	tk_strv_add(&words, tk_store_head(e->desk->store));
	tk_strv_add(&words, "--");
	tk_strv_copy(&words, paths);
	st = git(&all, NULL, tk_store_gitdir(e->desk->store), &words, err);
	for (p = all.data; st == TK_OK && *p == RECORD; p = end) {
		names = p + 1;
		body = strchr(names, RECORD);
		if (body == NULL)
			break;
		end = strchr(body + 1, RECORD);
		if (end == NULL)
			end = body + strlen(body);
		n = (size_t)(body - names);
		list = tk_strndup(names, n);
		tk_str_reset(&one);
		add_own_lines(&one, e, body + 1, (size_t)(end - body - 1));
		for (i = 0; i < e->ids->n; i++) {
			id = strstr(list, e->ids->v[i]);
			n = strlen(e->ids->v[i]);
			if (id != NULL && (id == list || id[-1] == ' ') &&
			    (id[n] == '\0' || id[n] == ' '))
				tk_str_add_data(&history[i], one.data, one.len);
		}
		free(list);
	}
	tk_strv_clear(&words);
	tk_str_clear(&all);
	tk_str_clear(&one);
	return st;
}
