/* clients - the index of addresses brought up to the folder clients/. */
#include "store/git.h"

#include <string.h>

#include "index/index-client.h"

#define FOLDER "clients"

static enum tk_status
feed(const char *path, const git_oid *id, void *arg, struct tk_err *err)
{
	struct tk_store *s = arg;
	git_blob *blob = NULL;
	enum tk_status st;
	int rc;

	if (!tk_ends(path, ".yaml"))
		return TK_OK;
	if (id == NULL)
		return tk_index_put_client(s->index, path, NULL, 0, err);
	if ((rc = git_blob_lookup(&blob, s->repo, id)) < 0)
		return tk_fail_git(err, rc, FOLDER "/%s", path);
	st = tk_index_put_client(s->index, path, git_blob_rawcontent(blob),
	    (size_t)git_blob_rawsize(blob), err);
	git_blob_free(blob);
	return st;
}

static enum tk_status
follow(
    struct tk_store *s, const char *known, const char *now, struct tk_err *err)
{
	git_tree *from = NULL, *to = NULL;
	enum tk_status st;
	git_oid id;
	int rc;

	/* A state that git has thrown away is none. */
	if (git_oid_fromstr(&id, known) < 0 ||
	    git_tree_lookup(&from, s->repo, &id) < 0)
		from = NULL;
	if ((rc = git_oid_fromstr(&id, now)) < 0 ||
	    (rc = git_tree_lookup(&to, s->repo, &id)) < 0)
		st = tk_fail_git(err, rc, FOLDER);
	else if ((st = tk_index_clients_begin(s->index, from == NULL, err)) ==
		TK_OK &&
	    (st = tk_git_diff(s->repo, from, to, NULL, feed, s, err)) == TK_OK)
		st = tk_index_clients_finish(s->index, now, err);
	git_tree_free(from);
	git_tree_free(to);
	return st;
}

static enum tk_status
follow_alone(struct tk_store *s, const char *now, struct tk_err *err)
{
	enum tk_status st = tk_index_begin(s->index, err);
	char known[41];

	if (st != TK_OK)
		return st;
	/* Somebody may have been faster. */
	if ((st = tk_index_clients_known(s->index, known, err)) == TK_OK &&
	    strcmp(known, now) != 0)
		st = follow(s, known, now, err);
	if (st == TK_OK)
		st = tk_index_clients_commit(s->index, err);
	if (st != TK_OK)
		tk_index_abort(s->index);
	return st;
}

void
tk_clients_follow(struct tk_store *s)
{
	struct tk_err ignored = TK_ERR_INIT;
	char now[41], known[41];

	tk_store_object(s, now, FOLDER);
	if (now[0] != '\0' &&
	    tk_index_clients_known(s->index, known, &ignored) == TK_OK &&
	    strcmp(known, now) != 0 &&
	    follow_alone(s, now, &ignored) != TK_OK)
		ignored.status = TK_OK; /* whoever needs it is told */
}

enum tk_status
tk_store_client_files(struct tk_store *s, struct tk_strv *files,
    const char *mail, struct tk_err *err)
{
	char now[41], known[41];
	struct tk_index *ix;
	enum tk_status st = TK_OK;

	tk_store_object(s, now, FOLDER);
	if (now[0] == '\0')
		return TK_OK;
	if (s->index == NULL || !tk_index_is_inside(s->index))
		st = tk_store_index(s, &ix, err);
	if (st != TK_OK ||
	    (st = tk_index_clients_known(s->index, known, err)) != TK_OK)
		return st;
	if (strcmp(known, now) != 0) {
		st = tk_index_is_inside(s->index) ? follow(s, known, now, err)
						  : follow_alone(s, now, err);
		if (st != TK_OK)
			return st;
	}
	return tk_index_find_clients(s->index, files, mail, err);
}
