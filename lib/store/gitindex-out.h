/*
 * gitindex-out.h - the file that becomes git's index.
 *
 * Purpose    Written beside it as index.lock, which keeps git and others out,
 *            with its checksum at the end, and named last.
 * Errors     TK_EBUSY index.lock is there: git is at work.
 * Source     gitformat-index(5); api-lockfile of git.
 */
#ifndef TK_GITINDEX_OUT_H
#define TK_GITINDEX_OUT_H

#include "store/gitindex.h"

struct tk_sha1_sum;
struct tk_gi_out {
	struct tk_str buffer; /* what is added to it comes with the next flush */
	struct tk_sha1_sum *sum;
	char *lock;
	int fd;
};

TK_MUST_CHECK enum tk_status tk_gi_out_open(
    struct tk_gi_out *out, struct tk_store *s, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_gi_out_flush(
    struct tk_gi_out *out, struct tk_err *err);
void tk_gi_be(unsigned char *p, uint32_t n, size_t bytes);
/* An entry; last is the name before it. Of the flags in fix the length of the
 * name is set here, and whether there is more. */
void tk_gi_put(struct tk_str *out, struct tk_str *last, unsigned version,
    unsigned char *fix, unsigned more, const char *name, size_t len);
/* The bytes of an entry that is made or changed; returns its further flags. */
unsigned tk_gi_fix_new(unsigned char *fix, const struct tk_gi_entry *e);
/* gitindex.c: the extensions of c that are still true; flushed. */
TK_MUST_CHECK enum tk_status tk_gi_put_extensions(struct tk_gi_out *out,
    const struct tk_gi_cursor *c, struct tk_gi_entry *v, size_t n,
    struct tk_err *err);
/* What is in the buffer is to be flushed before. */
TK_MUST_CHECK enum tk_status tk_gi_out_add(struct tk_gi_out *out,
    const void *data, size_t len, struct tk_err *err);
/* Where st is TK_OK it is put in the place of path; else nothing is left of
 * it. Returns st, or what failed now. */
TK_MUST_CHECK enum tk_status tk_gi_out_close(struct tk_gi_out *out,
    enum tk_status st, const char *path, struct tk_err *err);

#endif
