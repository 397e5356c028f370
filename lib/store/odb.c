/* odb - objects of a transaction, kept in memory until it is certain. */
#include "store/odb.h"

#include <stdlib.h>
#include <string.h>

#include <git2/sys/odb_backend.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"
#include "store/object.h"
#include "store/odb-parts.h"
#include "store/pack-write.h"

#define FRONT 1000 /* before the loose (1) and pack (2) backends */

static size_t
first_slot(const struct tk_odb *o, const git_oid *id)
{
	size_t h;

	memcpy(&h, id->id, sizeof(h));
	return h & (o->slots - 1);
}

static struct tk_object *
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

static struct tk_object *
add(struct tk_odb *o, const git_oid *id, git_object_t type, size_t len)
{
	struct tk_object *obj;

	tk_odb_ahead_hold(o);
	TK_GROW(o->v, o->n, o->cap);
	tk_odb_ahead_release(o);
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
	struct tk_object *obj;

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
	struct tk_object *obj;

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
	struct tk_object *obj = find(o, id), *base = find(o, was);

	/* Only backwards: no object is its own grandfather. One that was
	 * handed over has its base. */
	if (obj != NULL && base != NULL && base < obj &&
	    (size_t)(obj - o->v) >= o->ready && obj->type == base->type)
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
	struct tk_object *obj = find((struct tk_odb *)b, id);

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
	struct tk_object *obj = find((struct tk_odb *)b, id);

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

size_t
tk_odb_packs(const struct tk_odb *o)
{
	return o->packs;
}

void
tk_odb_reset(struct tk_odb *o)
{
	size_t i;

	tk_odb_ahead_stop(o);
	for (i = 0; i < o->n; i++) {
		free(o->v[i].own);
		free(o->v[i].z);
	}
	o->n = o->ready = 0;
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
