/* backup-bundle - the commits of a backup. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/backup-parts.h"
#include "backup/gc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/program.h"

struct bundling {
	struct tk_manifest *now;
	const struct tk_manifest *last;
	struct tk_store *store;
	char *git; /* a repository with the refs */
};

/* Refs as they were, objects borrowed: what git sees does not move on. */
static enum tk_status
make_repository(const struct bundling *m, struct tk_err *err)
{
	static const char config[] =
	    "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";
	struct tk_str refs = TK_STR_INIT;
	char *objects = tk_strf("%s/objects/info", m->git);
	char *refdir = tk_strf("%s/refs", m->git);
	enum tk_status st;
	size_t i;

	if ((st = tk_mkdirs(objects, 0700, err)) == TK_OK)
		st = tk_mkdirs(refdir, 0700, err);
	tk_str_add(&refs, "# pack-refs with: sorted \n");
	for (i = 0; i < m->now->refs.n; i++)
		tk_str_addf(&refs, "%s\n", m->now->refs.v[i]);
	const struct {
		const char *name;
		char *text;
	} files[] = { { "config", tk_strdup(config) },
		{ "packed-refs", tk_strdup(refs.data) },
		{ "HEAD",
		    tk_strf("%s%s\n",
			tk_starts(m->now->head, "refs/") ? "ref: " : "",
			m->now->head) },
		{ "objects/info/alternates",
		    tk_strf("%sobjects\n", tk_store_gitdir(m->store)) } };

	for (i = 0; i < TK_COUNT(files); i++) {
		char *path = tk_strf("%s/%s", m->git, files[i].name);

		if (st == TK_OK)
			st = tk_file_write_lightly(path, files[i].text,
			    strlen(files[i].text), 0600, err);
		free(path);
		free(files[i].text);
	}
	free(refdir);
	free(objects);
	tk_str_clear(&refs);
	return st;
}

/* Is anything reachable that the last backup did not have? */
static enum tk_status
has_new(const struct bundling *m, const struct tk_strv *range, bool *is,
    struct tk_err *err)
{
	static const char *const args[] = { "rev-list", "--max-count=1", NULL };
	struct tk_str out = TK_STR_INIT;
	struct tk_git_program git = { m->git, args, range, NULL, &out,
		NULL };
	enum tk_status st = tk_git_program(&git, err);

	*is = out.len > 0;
	tk_str_clear(&out);
	return st;
}

enum tk_status
tk_backup_bundle(struct tk_manifest *now, const struct tk_manifest *last,
    struct tk_store *store, const char *dir, const char *bundle,
    struct tk_err *err)
{
	struct bundling own = { now, last, store, tk_strf("%s/git", dir) };
	const struct bundling *m = &own;
	static const char *const none[] = { NULL };
	struct tk_strv range = TK_STRV_INIT, all = TK_STRV_INIT;
	struct tk_git_program git = { m->git, none, &all, NULL, NULL, NULL };
	enum tk_status st;
	struct stat sb;
	bool is = false;
	size_t i;

	tk_strv_add(&range, "--all");
	tk_strv_add(&range, "HEAD");
	for (i = 0; i < m->last->refs.n; i++)
		tk_strv_add_own(&range, tk_strf("^%.40s", m->last->refs.v[i]));
	if ((st = make_repository(m, err)) != TK_OK ||
	    (st = has_new(m, &range, &is, err)) != TK_OK || !is)
		goto out;
	tk_strv_add(&all, "bundle");
	tk_strv_add(&all, "create");
	tk_strv_add(&all, "-q");
	tk_strv_add(&all, bundle);
	tk_strv_copy(&all, &range);
	if ((st = tk_git_program(&git, err)) != TK_OK)
		goto out;
	tk_strv_clear(&all);
	tk_strv_add(&all, "bundle");
	tk_strv_add(&all, "verify");
	tk_strv_add(&all, "-q");
	tk_strv_add(&all, bundle);
	if ((st = tk_git_program(&git, err)) == TK_OK &&
	    (st = tk_backup_sum(now->bundle, bundle, err)) == TK_OK &&
	    stat(bundle, &sb) == 0)
		now->bundle_size = (uint64_t)sb.st_size;
out:
	free(own.git);
	tk_strv_clear(&range);
	tk_strv_clear(&all);
	return st;
}

/* Not all of the objects are here. */
enum tk_status
tk_backup_is_whole(struct tk_store *store, struct tk_err *err)
{
	char *shallow = tk_strf("%sshallow", tk_store_gitdir(store));
	enum tk_status st = TK_OK;

	if (tk_gc_is_partial(tk_store_gitdir(store)) || tk_file_exists(shallow))
		st = tk_fail(err, TK_EREFUSED,
		    _("this clone has not all objects (partial or shallow): "
		      "back up the gate"));
	free(shallow);
	return st;
}
