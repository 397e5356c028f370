/* odb - objects of a transaction, kept in memory until it is certain. */
#include "store/odb.h"

#include <stdlib.h>
#include <string.h>

#include <git2/sys/odb_backend.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"
#include "store/loose-write.h"

#define FRONT 1000     /* before the loose (1) and pack (2) backends */
#define LOOSE_MAX 64   /* objects; more go into a pack */

struct object {
	git_oid id;
	git_object_t type;
	size_t len;
	void *data;
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

/*
 * Before libgit2 writes an object it looks for it everywhere (freshen), and as
 * it is not there, once more after a look into objects/pack for new packs. A
 * new object is in none; only reading has to see what git gc has repacked
 * meanwhile. All pack backends have the same refresh.
 */
static int (*look_for_packs)(git_odb_backend *b);
static _Thread_local bool writing;

static int
mem_freshen(git_odb_backend *b, const git_oid *id)
{
	writing = find((struct tk_odb *)b, id) == NULL;
	return writing ? -1 : 0;
}

static int
refresh_to_read(git_odb_backend *b)
{
	return writing ? 0 : look_for_packs(b);
}

static void
wrap_refresh(git_odb *odb)
{
	git_odb_backend *b;
	size_t i;

	for (i = 0; i < git_odb_num_backends(odb); i++) {
		if (git_odb_get_backend(&b, odb, i) < 0 || b->refresh == NULL)
			continue;
		if (look_for_packs == NULL)
			look_for_packs = b->refresh;
		if (b->refresh == look_for_packs)
			b->refresh = refresh_to_read;
	}
}

static int
mem_write(git_odb_backend *b, const git_oid *id, const void *data, size_t len,
    git_object_t type)
{
	struct tk_odb *o = (struct tk_odb *)b;
	struct object *obj;

	writing = false;
	if (find(o, id) != NULL)
		return 0;
	TK_GROW(o->v, o->n, o->cap);
	obj = &o->v[o->n];
	git_oid_cpy(&obj->id, id);
	obj->type = type;
	obj->len = len;
	obj->data = tk_malloc(len);
	memcpy(obj->data, data, len);
	o->n++;
	grow_table(o);
	/* grow_table links all when it grows, the new one included. */
	if (find(o, id) == NULL)
		link_slot(o, o->n - 1);
	return 0;
}

static int
mem_read(void **data, size_t *len, git_object_t *type, git_odb_backend *b,
    const git_oid *id)
{
	struct object *obj = find((struct tk_odb *)b, id);

	writing = false;
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

	writing = false;
	if (obj == NULL)
		return GIT_ENOTFOUND;
	*len = obj->len;
	*type = obj->type;
	return 0;
}

static int
mem_exists(git_odb_backend *b, const git_oid *id)
{
	writing = false;
	return find((struct tk_odb *)b, id) != NULL;
}

void
tk_odb_reset(struct tk_odb *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		free(o->v[i].data);
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
	o->base.freshen = mem_freshen;
	o->base.free = mem_free;
	if ((rc = git_repository_odb(&odb, repo)) == 0) {
		wrap_refresh(odb);
		rc = git_odb_add_backend(odb, &o->base, FRONT);
	}
	git_odb_free(odb);
	if (rc < 0) {
		free(o);
		return tk_fail_git(err, rc, _("open the object store"));
	}
	*out = o;
	return TK_OK;
}

static enum tk_status
flush_loose(struct tk_odb *o, const char *dir, struct tk_err *err)
{
	struct tk_loose_writer w = { .dir = dir };
	enum tk_status st = TK_OK;
	size_t i;

	for (i = 0; st == TK_OK && i < o->n; i++)
		/* The first commit starts from an empty tree, and nothing
		 * refers to it afterwards. */
		if (o->v[i].len > 0 || o->v[i].type != GIT_OBJECT_TREE)
			st = tk_loose_write(&w, &o->v[i].id, o->v[i].type,
			    o->v[i].data, o->v[i].len, err);
	if (st == TK_OK)
		st = tk_loose_finish(&w, err);
	tk_loose_writer_clear(&w);
	return st;
}

static int
flush_pack(struct tk_odb *o, git_repository *repo, const char *dir)
{
	git_packbuilder *pb = NULL;
	char *pack = tk_strf("%s/pack", dir);
	size_t i;
	int rc;

	if ((rc = git_packbuilder_new(&pb, repo)) == 0)
		git_packbuilder_set_threads(pb, 0);
	for (i = 0; rc == 0 && i < o->n; i++)
		rc = git_packbuilder_insert(pb, &o->v[i].id, NULL);
	if (rc == 0)
		rc = git_packbuilder_write(pb, pack, 0, NULL, NULL);
	git_packbuilder_free(pb);
	free(pack);
	return rc;
}

enum tk_status
tk_odb_flush(struct tk_odb *o, git_repository *repo, struct tk_err *err)
{
	git_buf dir = GIT_BUF_INIT;
	git_odb *odb = NULL;
	enum tk_status st = TK_OK;
	int rc;

	rc = git_repository_item_path(&dir, repo, GIT_REPOSITORY_ITEM_OBJECTS);
	if (rc == 0) {
		if (dir.size > 0 && dir.ptr[dir.size - 1] == '/')
			dir.ptr[dir.size - 1] = '\0';
		if (o->n <= LOOSE_MAX)
			st = flush_loose(o, dir.ptr, err);
		else
			rc = flush_pack(o, repo, dir.ptr);
	}
	git_buf_dispose(&dir);
	if (rc < 0)
		st = tk_fail_git(err, rc, _("write the desk's objects"));
	if (st != TK_OK)
		return TK_ESYS;
	if (o->n > LOOSE_MAX && git_repository_odb(&odb, repo) == 0) {
		/* The pack just written must be found without a failed
		 * look-up. */
		writing = false;
		git_odb_refresh(odb);
		git_odb_free(odb);
	}
	tk_odb_reset(o);
	return TK_OK;
}
