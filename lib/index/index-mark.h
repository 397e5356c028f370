/*
 * index-mark.h - what else the gate for letters looks up.
 *
 * Purpose    Tickets by a number or key that others gave them, letters that
 *            look alike, addresses that are known or dead, and how much has
 *            gone out of a queue.
 * Ownership  As in index.h.
 * Units      Times are seconds since the epoch.
 * Errors     TK_ENOENT there is none; as in index.h otherwise.
 */
#ifndef TK_INDEX_MARK_H
#define TK_INDEX_MARK_H

#include "index/index.h"

/* The newest ticket with this value in "monitor" or "partner_ref". */
TK_MUST_CHECK enum tk_status tk_index_find_mark(struct tk_index *ix,
    struct tk_index_hit *hit, const char *name, const char *value,
    struct tk_err *err);

/* The newest ticket with this subject (lower case, without "Re:"), opened
 * since then, of that client ("": none) or with that address in it. */
TK_MUST_CHECK enum tk_status tk_index_find_alike(struct tk_index *ix,
    struct tk_index_hit *hit, const char *subject, const char *client,
    const char *address, int64_t since, struct tk_err *err);

/* In tickets of how many clients does this Message-ID stand? */
TK_MUST_CHECK enum tk_status tk_index_id_clients(struct tk_index *ix,
    int64_t *n, const char *message_id, struct tk_err *err);

/* Is this address in any ticket? */
TK_MUST_CHECK enum tk_status tk_index_is_known(struct tk_index *ix, bool *is,
    const char *address, struct tk_err *err);

/* Outgoing automatic letters of tickets that are in this queue now. Exact
 * where they are enough; else only that they are fewer. */
TK_MUST_CHECK enum tk_status tk_index_count_queue_acks(struct tk_index *ix,
    int64_t *n, const char *queue, int64_t since, int64_t enough,
    struct tk_err *err);
/* One more was put. */
void tk_index_note_ack(struct tk_index *ix);

/* A letter of ours to this address came back for good, and nobody has
 * written from it since. TK_ENOENT: not so. */
struct tk_index_dead {
	char ticket[64], status[16];
	int64_t at;
};
TK_MUST_CHECK enum tk_status tk_index_find_dead(struct tk_index *ix,
    struct tk_index_dead *dead, const char *address, struct tk_err *err);

#endif
