/* store - the desk's git repository: found and read. */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/archived.h"
#include "store/git.h"
#include "store/gitindex.h"
#include "store/loose.h"
#include "store/promisor.h"

#define TREE_CACHED ((size_t)1024 * 1024) /* bytes of a tree kept in memory */
/* libgit2 would map a pack as a whole, and keep all that was read of it. */
#define WINDOW ((size_t)2 * 1024 * 1024)
#define MAPPED ((size_t)32 * 1024 * 1024)

static void
start_git(void)
{
	tk_git_start();
	/* What was reported done must survive a power cut. */
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, WINDOW);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, MAPPED);
	/* Else a folder of over a hundred clients is read for each of them. */
	git_libgit2_opts(
	    GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_TREE, TREE_CACHED);
}

static enum tk_status
fill(struct tk_store *s, struct tk_err *err)
{
	git_reference *head = NULL;
	const char *target;
	int rc;

	if ((rc = git_reference_lookup(&head, s->repo, "HEAD")) < 0)
		return tk_fail_git(err, rc, "HEAD");
	target = git_reference_symbolic_target(head);
	s->branch = tk_strdup(target != NULL ? target : "");
	git_reference_free(head);
	return tk_store_refresh(s, err);
}

static bool
is_desk(const struct tk_store *s)
{
	return s->tree != NULL &&
	    git_tree_entry_byname(s->tree, "desk.yaml") != NULL;
}

static enum tk_status
open_at(
    struct tk_store **out, const char *dir, unsigned flags, struct tk_err *err)
{
	struct tk_store *s = tk_calloc(1, sizeof(*s));
	enum tk_status st;
	int rc;

	start_git();
	*out = NULL;
	rc = git_repository_open_ext(&s->repo, dir, flags, NULL);
	if (rc < 0)
		st = rc == GIT_ENOTFOUND
		    ? tk_fail(err, TK_ENOENT, _("%s: no desk here"), dir)
		    : tk_fail_git(err, rc, "%s", dir);
	else if ((st = tk_loose_add(s->repo, err)) == TK_OK &&
	    (st = fill(s, err)) == TK_OK && !is_desk(s))
		st = tk_fail(err, TK_ENOENT,
		    _("%s: a git repository, but not a desk (no desk.yaml)"),
		    dir);
	if (st != TK_OK) {
		tk_store_free(s);
		return st;
	}
	*out = s;
	return TK_OK;
}

static char *
config_of(git_config *snap, const char *key)
{
	const char *value;

	return git_config_get_string(&value, snap, key) == 0 ? tk_strdup(value)
							     : NULL;
}

static char *
global_desk(void)
{
	git_config *cfg = NULL, *snap = NULL;
	char *dir = NULL;

	if (git_config_open_default(&cfg) == 0 &&
	    git_config_snapshot(&snap, cfg) == 0)
		dir = config_of(snap, "tk.desk");
	git_config_free(snap);
	git_config_free(cfg);
	return dir;
}

char *
tk_store_archive_path(const struct tk_store *s, const char *year)
{
	return tk_strf("%stk/archive/%s.git", git_repository_path(s->repo), year);
}

void
tk_store_freeze(struct tk_store *s, const char *why)
{
	free(s->frozen);
	s->frozen = tk_strdup(why);
}

static enum tk_status
open_desk(struct tk_store **out, const char *dir, struct tk_err *err)
{
	enum tk_status st;
	char *global;

	*out = NULL;
	if (dir == NULL)
		dir = getenv("TK_DESK");
	if (dir != NULL && dir[0] != '\0')
		return open_at(out, dir, 0, err);
	st = open_at(out, ".", GIT_REPOSITORY_OPEN_FROM_ENV, err);
	if (st != TK_ENOENT)
		return st;
	start_git();
	global = global_desk();
	if (global != NULL)
		st = open_at(out, global, 0, err);
	else
		st = tk_fail(err, TK_ENOENT,
		    _("no desk here; use -C DIR, TK_DESK or "
		      "\"git config --global tk.desk DIR\""));
	free(global);
	git_libgit2_shutdown();
	return st;
}

static enum tk_status
open_archive(struct tk_store **out, struct tk_store *desk, const char *year,
    struct tk_err *err)
{
	char *path = tk_store_archive_path(desk, year);
	enum tk_status st;

	if (!tk_archive_name_valid(year))
		st = tk_fail(err, TK_EUSAGE,
		    _("--archive %s: an archive is called by its year, as in "
		      "2024"),
		    year);
	else if (!tk_is_dir(path))
		st = tk_fail(err, TK_ENOENT,
		    _("no archive %s here (%s); \"tk archive\" lists them, and "
		      "they lie at the gate"),
		    year, path);
	else
		st = open_at(out, path, GIT_REPOSITORY_OPEN_NO_SEARCH, err);
	free(path);
	return st;
}

enum tk_status
tk_store_open(struct tk_store **out, const char *dir, struct tk_err *err)
{
	const char *year = getenv(TK_STORE_ARCHIVE);
	struct tk_store *desk;
	enum tk_status st = open_desk(&desk, dir, err);

	*out = st == TK_OK ? desk : NULL;
	if (st != TK_OK || year == NULL || year[0] == '\0')
		return st;
	*out = NULL;
	st = open_archive(out, desk, year, err);
	tk_store_free(desk);
	return st;
}

enum tk_status
tk_store_init(
    struct tk_store **out, const char *dir, bool bare, struct tk_err *err)
{
	git_repository_init_options opts;
	struct tk_store *s = tk_calloc(1, sizeof(*s));
	enum tk_status st;
	int rc;

	start_git();
	*out = NULL;
	git_repository_init_options_init(
	    &opts, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	opts.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	if (bare)
		opts.flags |= GIT_REPOSITORY_INIT_BARE;
	opts.initial_head = "main";
	/* Inside a bare repository git would make a second one without a
	 * word. */
	rc = GIT_EEXISTS;
	if (git_repository_open_ext(
		NULL, dir, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) < 0)
		rc = git_repository_init_ext(&s->repo, dir, &opts);
	if (rc == GIT_EEXISTS)
		st = tk_fail(err, TK_EEXIST,
		    _("%s: there is a git repository already"), dir);
	else if (rc < 0)
		st = tk_fail_git(err, rc, "%s", dir);
	else
		st = fill(s, err);
	if (st != TK_OK) {
		tk_store_free(s);
		return st;
	}
	*out = s;
	return TK_OK;
}

void
tk_store_free(struct tk_store *s)
{
	if (s == NULL)
		return;
	tk_index_free(s->index);
	tk_gi_seen_free(s->seen);
	git_tree_free(s->tree);
	git_config_free(s->config);
	git_repository_free(s->repo);
	free(s->branch);
	free(s->committer_name);
	free(s->committer_mail);
	free(s->frozen);
	free(s);
	git_libgit2_shutdown();
}

const char *
tk_store_gitdir(const struct tk_store *s)
{
	return git_repository_path(s->repo);
}

const char *
tk_store_workdir(const struct tk_store *s)
{
	return git_repository_workdir(s->repo);
}

char *
tk_store_path(const struct tk_store *s, const char *name)
{
	return tk_strf("%stk/%s", git_repository_path(s->repo), name);
}

const char *
tk_store_head(const struct tk_store *s)
{
	static char hex[GIT_OID_HEXSZ + 1];

	if (!s->has_tip)
		return "";
	return git_oid_tostr(hex, sizeof(hex), &s->tip);
}

char *
tk_store_config(struct tk_store *s, const char *key)
{
	git_config *cfg = NULL;

	if (s->config == NULL &&
	    git_repository_config(&cfg, s->repo) == 0 &&
	    git_config_snapshot(&s->config, cfg) < 0)
		s->config = NULL;
	git_config_free(cfg);
	return s->config != NULL ? config_of(s->config, key) : NULL;
}

void
tk_store_forget_config(struct tk_store *s)
{
	git_config_free(s->config);
	s->config = NULL;
}

enum tk_status
tk_store_set_config(
    struct tk_store *s, const char *key, const char *value, struct tk_err *err)
{
	git_config *cfg = NULL, *local = NULL;
	int rc;

	if ((rc = git_repository_config(&cfg, s->repo)) == 0 &&
	    (rc = git_config_open_level(&local, cfg, GIT_CONFIG_LEVEL_LOCAL)) ==
		0)
		rc = value != NULL ? git_config_set_string(local, key, value)
				   : git_config_delete_entry(local, key);
	if (rc == GIT_ENOTFOUND && value == NULL)
		rc = 0;
	tk_store_forget_config(s);
	git_config_free(local);
	git_config_free(cfg);
	return rc < 0 ? tk_fail_git(err, rc, "git config %s", key) : TK_OK;
}

void
tk_store_set_committer(struct tk_store *s, const char *name, const char *mail)
{
	free(s->committer_name);
	free(s->committer_mail);
	s->committer_name = tk_strdup(name);
	s->committer_mail = tk_strdup(mail);
}

enum tk_status
tk_store_refresh(struct tk_store *s, struct tk_err *err)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_oid tip;
	int rc;

	rc = git_reference_name_to_id(&tip, s->repo, "HEAD");
	if (rc == GIT_ENOTFOUND || rc == GIT_EUNBORNBRANCH)
		return TK_OK;
	if (rc == 0 && s->has_tip && git_oid_equal(&tip, &s->tip))
		return TK_OK;
	if (rc < 0 || (rc = git_commit_lookup(&commit, s->repo, &tip)) < 0 ||
	    (rc = git_commit_tree(&tree, commit)) < 0) {
		git_commit_free(commit);
		(void)tk_fail_git(err, rc, _("read the desk's last commit"));
		return TK_ESYS;
	}
	git_commit_free(commit);
	git_tree_free(s->tree);
	s->tree = tree;
	s->tip = tip;
	s->has_tip = true;
	return TK_OK;
}

enum tk_status
tk_store_read(struct tk_store *s, struct tk_str *out, const char *path,
    struct tk_err *err)
{
	return tk_git_read(s->repo, s->tree, out, path, err);
}

enum tk_status
tk_store_list(struct tk_store *s, struct tk_strv *names, const char *path,
    struct tk_err *err)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	const git_tree_entry *e;
	size_t i;
	int rc;

	if (s->tree == NULL)
		return TK_OK;
	rc = path[0] != '\0' ? git_tree_entry_bypath(&entry, s->tree, path)
			     : git_tree_dup(&tree, s->tree);
	if (rc == GIT_ENOTFOUND)
		return TK_OK;
	if (rc == 0 && tree == NULL)
		rc = git_tree_lookup(&tree, s->repo, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	if (rc < 0)
		return tk_fail_git(err, rc, "%s", path);
	for (i = 0; i < git_tree_entrycount(tree); i++) {
		e = git_tree_entry_byindex(tree, i);
		tk_strv_add_own(names,
		    tk_strf("%s%s", git_tree_entry_name(e),
			git_tree_entry_type(e) == GIT_OBJECT_TREE ? "/" : ""));
	}
	git_tree_free(tree);
	tk_strv_sort(names);
	return TK_OK;
}

static bool
entry_id(const git_tree *tree, const char *path, git_oid *id)
{
	git_tree_entry *e = NULL;

	if (tree == NULL || git_tree_entry_bypath(&e, tree, path) < 0)
		return false;
	git_oid_cpy(id, git_tree_entry_id(e));
	git_tree_entry_free(e);
	return true;
}

void
tk_store_object(struct tk_store *s, char hex[41], const char *path)
{
	git_oid id;

	hex[0] = '\0';
	if (entry_id(s->tree, path, &id))
		git_oid_tostr(hex, 41, &id);
}

bool
tk_store_same(struct tk_store *s, const char *commit, const char *path)
{
	git_commit *c = NULL;
	git_tree *tree = NULL;
	git_oid id, was, now;
	bool a = false, b = false;

	if (git_oid_fromstr(&id, commit) == 0 &&
	    git_commit_lookup(&c, s->repo, &id) == 0 &&
	    git_commit_tree(&tree, c) == 0) {
		a = entry_id(tree, path, &was);
		b = entry_id(s->tree, path, &now);
	}
	git_tree_free(tree);
	git_commit_free(c);
	return tree != NULL && a == b && (!a || git_oid_equal(&was, &now));
}

struct verify {
	git_odb *odb;
	struct tk_strv *problems;
	bool partial;
};

static enum tk_status
verify_file(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct verify *v = arg;
	git_odb_object *obj = NULL;
	const git_error *e;

	(void)err;
	if (v->partial && !git_odb_exists(v->odb, id))
		return TK_OK; /* it is at the gate */
	/* libgit2 hashes what it reads and refuses a mismatch. */
	if (git_odb_read(&obj, v->odb, id) < 0) {
		e = git_error_last();
		tk_strv_add_own(v->problems,
		    tk_strf("%s: %s", path,
			e != NULL ? e->message : _("object is missing")));
	}
	git_odb_object_free(obj);
	return TK_OK;
}

enum tk_status
tk_store_verify(
    struct tk_store *s, struct tk_strv *problems, struct tk_err *err)
{
	struct verify v = { NULL, problems, tk_promisor_is(s->repo) };
	struct tk_err inner = TK_ERR_INIT;
	int rc;

	if ((rc = git_repository_odb(&v.odb, s->repo)) < 0)
		return tk_fail_git(err, rc, "objects");
	if (tk_git_diff(
		s->repo, NULL, s->tree, NULL, verify_file, &v, &inner) != TK_OK)
		tk_strv_add(problems, inner.text);
	git_odb_free(v.odb);
	return TK_OK;
}
