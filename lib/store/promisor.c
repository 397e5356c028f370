/* promisor - what a partial clone has left at the gate. */
#include "store/promisor.h"

#include <string.h>

#include "store/program.h"

static int
note_true(const git_config_entry *e, void *arg)
{
	size_t n = strlen(e->name);

	*(bool *)arg |= strncmp(e->name, "remote.", 7) == 0 && n > 9 &&
	    strcmp(e->name + n - 9, ".promisor") == 0 && e->value != NULL &&
	    strcmp(e->value, "true") == 0;
	return 0;
}

bool
tk_promisor_is(git_repository *repo)
{
	git_config *cfg = NULL;
	bool is = false;

	/* Not git_config_foreach_match(): where nothing matches, libgit2 1.5
	 * with PCRE2 leaks what it matched with. */
	if (git_repository_config_snapshot(&cfg, repo) == 0 &&
	    git_config_foreach(cfg, note_true, &is) < 0)
		is = false;
	git_config_free(cfg);
	return is;
}

int
tk_promisor_blob(
    git_blob **out, git_repository *repo, const git_oid *id, struct tk_err *err)
{
	char hex[GIT_OID_HEXSZ + 1];
	const char *args[] = { "cat-file", "blob", hex, NULL };
	struct tk_git_program git = { git_repository_path(repo), args, NULL,
		NULL, NULL, NULL };
	int rc = git_blob_lookup(out, repo, id);

	err->text[0] = '\0';
	if (rc != GIT_ENOTFOUND || !tk_promisor_is(repo))
		return rc;
	git_oid_tostr(hex, sizeof(hex), id);
	if (tk_git_program(&git, err) != TK_OK)
		return rc;
	return git_blob_lookup(out, repo, id);
}

bool
tk_store_is_left_out(struct tk_store *s, const char *path)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_odb *odb = NULL;
	git_oid id;
	bool here;

	tk_store_object(s, hex, path);
	if (hex[0] == '\0' || !tk_promisor_is(s->repo) ||
	    git_oid_fromstr(&id, hex) < 0 ||
	    git_repository_odb(&odb, s->repo) < 0)
		return false;
	here = git_odb_exists(odb, &id) == 1;
	git_odb_free(odb);
	return !here;
}
