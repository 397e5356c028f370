/*
 * index-work.h - which times of recurring works have been opened.
 *
 * Purpose    The head's "work" (model/work.h has its form) as rows, so that
 *            no time of a work is opened twice.
 * Units      Times of a clock on the wall, as in the key; moments are seconds
 *            since the epoch.
 * Errors     Those of index.h.
 */
#ifndef TK_INDEX_WORK_H
#define TK_INDEX_WORK_H

#include "index/index.h"

/* For index-put.c. */
TK_MUST_CHECK enum tk_status tk_index_put_work(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err);

/* The ticket of that time of that work; "" for none. target is CLIENT,
 * CLIENT/SITE or "". */
TK_MUST_CHECK enum tk_status tk_index_find_work(struct tk_index *ix,
    char ticket[64], const char *name, const char *target, int64_t at,
    struct tk_err *err);
/* The newest time that was opened; INT64_MIN: none ever was. */
TK_MUST_CHECK enum tk_status tk_index_last_work(struct tk_index *ix,
    int64_t *at, const char *name, const char *target, struct tk_err *err);

/* Before which moment nothing has to be opened, as was found by rules and
 * clients of that key; 0: of others, or never looked. */
TK_MUST_CHECK enum tk_status tk_index_works_next(struct tk_index *ix,
    int64_t *next, const char *key, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_set_works_next(struct tk_index *ix,
    int64_t next, const char *key, struct tk_err *err);

#endif
