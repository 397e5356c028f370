/*
 * index-archive.h - what is known of tickets that lie in an archive.
 *
 * Purpose    The records of archives/ (model/archived.h) as rows: numbers
 *            that are not given again, Message-IDs that letters answer, who
 *            took part, which works were opened, which addresses are dead.
 * Errors     Those of index.h.
 */
#ifndef TK_INDEX_ARCHIVE_H
#define TK_INDEX_ARCHIVE_H

#include "index/index.h"

/* A file of records; data NULL: it is gone. What cannot be read is left
 * out, tk fsck names it. */
TK_MUST_CHECK enum tk_status tk_index_put_archived(struct tk_index *ix,
    const char *path, const char *data, size_t len, struct tk_err *err);

/* Where a ticket lies. TK_ENOENT: in no archive. */
struct tk_index_archived {
	char year[5];
	char queue[128], type[128], client[128]; /* "": none */
};
TK_MUST_CHECK enum tk_status tk_index_archived(struct tk_index *ix,
    struct tk_index_archived *out, const char *ticket, struct tk_err *err);

/* The letter of an archived ticket with this Message-ID, and with this body
 * unless that is NULL. TK_ENOENT: none. */
TK_MUST_CHECK enum tk_status tk_index_archived_letter(struct tk_index *ix,
    struct tk_index_hit *hit, const char *message_id, const char *body_sha256,
    struct tk_err *err);

/* Adds to a record what the index knows of a ticket. */
TK_MUST_CHECK enum tk_status tk_index_archive_record(struct tk_index *ix,
    struct tk_yaml *record, const char *ticket, struct tk_err *err);

/* Every ticket, by its number. */
struct tk_index_brief {
	const char *id, *type, *state;
	int64_t updated;
};
typedef void (*tk_index_brief_fn)(const struct tk_index_brief *t, void *arg);
TK_MUST_CHECK enum tk_status tk_index_each(struct tk_index *ix,
    tk_index_brief_fn fn, void *arg, struct tk_err *err);

#endif
