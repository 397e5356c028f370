/* history - commits one after the other, with the files each one changes. */
#include "store/history.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/ambient.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"
#include "store/strict.h"

#define CACHE ((ssize_t)32 * 1024 * 1024) /* bytes of objects, for the past */

struct tk_history {
	struct tk_store *store;
	git_odb *odb;
	git_oid *id; /* newest first */
	size_t n, cap;
	struct tk_commit now;
	git_oid now_id;     /* of the commit, or of the staged tree */
	git_tree *now_tree; /* until it is the snapshot */
	bool staged;
	int64_t began;
};

static void
commit_clear(struct tk_commit *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->change[i].path);
	free(c->change);
	free(c->name);
	free(c->mail);
	free(c->committer);
	free(c->encoding);
	free(c->text);
	memset(c, 0, sizeof(*c));
}

static enum tk_status
history_new(struct tk_history **out, struct tk_store *s, struct tk_err *err)
{
	struct tk_history *h = tk_calloc(1, sizeof(*h));
	int rc;

	h->store = s;
	*out = h;
	if ((rc = git_repository_odb(&h->odb, s->repo)) < 0)
		return tk_fail_git(err, rc, "objects");
	return TK_OK;
}

void
tk_history_free(struct tk_history *h)
{
	if (h == NULL)
		return;
	commit_clear(&h->now);
	git_tree_free(h->now_tree);
	git_odb_free(h->odb);
	free(h->id);
	free(h);
}

/* A tree that becomes the snapshot; taken, unless it fails. */
static void
set_snapshot(struct tk_store *s, const git_oid *id, git_tree *tree)
{
	git_tree_free(s->tree);
	s->tree = tree;
	s->tip = *id;
	s->has_tip = true;
}

static enum tk_status
snapshot_commit(struct tk_history *h, const git_oid *id, struct tk_err *err)
{
	struct tk_store *s = h->store;
	git_commit *c = NULL;
	git_tree *tree = NULL;
	int rc;

	if ((rc = git_commit_lookup(&c, s->repo, id)) == 0)
		rc = git_commit_tree(&tree, c);
	if (rc == 0)
		h->began = git_commit_time(c);
	git_commit_free(c);
	if (rc < 0) {
		(void)tk_fail_git(err, rc, _("read a commit"));
		return TK_ESYS;
	}
	set_snapshot(s, id, tree);
	return TK_OK;
}

/* Why a commit cannot be on the only line that there may be. */
static enum tk_status
off_line(const git_oid *tip, const git_oid *id, const git_commit *c,
    const git_oid *from, struct tk_err *err)
{
	char hex[41];

	git_oid_tostr(hex, sizeof(hex), id);
	if (git_commit_parentcount(c) > 1)
		return tk_fail(err, TK_EREFUSED,
		    _("commit %.10s: [merge] history here is one line; do "
		      "\"git pull --rebase\", then push again"),
		    hex);
	git_oid_tostr(hex, sizeof(hex), tip);
	return tk_fail(err, TK_EREFUSED,
	    _("commit %.10s: [history] the desk's last commit, %.10s, is not "
	      "below it: what is pushed is older, or rewritten; do \"git "
	      "pull --rebase\", then push again"),
	    hex, git_oid_tostr_s(from));
}

/* From the new tip down to the old one, or to the beginning. */
static enum tk_status
collect(struct tk_history *h, const git_oid *from, git_oid at, bool past,
    struct tk_err *err)
{
	enum tk_status st = TK_OK;
	git_commit *c = NULL;
	bool more = true;
	size_t parents;
	int rc;

	while (st == TK_OK && more &&
	    (from == NULL || !git_oid_equal(&at, from))) {
		TK_GROW(h->id, h->n, h->cap);
		h->id[h->n++] = at;
		if ((rc = git_commit_lookup(&c, h->store->repo, &at)) < 0) {
			(void)tk_fail_git(err, rc, "%s", git_oid_tostr_s(&at));
			return TK_ESYS;
		}
		parents = git_commit_parentcount(c);
		if (parents == 1 || (past && parents > 1))
			at = *git_commit_parent_id(c, 0);
		else if (parents == 0 && from == NULL)
			more = false;
		else
			st = off_line(&h->id[0], &at, c, from, err);
		git_commit_free(c);
	}
	return st;
}

static enum tk_status
history_walk(struct tk_history **out, struct tk_store *s, const char *from,
    const char *to, bool past, struct tk_err *err)
{
	bool whole = past && from[0] == '\0';
	struct tk_history *h;
	enum tk_status st;
	git_oid old, now;

	*out = NULL;
	if ((!whole && git_oid_fromstr(&old, from) < 0) ||
	    git_oid_fromstr(&now, to) < 0)
		return tk_fail(err, TK_EINPUT, _("not two commit ids"));
	if ((st = history_new(&h, s, err)) == TK_OK && !whole)
		st = snapshot_commit(h, &old, err);
	if (st == TK_OK)
		st = collect(h, whole ? NULL : &old, now, past, err);
	if (st != TK_OK) {
		tk_history_free(h);
		return st;
	}
	if (whole) {
		git_tree_free(s->tree);
		s->tree = NULL;
		s->has_tip = false;
	}
	*out = h;
	return TK_OK;
}

enum tk_status
tk_history_range(struct tk_history **out, struct tk_store *s, const char *from,
    const char *to, struct tk_err *err)
{
	return history_walk(out, s, from, to, false, err);
}

void
tk_store_pass_by(void)
{
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, CACHE);
}

enum tk_status
tk_history_past(struct tk_history **out, struct tk_store *s, const char *from,
    const char *to, struct tk_err *err)
{
	tk_store_pass_by();
	return history_walk(out, s, from, to, true, err);
}

int64_t
tk_history_began(const struct tk_history *h)
{
	return h->began;
}

size_t
tk_history_left(const struct tk_history *h)
{
	return h->n;
}

void
tk_history_id(char out[41], const struct tk_history *h, size_t n)
{
	git_oid_tostr(out, 41, &h->id[h->n - 1 - n]);
}

enum tk_status
tk_history_staged(
    struct tk_history **out, struct tk_store *s, struct tk_err *err)
{
	struct tk_history *h;
	git_index *index = NULL;
	enum tk_status st;
	int rc;

	*out = NULL;
	if ((st = history_new(&h, s, err)) != TK_OK) {
		tk_history_free(h);
		return st;
	}
	h->staged = true;
	TK_GROW(h->id, h->n, h->cap);
	if ((rc = git_repository_index(&index, s->repo)) < 0 ||
	    (rc = git_index_write_tree(&h->id[0], index)) < 0) {
		st = tk_fail_git(err, rc, _("read git's index"));
		tk_history_free(h);
		h = NULL;
	} else {
		h->n = 1;
	}
	git_index_free(index);
	*out = h;
	return st;
}

/* Who would be the author of a commit made now: git tells its hooks. */
static enum tk_status
staged_author(struct tk_history *h, struct tk_err *err)
{
	const char *name = getenv("GIT_AUTHOR_NAME");
	const char *mail = getenv("GIT_AUTHOR_EMAIL");
	struct tk_commit *c = &h->now;
	git_signature *sig = NULL;
	int rc;

	if ((rc = git_signature_default(&sig, h->store->repo)) < 0 &&
	    (name == NULL || mail == NULL))
		return tk_fail_git(err, rc, _("who is the author?"));
	c->name = tk_strdup(name != NULL ? name : sig->name);
	c->mail = tk_strdup(mail != NULL ? mail : sig->email);
	c->committer = tk_strdup("");
	c->at = c->committed = tk_now();
	c->text = tk_strdup("");
	git_signature_free(sig);
	return TK_OK;
}

/* Minutes east as git log will show them. libgit2 takes what cannot be for 0,
 * git does not. */
static int
offset_of(const git_commit *commit, const char *who)
{
	const char *line = git_commit_raw_header(commit), *end, *zone;
	int n;

	while (line != NULL && strncmp(line, who, strlen(who)) != 0) {
		line = strchr(line, '\n');
		line = line != NULL ? line + 1 : NULL;
	}
	if (line == NULL)
		return INT_MAX;
	end = line + strcspn(line, "\n");
	for (zone = end; zone > line && zone[-1] != ' '; zone--)
		;
	if (end - zone != 5 || strspn(zone + 1, "0123456789") < 4)
		return INT_MAX;
	n = (int)strtol(zone + 1, NULL, 10);
	n = n / 100 * 60 + n % 100;
	return *zone == '-' ? -n : *zone == '+' ? n : INT_MAX;
}

static enum tk_status
read_commit(struct tk_history *h, struct tk_err *err)
{
	struct tk_commit *c = &h->now;
	const git_signature *author, *committer;
	git_commit *commit = NULL;
	int rc;

	if ((rc = git_commit_lookup(&commit, h->store->repo, &h->now_id)) < 0 ||
	    (rc = git_commit_tree(&h->now_tree, commit)) < 0) {
		git_commit_free(commit);
		(void)tk_fail_git(err, rc, "%s", c->id);
		return TK_ESYS;
	}
	author = git_commit_author(commit);
	c->name = tk_strdup(author->name);
	c->mail = tk_strdup(author->email);
	c->at = author->when.time;
	c->offset = offset_of(commit, "author ");
	committer = git_commit_committer(commit);
	c->committer = tk_strdup(committer->email);
	c->committed = committer->when.time;
	c->committed_offset = offset_of(commit, "committer ");
	c->encoding = tk_strdup(git_commit_message_encoding(commit));
	c->parents = git_commit_parentcount(commit);
	c->text = tk_strdup(git_commit_message_raw(commit));
	git_commit_free(commit);
	return TK_OK;
}

static void
add_change(const char *path, const git_tree_entry *was,
    const git_tree_entry *is, void *arg)
{
	struct tk_commit *c = arg;
	struct tk_file_change *f;

	TK_GROW(c->change, c->n, c->cap);
	f = &c->change[c->n++];
	memset(f, 0, sizeof(*f));
	f->path = tk_strdup(path);
	if (was != NULL) {
		f->was_mode = (unsigned)git_tree_entry_filemode_raw(was);
		git_oid_tostr(f->was, sizeof(f->was), git_tree_entry_id(was));
	}
	if (is != NULL) {
		f->mode = (unsigned)git_tree_entry_filemode_raw(is);
		git_oid_tostr(f->id, sizeof(f->id), git_tree_entry_id(is));
	}
}

void
tk_history_adopt(struct tk_history *h)
{
	if (h->now_tree != NULL)
		set_snapshot(h->store, &h->now_id, h->now_tree);
	h->now_tree = NULL;
}

enum tk_status
tk_history_next(
    const struct tk_commit **out, struct tk_history *h, struct tk_err *err)
{
	enum tk_status st;
	int rc;

	*out = NULL;
	tk_history_adopt(h);
	commit_clear(&h->now);
	if (h->n == 0)
		return TK_OK;
	h->now_id = h->id[--h->n];
	h->now.staged = h->staged;
	git_oid_tostr(h->now.id, sizeof(h->now.id), &h->now_id);
	if (!h->staged) {
		st = read_commit(h, err);
	} else if ((rc = git_tree_lookup(
			&h->now_tree, h->store->repo, &h->now_id)) < 0) {
		st = tk_fail_git(err, rc, _("read git's index"));
	} else {
		st = staged_author(h, err);
	}
	if (st != TK_OK)
		return st;
	st = tk_strict_diff(h->store->repo, h->store->tree, h->now_tree,
	    add_change, &h->now, err);
	if (st == TK_OK || st == TK_EREFUSED)
		*out = &h->now;
	return st;
}

enum tk_status
tk_history_size(
    size_t *size, struct tk_history *h, const char *id, struct tk_err *err)
{
	git_object_t type = GIT_OBJECT_INVALID;
	git_oid oid;
	int rc;

	*size = 0;
	if ((rc = git_oid_fromstr(&oid, id)) < 0 ||
	    (rc = git_odb_read_header(size, &type, h->odb, &oid)) < 0) {
		(void)tk_fail_git(err, rc, "%s", id);
		return TK_ESYS;
	}
	if (type != GIT_OBJECT_BLOB)
		return tk_fail(err, TK_ESYS, _("%s: not a file"), id);
	return TK_OK;
}

enum tk_status
tk_history_read(struct tk_str *out, struct tk_history *h, const char *id,
    struct tk_err *err)
{
	git_odb_object *obj = NULL;
	git_oid oid;
	int rc;

	if ((rc = git_oid_fromstr(&oid, id)) < 0 ||
	    (rc = git_odb_read(&obj, h->odb, &oid)) < 0) {
		(void)tk_fail_git(err, rc, "%s", id);
		return TK_ESYS;
	}
	tk_str_add_data(
	    out, git_odb_object_data(obj), git_odb_object_size(obj));
	git_odb_object_free(obj);
	return TK_OK;
}

const char *
tk_store_branch(const struct tk_store *s)
{
	return s->branch;
}

enum tk_status
tk_store_revision(
    char out[41], struct tk_store *s, const char *text, struct tk_err *err)
{
	git_object *obj = NULL, *commit = NULL;
	int rc;

	if ((rc = git_revparse_single(&obj, s->repo, text)) == 0)
		rc = git_object_peel(&commit, obj, GIT_OBJECT_COMMIT);
	if (rc == 0)
		git_oid_tostr(out, 41, git_object_id(commit));
	git_object_free(commit);
	git_object_free(obj);
	if (rc < 0)
		return tk_fail(err, TK_ENOENT, _("no revision \"%s\""), text);
	return TK_OK;
}
