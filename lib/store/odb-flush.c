/* odb-flush - objects of a transaction become files. */
#include "base/i18n.h"
#include "store/bulk.h"
#include "store/git.h"
#include "store/loose-write.h"
#include "store/odb-parts.h"
#include "store/pack-write.h"

/* A large letter among many objects: see loose-write.h. */
bool
tk_object_is_large(const struct tk_object *obj)
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
		if (with != NULL || tk_object_is_large(&o->v[i]))
			st = tk_loose_write(&w, &o->v[i].id, o->v[i].type,
			    o->v[i].data, o->v[i].len, err);
	if (st == TK_OK && w.n > 0)
		st = tk_loose_finish(&w, err);
	tk_loose_writer_clear(&w);
	return st;
}

static enum tk_status
pack_one(const struct tk_odb *o, struct tk_pack_writer *w,
    const struct tk_object *obj, struct tk_err *err)
{
	if (obj->delta_len > 0)
		return tk_pack_put(w, &obj->id, obj->type, obj->delta_len,
		    o->v[obj->base].at, obj->z, obj->z_len, err);
	if (obj->z != NULL)
		return tk_pack_put(w, &obj->id, obj->type, obj->len,
		    TK_PACK_WHOLE, obj->z, obj->z_len, err);
	return tk_pack_put(w, &obj->id, obj->type, obj->len, TK_PACK_WHOLE,
	    obj->blob->z, obj->blob->z_len, err);
}

static enum tk_status
flush_pack(struct tk_odb *o, const char *dir, struct tk_err *err)
{
	struct tk_pack_writer *w = NULL;
	enum tk_status st = flush_loose(o, dir, NULL, 0, err);
	size_t i, n = 0;

	tk_odb_deflate_all(o);
	for (i = 0; i < o->n; i++)
		if (!tk_object_is_large(&o->v[i]))
			o->v[i].at = n++;
	if (st == TK_OK)
		st = tk_pack_writer_new(&w, dir, n, err);
	for (i = 0; i < o->n && st == TK_OK; i++)
		if (!tk_object_is_large(&o->v[i]))
			st = pack_one(o, w, &o->v[i], err);
	if (st == TK_OK)
		st = tk_pack_finish(w, err);
	tk_pack_writer_free(w);
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
		st = o->n <= TK_ODB_LOOSE
		    ? flush_loose(o, dir.ptr, with, n, err)
		    : flush_pack(o, dir.ptr, err);
	if (rc == 0 && st == TK_OK && o->n > TK_ODB_LOOSE)
		st = tk_sync_files(with, n, err);
	git_buf_dispose(&dir);
	if (rc < 0 || st != TK_OK)
		return TK_ESYS;
	/* The pack just written must be found without a failed look-up. */
	if (o->n > TK_ODB_LOOSE && git_repository_odb(&odb, repo) == 0) {
		o->packs++;
		git_odb_refresh(odb);
		git_odb_free(odb);
		/* Another of as many may come, and many more. */
		tk_bulk_forget();
	}
	tk_odb_reset(o);
	return TK_OK;
}
