/*
 * odb-parts.h - what the files of odb.h share.
 *
 * Purpose    Objects deflated by a thread of its own while the acts go on:
 *            odb.c adds them, odb-ahead.c deflates them, odb-flush.c writes
 *            them. Included only by these.
 * Threads    The array grows under tk_odb_ahead_hold(). Objects before ready
 *            belong to the thread, but for what it never changes: id, type,
 *            len, data, blob, base.
 */
#ifndef TK_ODB_PARTS_H
#define TK_ODB_PARTS_H

#include <git2/sys/odb_backend.h>

#include "store/deflate.h"
#include "store/odb.h"

#define TK_ODB_LOOSE 64 /* objects; more go into a pack */

struct tk_odb_ahead;

struct tk_object {
	git_oid id;
	git_object_t type;
	size_t len;
	const void *data;
	void *own;  /* data, where it is ours */
	const struct tk_blob *blob; /* where it is deflated already */
	size_t base; /* an earlier version, or TK_PACK_WHOLE */
	size_t at;   /* which one of the pack */
	/* Where it is deflated, as it is or as a delta. */
	void *z;
	size_t z_len, delta_len; /* delta_len 0: as it is */
	unsigned depth;          /* of the chain of deltas */
};

struct tk_odb {
	git_odb_backend base; /* first: libgit2 hands us this */
	struct tk_object *v;     /* in order of writing */
	size_t n, cap;
	size_t *slot;         /* hash table of index + 1 into v */
	size_t slots;         /* a power of two */
	size_t ready;         /* those before are complete */
	size_t acts;          /* of large transactions */
	size_t packs;         /* that were written */
	struct tk_odb_ahead *ahead; /* who deflates them; or NULL */
};

/* No-ops where no thread runs. */
void tk_odb_ahead_hold(struct tk_odb *o);
void tk_odb_ahead_release(struct tk_odb *o);
/* It ends, with some objects perhaps not deflated. */
void tk_odb_ahead_stop(struct tk_odb *o);
/* All objects are deflated that a pack wants so, here and there. */
void tk_odb_deflate_all(struct tk_odb *o);

/* A large letter among many objects: see loose-write.h. */
bool tk_object_is_large(const struct tk_object *obj);

#endif
