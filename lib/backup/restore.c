/*
 * restore - a desk brought back from its backup.
 *
 * It is made beside its place and renamed when it is whole, so that there is
 * never half a desk.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "backup/backup-parts.h"
#include "backup/cold.h"
#include "base/ambient.h"
#include "base/disk.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "send/send.h"
#include "store/maildir.h"
#include "store/program.h"

struct restoring {
	struct tk_restore *r;
	struct tk_strv chain;
	struct tk_manifest last;
	char *work; /* what is made */
	char *git;  /* its git directory */
	char *into; /* what is unpacked */
};

static enum tk_status
git(const char *gitdir, const char *const *args, const struct tk_str *in,
    struct tk_str *out, struct tk_err *err)
{
	struct tk_git_program program = { gitdir, args, NULL, in, out, NULL };

	return tk_git_program(&program, err);
}

/* The chain, and the archive that is wanted of it. */
static enum tk_status
find(struct restoring *x, struct tk_err *err)
{
	struct tk_restore *r = x->r;
	struct tk_manifest m = { 0 };
	enum tk_status st;
	char before[65] = "";
	size_t i;

	if ((st = tk_backup_chain(&x->chain, r->from, err)) != TK_OK)
		return st;
	r->number = r->at > 0 ? r->at : (unsigned)x->chain.n;
	if (r->number == 0 || r->number > x->chain.n)
		return tk_fail(err, TK_ENOENT,
		    _("%s: there are %zu archives, not %u"), r->from,
		    x->chain.n, r->number);
	for (i = 0; st == TK_OK && i < r->number; i++) {
		tk_manifest_clear(&m);
		st = tk_backup_manifest(&m, x->chain.v[i], err);
		if (st == TK_OK &&
		    (m.number != i + 1 || strcmp(m.previous, before) != 0))
			st = m.number > 1 && i == 0
			    ? tk_fail(err, TK_EINPUT,
				  _("%s is number %u of a chain: name its "
				    "folder"),
				  x->chain.v[i], m.number)
			    : tk_fail(err, TK_EINPUT,
				  _("%s does not follow the archive before "
				    "it"),
				  x->chain.v[i]);
		if (st == TK_OK)
			st = tk_backup_sum(before, x->chain.v[i], err);
	}
	x->last = m;
	return st;
}

static enum tk_status
make_repository(struct restoring *x, struct tk_err *err)
{
	const char *bare[] = { "init", "-q", "--bare", "--template=", x->work,
		NULL };
	const char *full[] = { "init", "-q", "--template=", x->work, NULL };

	struct tk_git_program init = { .args = x->last.bare ? bare : full,
		.disk = x->work };

	x->git =
	    x->last.bare ? tk_strdup(x->work) : tk_strf("%s/.git", x->work);
	return tk_git_program(&init, err);
}

static enum tk_status
unpack_one(struct restoring *x, const char *path, struct tk_err *err)
{
	char *bundle = tk_strf("%s/%s", x->into, TK_BACKUP_BUNDLE);
	const char *take[] = { "bundle", "unbundle", bundle, NULL };
	struct tk_manifest m = { 0 };
	enum tk_status st = tk_backup_read(&m, path, x->into, &x->last, err);

	if (st == TK_OK && m.bundle[0] != '\0') {
		/* Its sum was right: not the backup, the system fails. */
		st = git(x->git, take, NULL, NULL, err);
		if (st != TK_OK)
			st = tk_wrap(err, st, "%s", path);
		unlink(bundle);
	}
	tk_manifest_clear(&m);
	free(bundle);
	return st;
}

static enum tk_status
set_refs(struct restoring *x, struct tk_err *err)
{
	static const char *const update[] = { "-c",
		"core.logAllRefUpdates=false", "update-ref", "--stdin", NULL };
	const char *link[] = { "symbolic-ref", "HEAD", x->last.head, NULL };
	const char *detach[] = { "update-ref", "--no-deref", "HEAD",
		x->last.head, NULL };
	struct tk_str in = TK_STR_INIT;
	enum tk_status st;
	size_t i;

	for (i = 0; i < x->last.refs.n; i++)
		tk_str_addf(&in, "create %s %.40s\n", x->last.refs.v[i] + 41,
		    x->last.refs.v[i]);
	st = git(x->git, update, &in, NULL, err);
	if (st == TK_OK)
		st = git(x->git,
		    tk_starts(x->last.head, "refs/") ? link : detach, NULL,
		    NULL, err);
	tk_str_clear(&in);
	return st;
}

/* From where they were unpacked to where they belong. */
static enum tk_status
place_files(struct restoring *x, struct tk_err *err)
{
	enum tk_status st = TK_OK;
	const struct tk_kept *k;
	char *from, *to, *dir;
	size_t i;

	for (i = 0; st == TK_OK && i < x->last.n; i++) {
		k = &x->last.file[i];
		from = tk_strf("%s/%s%s", x->into, TK_BACKUP_FILES, k->path);
		to = tk_strf("%s/%s", x->git, k->path);
		dir = tk_strdup(to);
		*strrchr(dir, '/') = '\0';
		if ((st = tk_mkdirs(dir, 0777, err)) == TK_OK &&
		    (rename(from, to) < 0 || chmod(to, k->mode) < 0 ||
			utimensat(AT_FDCWD, to,
			    (struct timespec[2]){
				{ .tv_sec = k->at }, { .tv_sec = k->at } },
			    0) < 0))
			st = tk_fail_errno(err, "%s", to);
		x->r->waiting += tk_starts(k->path, "tk/outbox/new/");
		free(dir);
		free(from);
		free(to);
	}
	x->r->files = x->last.n;
	return st;
}

/* Folders that were empty are in no archive. */
static enum tk_status
make_maildirs(const struct restoring *x, struct tk_err *err)
{
	static const char *const names[] = { "outbox", "quarantine", "hold" };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < TK_COUNT(names); i++) {
		char *dir = tk_strf("%s/tk/%s", x->git, names[i]);

		if (i < 2 || tk_is_dir(dir))
			st = tk_maildir_init(dir, err);
		free(dir);
	}
	return st;
}

/* What the next command would do too. */
static void
make_index(const struct tk_restore *r)
{
	struct tk_err ignored = TK_ERR_INIT;
	struct tk_store *store = NULL;

	if (tk_store_open(&store, r->to, &ignored) == TK_OK &&
	    tk_store_reindex(store, NULL, &ignored) != TK_OK)
		ignored.text[0] = '\0';
	tk_store_free(store);
}

/* Letters that wait may have gone out since; and whole, in git's eyes? */
static enum tk_status
finish(struct restoring *x, struct tk_err *err)
{
	const char *hold[] = { "config", TK_SEND_HELD, x->last.made, NULL };
	static const char *const fsck[] = { "fsck", "--connectivity-only",
		"--no-dangling", "--no-progress", NULL };
	static const char *const count[] = { "rev-list", "--count", "HEAD",
		NULL };
	static const char *const head[] = { "rev-parse", "HEAD", NULL };
	char *tree = tk_strf("--work-tree=%s", x->work);
	const char *checkout[] = { tree, "reset", "-q", "--hard", NULL };
	struct tk_str out = TK_STR_INIT;
	enum tk_status st;

	if ((st = git(x->git, fsck, NULL, NULL, err)) == TK_OK &&
	    (st = git(x->git, hold, NULL, NULL, err)) == TK_OK &&
	    (st = git(x->git, count, NULL, &out, err)) == TK_OK) {
		x->r->commits = strtoull(out.data, NULL, 10);
		tk_str_reset(&out);
		st = git(x->git, head, NULL, &out, err);
		tk_str_trim(&out);
		x->r->head = tk_strdup(out.data);
	}
	if (st == TK_OK && !x->last.bare)
		st = git(x->git, checkout, NULL, NULL, err);
	x->r->made = tk_strdup(x->last.made);
	tk_str_clear(&out);
	free(tree);
	return st;
}

static enum tk_status
make(struct restoring *x, struct tk_err *err)
{
	enum tk_status st;
	size_t i;

	if ((st = find(x, err)) != TK_OK ||
	    (st = make_repository(x, err)) != TK_OK)
		return st;
	x->into = tk_strf("%s/restore.tmp", x->git);
	for (i = 0; st == TK_OK && i < x->r->number; i++)
		st = unpack_one(x, x->chain.v[i], err);
	if (st == TK_OK && (st = set_refs(x, err)) == TK_OK &&
	    (st = place_files(x, err)) == TK_OK &&
	    (st = make_maildirs(x, err)) == TK_OK &&
	    (st = tk_cold_restored(x->git, err)) == TK_OK)
		st = finish(x, err);
	tk_remove_tree(x->into);
	return st;
}

/* Not there, or empty. */
static enum tk_status
check_place(const char *to, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	enum tk_status st = TK_OK;

	if (!tk_file_exists(to))
		return TK_OK;
	if (!tk_is_dir(to) || (st = tk_dir_list(&names, to, err)) != TK_OK ||
	    names.n > 0)
		st = tk_fail(err, TK_EEXIST,
		    _("%s: there is something already; a desk is restored "
		      "into a new folder"),
		    to);
	tk_strv_clear(&names);
	return st;
}

enum tk_status
tk_restore_run(struct tk_restore *r, struct tk_err *err)
{
	struct restoring x = { .r = r };
	char *unique = tk_unique_name();
	enum tk_status st = r->check ? TK_OK : check_place(r->to, err);
	const char *tmp = getenv("TMPDIR");
	size_t n;

	if (r->check)
		x.work = tk_strf("%s/tk-backup.%s",
		    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp", unique);
	else {
		n = strlen(r->to);
		while (n > 1 && r->to[n - 1] == '/')
			n--;
		x.work = tk_strf("%.*s.%s", (int)n, r->to, unique);
	}
	free(unique);
	if (st == TK_OK)
		st = make(&x, err);
	if (st == TK_OK && !r->check) {
		rmdir(r->to);
		if ((st = tk_disk_sync(x.work, err)) == TK_OK)
			st = tk_file_move(x.work, r->to, err);
		if (st == TK_OK)
			make_index(r);
	}
	if (st != TK_OK || r->check)
		tk_remove_tree(x.work);
	tk_manifest_clear(&x.last);
	tk_strv_clear(&x.chain);
	free(x.into);
	free(x.git);
	free(x.work);
	return st;
}

void
tk_restore_clear(struct tk_restore *r)
{
	free(r->head);
	free(r->made);
	r->head = r->made = NULL;
}
