/* tx-put - what a transaction reads, and what its acts put. */
#include "store/tx-parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"

static struct tk_change *
find_change(const struct tk_tx *tx, const char *path)
{
	size_t i;

	for (i = tx->n; i > 0; i--)
		if (strcmp(tx->change[i - 1].path, path) == 0)
			return &tx->change[i - 1];
	return NULL;
}

void
tk_tx_forget(struct tk_tx *tx)
{
	size_t i;

	for (i = 0; i < tx->n; i++) {
		free(tx->change[i].path);
		free(tx->change[i].data);
	}
	tx->n = 0;
}

static enum tk_status
read_blob(struct tk_tx *tx, const git_oid *id, const char *path,
    struct tk_str *out, struct tk_err *err)
{
	git_blob *blob = NULL;
	int rc = git_blob_lookup(&blob, tx->store->repo, id);

	if (rc < 0) {
		/* Missing here is damage, not absence. */
		(void)tk_fail_git(err, rc, "%s", path);
		return err->status = TK_ESYS;
	}
	tk_str_add_data(
	    out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return TK_OK;
}

enum tk_status
tk_tx_read(
    struct tk_tx *tx, struct tk_str *out, const char *path, struct tk_err *err)
{
	struct tk_change *c = find_change(tx, path);
	enum tk_status st;
	git_oid id;

	if (c != NULL && c->letter)
		return read_blob(tx, &c->id, path, out, err);
	if (c != NULL && c->data == NULL)
		return tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if (c != NULL) {
		tk_str_add_data(out, c->data, c->len);
		return TK_OK;
	}
	st = tk_tree_find(tx->tree, &id, path, err);
	return st == TK_OK ? read_blob(tx, &id, path, out, err) : st;
}

bool
tk_tx_exists(struct tk_tx *tx, const char *path)
{
	struct tk_change *c = find_change(tx, path);

	if (c != NULL)
		return c->data != NULL || c->letter;
	return tk_tree_has(tx->tree, path);
}

void
tk_tx_keep(struct tk_tx *tx, struct tk_ticket *t)
{
	tk_ticket_free(tx->kept);
	tx->kept = t;
}

const struct tk_ticket *
tk_tx_kept(const struct tk_tx *tx, const char *id)
{
	return tx->kept != NULL && strcmp(tk_ticket_id(tx->kept), id) == 0
	    ? tx->kept
	    : NULL;
}

static struct tk_change *
new_change(struct tk_tx *tx, const char *path)
{
	struct tk_change *c = find_change(tx, path);

	if (tk_ends(path, "/ticket.yaml"))
		tk_tx_keep(tx, NULL);
	if (c != NULL) {
		free(c->data);
	} else {
		TK_GROW(tx->change, tx->n, tx->cap);
		c = &tx->change[tx->n++];
		c->path = tk_strdup(path);
	}
	c->data = NULL;
	c->len = 0;
	c->letter = false;
	c->ticket = NULL;
	c->message = NULL;
	c->stems = NULL;
	return c;
}

static struct tk_change *
put(struct tk_tx *tx, const char *path, const void *data, size_t len)
{
	struct tk_change *c = new_change(tx, path);

	tk_odb_put(tx->store->mem, &c->id, GIT_OBJECT_BLOB, data, len);
	c->letter = tk_ends(path, ".eml");
	c->len = len;
	if (!c->letter) {
		c->data = tk_malloc(len + 1);
		if (len > 0)
			memcpy(c->data, data, len);
		c->data[len] = '\0';
	}
	return c;
}

enum tk_status
tk_tx_put(struct tk_tx *tx, const char *path, const void *data, size_t len,
    struct tk_err *err)
{
	(void)err;
	(void)put(tx, path, data, len);
	return TK_OK;
}

enum tk_status
tk_tx_put_ticket(struct tk_tx *tx, const char *path, const struct tk_str *text,
    const struct tk_ticket *said, struct tk_err *err)
{
	(void)err;
	put(tx, path, text->data, text->len)->ticket = said;
	return TK_OK;
}

enum tk_status
tk_tx_put_message(struct tk_tx *tx, const char *path,
    const struct tk_str *text, const struct tk_message *said,
    const char *stems, struct tk_err *err)
{
	struct tk_change *c = put(tx, path, text->data, text->len);

	(void)err;
	c->message = said;
	c->stems = stems;
	return TK_OK;
}

void
tk_tx_put_blob(struct tk_tx *tx, const char *path, const struct tk_blob *blob)
{
	struct tk_change *c = new_change(tx, path);

	tk_odb_put_blob(tx->store->mem, &c->id, blob);
	c->letter = true;
	c->len = blob->len;
}

enum tk_status
tk_tx_remove(struct tk_tx *tx, const char *path, struct tk_err *err)
{
	struct tk_change *c = find_change(tx, path);
	enum tk_status st = TK_OK;
	git_oid id;

	if (c == NULL)
		st = tk_tree_find(tx->tree, &id, path, err);
	else if (c->data == NULL && !c->letter)
		st = tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if (st == TK_OK)
		(void)new_change(tx, path);
	return st;
}

struct tk_index *
tk_tx_index(struct tk_tx *tx)
{
	return tx->store->index;
}

const char *
tk_tx_last(const struct tk_tx *tx)
{
	return tx->hex;
}
