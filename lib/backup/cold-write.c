/*
 * cold-write - the repository of an archive.
 *
 * What git has in the desk is copied as it is, packed by git itself; commits
 * are made by git fast-import, beside the branch. Only when all of it has been
 * read back and is durable does the branch move.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backup/cold-parts.h"
#include "base/ambient.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/id.h"


struct writing {
	struct tk_cold_write *w;
	struct tk_desk *desk;
	char *path;
};

/* What lies at the top of the desk, beside its tickets and records of
 * archives: "MODE KIND ID\tNAME". */
static enum tk_status
list_top(const struct writing *m, struct tk_strv *lines, struct tk_err *err)
{
	struct tk_str out = TK_STR_INIT;
	char *rest, *line, *name;
	enum tk_status st = tk_cold_git(tk_store_gitdir(m->desk->store),
	    TK_COLD_ARGS("ls-tree", m->w->head), NULL, &out, err);

	for (rest = out.data; st == TK_OK && rest != NULL &&
	     (line = strsep(&rest, "\n")) != NULL;) {
		name = strchr(line, '\t');
		if (name != NULL && strcmp(name + 1, "tickets") != 0 &&
		    strcmp(name + 1, "archives") != 0 &&
		    strcmp(name + 1, "desk.yaml") != 0)
			tk_strv_add(lines, line);
	}
	tk_str_clear(&out);
	return st;
}

/* Objects that the archive has not yet, in one pack. git looks whether a
 * folder is there by its id: what is below it came with it. */
static enum tk_status
copy_objects(
    const struct writing *m, const struct tk_strv *top, struct tk_err *err)
{
	struct tk_str ids = TK_STR_INIT, out = TK_STR_INIT, want = TK_STR_INIT;
	char *pack = tk_strf("%s/objects/pack/pack", m->path);
	const char *gitdir = tk_store_gitdir(m->desk->store), *p, *end;
	enum tk_status st;
	size_t i;

	for (i = 0; i < top->n; i++) /* after the mode and the kind */
		tk_str_addf(&ids, "%.40s\n", strchr(top->v[i], '\t') - 40);
	for (i = 0; i < m->w->list->n; i++)
		tk_str_addf(&ids, "%s\n", m->w->list->v[i].tree);
	st = tk_cold_ask(m->path, &ids, &out, err);
	for (p = out.data; st == TK_OK && p != NULL && *p != '\0';
	     p = end + 1) {
		end = p + strcspn(p, "\n");
		if (end - p > 40) /* ID missing */
			tk_str_addf(&want, "%.40s\n", p);
		if (*end == '\0')
			break;
	}
	if (st == TK_OK && want.len > 0)
		st = tk_cold_git(gitdir,
		    TK_COLD_ARGS("pack-objects", "--revs", "--quiet", pack), &want,
		    NULL, err);
	tk_str_clear(&ids);
	tk_str_clear(&out);
	tk_str_clear(&want);
	free(pack);
	return st;
}

static void
add_who(struct tk_str *out, const char *what, const char *name,
    const char *mail)
{
	int64_t now = tk_now();
	int east = tk_date_offset(now);
	const char *p;

	tk_str_addf(out, "%s ", what);
	for (p = name; *p != '\0'; p++)
		if (strchr("<>\n", *p) == NULL)
			tk_str_add_char(out, *p);
	tk_str_addf(out, " <%s> %lld %c%02d%02d\n", mail, (long long)now,
	    east < 0 ? '-' : '+', abs(east) / 60, abs(east) % 60);
}

static void
add_data(struct tk_str *out, const struct tk_str *data)
{
	tk_str_addf(out, "data %zu\n", data->len);
	tk_str_add_data(out, data->data, data->len);
	tk_str_add_char(out, '\n');
}

/* desk.yaml says that it is an archive, and of what. */
static enum tk_status
add_settings(
    const struct writing *m, struct tk_str *out, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st =
	    tk_store_read(m->desk->store, &text, "desk.yaml", err);

	if (text.len > 0 && text.data[text.len - 1] != '\n')
		tk_str_add_char(&text, '\n');
	tk_str_addf(&text, "archive: '%s'\narchive_of: %s\n", m->w->year,
	    m->w->head);
	tk_str_add(out, "M 100644 inline desk.yaml\n");
	add_data(out, &text);
	tk_str_clear(&text);
	return st;
}

static enum tk_status
make_commit(const struct writing *m, const struct tk_strv *top,
    const char *last, struct tk_err *err)
{
	const struct tk_cold_write *w = m->w;
	struct tk_str in = TK_STR_INIT, text = TK_STR_INIT;
	enum tk_status st;
	size_t i;

	tk_str_addf(&in, "feature done\ncommit %s\n", TK_COLD_NEXT);
	add_who(&in, "author", w->actor->name, w->actor->mail);
	add_who(&in, "committer", m->desk->name, m->desk->address);
	tk_str_addf(&text,
	    "archive %s: %zu tickets\n\nAct: archive\nActor: %s\n"
	    "Archive: %s\nDesk-Head: %s\n",
	    w->year, w->list->n, w->actor->id, w->year, w->head);
	add_data(&in, &text);
	if (last[0] != '\0')
		tk_str_addf(&in, "from %s\n", last);
	tk_str_add(&in, "deleteall\n");
	for (i = 0; i < top->n; i++)
		tk_str_addf(&in, "M %.6s %.40s %s\n", top->v[i],
		    strchr(top->v[i], '\t') - 40,
		    strchr(top->v[i], '\t') + 1);
	st = add_settings(m, &in, err);
	for (i = 0; i < w->list->n; i++) {
		tk_str_addf(&in, "M 040000 %s ", w->list->v[i].tree);
		tk_id_path(&in, w->list->v[i].id);
		tk_str_add_char(&in, '\n');
	}
	tk_str_add(&in, "done\n");
	if (st == TK_OK)
		st = tk_cold_git(m->path, TK_COLD_ARGS("fast-import", "--quiet", "--force"),
		    &in, NULL, err);
	tk_str_clear(&in);
	tk_str_clear(&text);
	return st;
}

/* A commit that changes nothing is none: the same again after a kill. */
static enum tk_status
is_same(const struct writing *m, bool *same, const char *last,
    struct tk_err *err)
{
	struct tk_str in = TK_STR_INIT, out = TK_STR_INIT;
	enum tk_status st = TK_OK;

	*same = false;
	if (last[0] == '\0')
		return TK_OK;
	tk_str_addf(&in, "%s^{tree}\n%s^{tree}\n", TK_COLD_NEXT, TK_COLD_BRANCH);
	if ((st = tk_cold_ask(m->path, &in, &out, err)) == TK_OK)
		*same = out.len == 82 &&
		    memcmp(out.data, out.data + 41, 41) == 0;
	tk_str_clear(&in);
	tk_str_clear(&out);
	return st;
}

static enum tk_status
verify(const struct writing *m, struct tk_err *err)
{
	static const char *const dirs[] = { "objects/pack", "refs", "" };
	enum tk_status st = tk_cold_git(m->path,
	    TK_COLD_ARGS("fsck", "--full", "--strict", "--no-dangling",
		"--no-progress"),
	    NULL, NULL, err);
	size_t i;
	char *path;

	if (st == TK_OK)
		st = tk_cold_compare(m->path, TK_COLD_NEXT, m->w->list, err);
	/* Nothing has left the desk yet. */
	if (st == TK_EINPUT)
		st = err->status = TK_ESYS;
	tk_store_settle(m->desk->store);
	for (i = 0; st == TK_OK && i < TK_COUNT(dirs); i++) {
		path = tk_strf("%s/%s", m->path, dirs[i]);
		st = tk_dir_sync(path, err);
		free(path);
	}
	return st;
}

static enum tk_status
write_archive(struct writing *m, struct tk_strv *top, struct tk_err *err)
{
	char last[41];
	enum tk_status st;
	bool same;

	if ((st = tk_cold_begin(m->path, m->w->is_new, err)) != TK_OK ||
	    (st = tk_cold_commit(last, m->path, TK_COLD_BRANCH, err)) != TK_OK ||
	    (st = list_top(m, top, err)) != TK_OK ||
	    (st = copy_objects(m, top, err)) != TK_OK ||
	    (st = make_commit(m, top, last, err)) != TK_OK ||
	    (st = verify(m, err)) != TK_OK ||
	    (st = is_same(m, &same, last, err)) != TK_OK)
		return st;
	if (!same)
		st = tk_cold_git(m->path, TK_COLD_ARGS("update-ref", TK_COLD_BRANCH, TK_COLD_NEXT, last), NULL,
		    NULL, err);
	if (st == TK_OK)
		st = tk_cold_git(m->path, TK_COLD_ARGS("update-ref", "-d", TK_COLD_NEXT), NULL, NULL,
		    err);
	if (st == TK_OK)
		st = tk_cold_commit(m->w->commit, m->path, TK_COLD_BRANCH, err);
	tk_store_settle(m->desk->store);
	return st;
}

enum tk_status
tk_cold_write(
    struct tk_cold_write *w, struct tk_desk *desk, struct tk_err *err)
{
	struct writing m = { w, desk,
		tk_store_archive_path(desk->store, w->year) };
	struct tk_strv top = TK_STRV_INIT;
	enum tk_status st = write_archive(&m, &top, err);

	tk_strv_clear(&top);
	free(m.path);
	return st == TK_OK ? TK_OK : tk_wrap(err, st, _("archive %s"), w->year);
}
