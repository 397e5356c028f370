/* sign - ssh signatures of commits. */
#include "store/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/proc.h"
#include "store/git.h"

#define PRINCIPAL "signer"

char *
tk_sign_key(struct tk_store *s)
{
	char *format = tk_store_config(s, "gpg.format");
	char *key = NULL, *home;

	if (format != NULL && strcmp(format, "ssh") == 0)
		key = tk_store_config(s, "user.signingkey");
	free(format);
	if (key != NULL && tk_starts(key, "~/") && getenv("HOME") != NULL) {
		home = tk_strf("%s%s", getenv("HOME"), key + 1);
		free(key);
		key = home;
	}
	return key;
}

enum tk_status
tk_sign(struct tk_str *signature, const char *key, const char *data, size_t len,
    struct tk_err *err)
{
	const char *argv[] = { "ssh-keygen", "-Y", "sign", "-n", "git", "-f",
		key, NULL };
	struct tk_str said = TK_STR_INIT;
	enum tk_status st;
	int code = 0;

	st = tk_proc_run(&code,
	    &(struct tk_proc){ .argv = argv,
		.in = data,
		.in_len = len,
		.out = signature,
		.errors = &said },
	    err);
	if (st != TK_OK)
		st = TK_ESYS;
	else if (code != 0 || signature->len == 0) {
		tk_str_trim(&said);
		st = tk_fail(
		    err, TK_EREFUSED, _("sign with %s: %s"), key, said.data);
	}
	tk_str_clear(&said);
	return st;
}

static enum tk_status
write_temp(char **path, const char *data, size_t len, struct tk_err *err)
{
	const char *tmp = getenv("TMPDIR");
	int fd;

	*path = tk_strf("%s/tk-sign-XXXXXX", tmp != NULL ? tmp : "/tmp");
	fd = mkstemp(*path);
	if (fd < 0) {
		enum tk_status st = tk_fail_errno(err, "%s", *path);

		free(*path);
		*path = NULL;
		return st;
	}
	close(fd);
	return tk_file_write(*path, data, len, 0600, err);
}

static void
remove_temp(char *path)
{
	if (path != NULL)
		unlink(path);
	free(path);
}

static enum tk_status
verify(enum tk_signed *is, const git_buf *sig, const git_buf *data,
    const struct tk_strv *keys, struct tk_err *err)
{
	struct tk_str allowed = TK_STR_INIT, said = TK_STR_INIT;
	char *signers = NULL, *signature = NULL;
	enum tk_status st;
	int code = 1;
	size_t i;

	for (i = 0; i < keys->n; i++)
		tk_str_addf(&allowed, PRINCIPAL " %s\n", keys->v[i]);
	*is = TK_SIGNED_BAD;
	if ((st = write_temp(&signers, allowed.data, allowed.len, err)) ==
		TK_OK &&
	    (st = write_temp(&signature, sig->ptr, sig->size, err)) == TK_OK) {
		const char *argv[] = { "ssh-keygen", "-Y", "verify", "-n",
			"git", "-I", PRINCIPAL, "-f", signers, "-s", signature,
			NULL };

		st = tk_proc_run(&code,
		    &(struct tk_proc){ .argv = argv,
			.in = data->ptr,
			.in_len = data->size,
			.out = &said,
			.errors = &said },
		    err);
		if (st == TK_OK && code == 0)
			*is = TK_SIGNED_GOOD;
	}
	remove_temp(signers);
	remove_temp(signature);
	tk_str_clear(&allowed);
	tk_str_clear(&said);
	return st;
}

static bool
entry_of(const git_commit *c, const char *path, git_oid *id)
{
	git_tree *tree = NULL;
	git_tree_entry *e = NULL;
	bool is = git_commit_tree(&tree, c) == 0 &&
	    git_tree_entry_bypath(&e, tree, path) == 0;

	if (is)
		git_oid_cpy(id, git_tree_entry_id(e));
	git_tree_entry_free(e);
	git_tree_free(tree);
	return is;
}

/* First parents from the snapshot back: a gate's history is a line. */
static enum tk_status
find_last(
    struct tk_store *s, const char *path, git_commit **out, struct tk_err *err)
{
	git_commit *c = NULL, *parent;
	git_oid now, before;
	int rc;

	*out = NULL;
	if (!s->has_tip)
		return TK_OK;
	if ((rc = git_commit_lookup(&c, s->repo, &s->tip)) < 0)
		return tk_fail_git(err, rc, "%s", path);
	while (entry_of(c, path, &now)) {
		parent = NULL;
		if (git_commit_parentcount(c) == 0 ||
		    git_commit_parent(&parent, c, 0) < 0 ||
		    !entry_of(parent, path, &before) ||
		    !git_oid_equal(&now, &before)) {
			git_commit_free(parent);
			*out = c;
			return TK_OK;
		}
		git_commit_free(c);
		c = parent;
	}
	git_commit_free(c);
	return TK_OK;
}

enum tk_status
tk_sign_check_commit(struct tk_store *s, const char *id,
    const struct tk_strv *keys, enum tk_signed *is, struct tk_err *err)
{
	git_buf sig = GIT_BUF_INIT, data = GIT_BUF_INIT;
	enum tk_status st = TK_OK;
	git_oid oid;

	*is = TK_SIGNED_NOT;
	if (git_oid_fromstr(&oid, id) < 0)
		return tk_fail(err, TK_EINPUT, _("no revision \"%s\""), id);
	if (git_commit_extract_signature(&sig, &data, s->repo, &oid, NULL) == 0)
		st = verify(is, &sig, &data, keys, err);
	git_buf_dispose(&sig);
	git_buf_dispose(&data);
	return st;
}

enum tk_status
tk_sign_check(struct tk_store *s, const char *path, const struct tk_strv *keys,
    char id[41], enum tk_signed *is, struct tk_err *err)
{
	git_commit *c = NULL;
	enum tk_status st = find_last(s, path, &c, err);

	id[0] = '\0';
	*is = TK_SIGNED_NOT;
	if (st != TK_OK || c == NULL)
		return st;
	git_oid_tostr(id, 41, git_commit_id(c));
	git_commit_free(c);
	return tk_sign_check_commit(s, id, keys, is, err);
}
