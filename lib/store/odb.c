/* odb - objects of a transaction, kept in memory until it is certain. */
#include "store/odb.h"

#include <stdlib.h>
#include <string.h>

#include <git2/sys/odb_backend.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/bulk.h"
#include "store/git.h"
#include "store/loose-write.h"
#include "store/object.h"
#include "store/pack-write.h"

#define FRONT 1000     /* before the loose (1) and pack (2) backends */
#define LOOSE_MAX 64   /* objects; more go into a pack */
#define DEPTH_MAX 40   /* of a chain of deltas; git's own is 50 */

struct object {
	git_oid id;
	git_object_t type;
	size_t len;
	const void *data;
	void *own;  /* data, where it is ours */
	const struct tk_blob *blob; /* where it is deflated already */
	size_t base; /* an earlier version, or TK_PACK_WHOLE */
	size_t at;   /* which one of the pack */
	unsigned depth;
};

struct tk_odb {
	git_odb_backend base; /* first: libgit2 hands us this */
	struct object *v;     /* in order of writing */
	size_t n, cap;
	size_t *slot;         /* hash table of index + 1 into v */
	size_t slots;         /* a power of two */
};

static size_t
first_slot(const struct tk_odb *o, const git_oid *id)
{
	size_t h;

	memcpy(&h, id->id, sizeof(h));
	return h & (o->slots - 1);
}

static struct object *
find(const struct tk_odb *o, const git_oid *id)
{
	size_t i;

	if (o->slots == 0)
		return NULL;
	for (i = first_slot(o, id); o->slot[i] != 0; i = (i + 1) & (o->slots - 1))
		if (git_oid_equal(&o->v[o->slot[i] - 1].id, id))
			return &o->v[o->slot[i] - 1];
	return NULL;
}

static void
link_slot(struct tk_odb *o, size_t at)
{
	size_t i = first_slot(o, &o->v[at].id);

	while (o->slot[i] != 0)
		i = (i + 1) & (o->slots - 1);
	o->slot[i] = at + 1;
}

static void
grow_table(struct tk_odb *o)
{
	size_t i;

	if (o->n * 2 < o->slots)
		return;
	o->slots = o->slots ? o->slots * 2 : 64;
	free(o->slot);
	o->slot = tk_calloc(o->slots, sizeof(*o->slot));
	for (i = 0; i < o->n; i++)
		link_slot(o, i);
}

static struct object *
add(struct tk_odb *o, const git_oid *id, git_object_t type, size_t len)
{
	struct object *obj;

	TK_GROW(o->v, o->n, o->cap);
	obj = &o->v[o->n++];
	memset(obj, 0, sizeof(*obj));
	obj->id = *id;
	obj->type = type;
	obj->len = len;
	obj->base = TK_PACK_WHOLE;
	grow_table(o);
	/* grow_table links all when it grows, the new one included. */
	if (find(o, id) == NULL)
		link_slot(o, o->n - 1);
	return obj;
}

void
tk_odb_put(struct tk_odb *o, git_oid *id, git_object_t type, const void *data,
    size_t len)
{
	struct object *obj;

	tk_object_id(id, type, data, len);
	if (find(o, id) != NULL)
		return;
	obj = add(o, id, type, len);
	obj->own = tk_malloc(len + 1);
	if (len > 0)
		memcpy(obj->own, data, len);
	obj->data = obj->own;
}

void
tk_odb_put_blob(struct tk_odb *o, git_oid *id, const struct tk_blob *b)
{
	struct object *obj;

	memcpy(id->id, b->id, sizeof(id->id));
	if (find(o, id) != NULL)
		return;
	obj = add(o, id, GIT_OBJECT_BLOB, b->len);
	obj->data = b->data;
	obj->blob = b;
}

void
tk_odb_follows(struct tk_odb *o, const git_oid *id, const git_oid *was)
{
	struct object *obj = find(o, id), *base = find(o, was);

	/* Only backwards: no object is its own grandfather. */
	if (obj != NULL && base != NULL && base < obj &&
	    obj->type == base->type)
		obj->base = (size_t)(base - o->v);
}

/* libgit2's own ways to write, which nothing of ours goes. */
static int
mem_write(git_odb_backend *b, const git_oid *id, const void *data, size_t len,
    git_object_t type)
{
	git_oid same;

	(void)id;
	tk_odb_put((struct tk_odb *)b, &same, type, data, len);
	return 0;
}

static int
mem_read(void **data, size_t *len, git_object_t *type, git_odb_backend *b,
    const git_oid *id)
{
	struct object *obj = find((struct tk_odb *)b, id);

	if (obj == NULL)
		return GIT_ENOTFOUND;
	*data = tk_git_data(b, obj->data, obj->len);
	if (*data == NULL)
		return -1;
	*len = obj->len;
	*type = obj->type;
	return 0;
}

static int
mem_read_header(
    size_t *len, git_object_t *type, git_odb_backend *b, const git_oid *id)
{
	struct object *obj = find((struct tk_odb *)b, id);

	if (obj == NULL)
		return GIT_ENOTFOUND;
	*len = obj->len;
	*type = obj->type;
	return 0;
}

static int
mem_exists(git_odb_backend *b, const git_oid *id)
{
	return find((struct tk_odb *)b, id) != NULL;
}

void
tk_odb_reset(struct tk_odb *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		free(o->v[i].own);
	o->n = 0;
	if (o->slots > 0)
		memset(o->slot, 0, o->slots * sizeof(*o->slot));
}

static void
mem_free(git_odb_backend *b)
{
	struct tk_odb *o = (struct tk_odb *)b;

	tk_odb_reset(o);
	free(o->v);
	free(o->slot);
	free(o);
}

enum tk_status
tk_odb_add(struct tk_odb **out, git_repository *repo, struct tk_err *err)
{
	struct tk_odb *o = tk_calloc(1, sizeof(*o));
	git_odb *odb = NULL;
	int rc;

	*out = NULL;
	git_odb_init_backend(&o->base, GIT_ODB_BACKEND_VERSION);
	o->base.write = mem_write;
	o->base.read = mem_read;
	o->base.read_header = mem_read_header;
	o->base.exists = mem_exists;
	o->base.free = mem_free;
	if ((rc = git_repository_odb(&odb, repo)) == 0)
		rc = git_odb_add_backend(odb, &o->base, FRONT);
	git_odb_free(odb);
	if (rc < 0) {
		free(o);
		return tk_fail_git(err, rc, _("open the object store"));
	}
	*out = o;
	return TK_OK;
}

/* A large letter among many objects: see loose-write.h. */
static bool
is_large(const struct object *obj)
{
	return obj->blob != NULL && obj->blob->z == NULL &&
	    obj->len >= TK_LOOSE_LARGE;
}

/* with: other files to be synced, or NULL: only the large ones are written. */
static enum tk_status
flush_loose(struct tk_odb *o, const char *dir, const struct tk_sync *with,
    size_t n, struct tk_err *err)
{
	struct tk_loose_writer w = { .dir = dir, .with = with, .n_with = n };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < o->n; i++)
		if (with != NULL || is_large(&o->v[i]))
			st = tk_loose_write(&w, &o->v[i].id, o->v[i].type,
			    o->v[i].data, o->v[i].len, err);
	if (st == TK_OK && w.n > 0)
		st = tk_loose_finish(&w, err);
	tk_loose_writer_clear(&w);
	return st;
}

static enum tk_status
pack_one(struct tk_odb *o, struct tk_pack_writer *w, struct object *obj,
    struct tk_deflater *d, struct tk_str *delta, struct tk_err *err)
{
	const struct object *base =
	    obj->base != TK_PACK_WHOLE ? &o->v[obj->base] : NULL;
	const void *z;
	size_t n;

	tk_str_reset(delta);
	if (base != NULL && base->depth < DEPTH_MAX &&
	    tk_pack_delta(
		delta, base->data, base->len, obj->data, obj->len)) {
		obj->depth = base->depth + 1;
		z = tk_deflate(d, &n, delta->data, delta->len);
		return tk_pack_put(w, &obj->id, obj->type, delta->len,
		    base->at, z, n, err);
	}
	if (obj->blob != NULL && obj->blob->z != NULL)
		return tk_pack_put(w, &obj->id, obj->type, obj->len,
		    TK_PACK_WHOLE, obj->blob->z, obj->blob->z_len, err);
	z = tk_deflate(d, &n, obj->data, obj->len);
	return tk_pack_put(
	    w, &obj->id, obj->type, obj->len, TK_PACK_WHOLE, z, n, err);
}

static enum tk_status
flush_pack(struct tk_odb *o, const char *dir, struct tk_err *err)
{
	struct tk_deflater *d = tk_deflater_new();
	struct tk_str delta = TK_STR_INIT;
	struct tk_pack_writer *w = NULL;
	enum tk_status st = flush_loose(o, dir, NULL, 0, err);
	size_t i, n = 0;

	for (i = 0; i < o->n; i++)
		if (!is_large(&o->v[i]))
			o->v[i].at = n++;
	if (st == TK_OK)
		st = tk_pack_writer_new(&w, dir, n, err);
	for (i = 0; i < o->n && st == TK_OK; i++)
		if (!is_large(&o->v[i]))
			st = pack_one(o, w, &o->v[i], d, &delta, err);
	if (st == TK_OK)
		st = tk_pack_finish(w, err);
	tk_pack_writer_free(w);
	tk_str_clear(&delta);
	tk_deflater_free(d);
	return st;
}

enum tk_status
tk_odb_flush(struct tk_odb *o, git_repository *repo,
    const struct tk_sync *with, size_t n, struct tk_err *err)
{
	git_buf dir = GIT_BUF_INIT;
	git_odb *odb = NULL;
	enum tk_status st = TK_OK;
	int rc;

	rc = git_repository_item_path(&dir, repo, GIT_REPOSITORY_ITEM_OBJECTS);
	if (rc < 0)
		(void)tk_fail_git(err, rc, _("write the desk's objects"));
	else if (dir.size > 0 && dir.ptr[dir.size - 1] == '/')
		dir.ptr[dir.size - 1] = '\0';
	if (rc == 0)
		st = o->n <= LOOSE_MAX ? flush_loose(o, dir.ptr, with, n, err)
				       : flush_pack(o, dir.ptr, err);
	if (rc == 0 && st == TK_OK && o->n > LOOSE_MAX)
		st = tk_sync_files(with, n, err);
	git_buf_dispose(&dir);
	if (rc < 0 || st != TK_OK)
		return TK_ESYS;
	/* The pack just written must be found without a failed look-up. */
	if (o->n > LOOSE_MAX && git_repository_odb(&odb, repo) == 0) {
		git_odb_refresh(odb);
		git_odb_free(odb);
		/* Another of as many may come, and many more. */
		tk_bulk_forget();
	}
	tk_odb_reset(o);
	return TK_OK;
}
