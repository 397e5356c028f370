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

#include "store/git.h"

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
/* What is in the buffer is to be flushed before. */
TK_MUST_CHECK enum tk_status tk_gi_out_add(struct tk_gi_out *out,
    const void *data, size_t len, struct tk_err *err);
/* Where st is TK_OK it is put in the place of path; else nothing is left of
 * it. Returns st, or what failed now. */
TK_MUST_CHECK enum tk_status tk_gi_out_close(struct tk_gi_out *out,
    enum tk_status st, const char *path, struct tk_err *err);

#endif
