/*
 * pack-write.h - many objects as one pack.
 *
 * Purpose    A file pack-ID.pack with its index, as git and libgit2 read
 *            them. The objects come deflated, in the order they are to lie
 *            in, whole or as a delta against an earlier one of the pack.
 * Ownership  tk_pack_writer_free() removes what was not finished, under names
 *            that git gc takes away when a crash leaves them.
 * Errors     TK_ESYS; objects of a failed finish may be there, which is as
 *            harmless as any object that nothing refers to.
 * Source     gitformat-pack(5): pack version 2, index version 2.
 */
#ifndef TK_PACK_WRITE_H
#define TK_PACK_WRITE_H

#include <git2.h>

#include "base/str.h"

#define TK_PACK_WHOLE SIZE_MAX

struct tk_pack_writer;

/* Into the folder objects/pack: exactly n objects will follow. */
TK_MUST_CHECK enum tk_status tk_pack_writer_new(struct tk_pack_writer **out,
    const char *objects, size_t n, struct tk_err *err);
/* len: before it was deflated. base: which object, counted from 0, it is a
 * delta against, or TK_PACK_WHOLE. */
TK_MUST_CHECK enum tk_status tk_pack_put(struct tk_pack_writer *w,
    const git_oid *id, git_object_t type, size_t len, size_t base,
    const void *z, size_t z_len, struct tk_err *err);
/* Durable and visible. */
TK_MUST_CHECK enum tk_status tk_pack_finish(
    struct tk_pack_writer *w, struct tk_err *err);
void tk_pack_writer_free(struct tk_pack_writer *w);

/* The delta from one text to another that has its beginning and its end,
 * appended to out. false: it is not worth it. */
bool tk_pack_delta(struct tk_str *out, const void *from, size_t from_len,
    const void *to, size_t to_len);

#endif
