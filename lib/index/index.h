/*
 * index.h - what lists, threading and reports ask for, beside the desk.
 *
 * Purpose    SQLite in $GIT_DIR/tk/index.db, derived from a commit and
 *            nothing else. Fed with files as they are in the tree: a ticket
 *            is put again whenever its ticket.yaml changes, a message once.
 *            Who feeds it (the transaction, the catch-up by tree diff, a
 *            rebuild) is store.c's business.
 * Ownership  An index is one connection; tk_index_free() takes NULL.
 * Units      Times are seconds since the epoch.
 * Errors     TK_ESYS from SQLite; TK_EINPUT where the file is damaged or of
 *            another version: delete it and rebuild. TK_EBUSY after 10 s
 *            behind another writer.
 */
#ifndef TK_INDEX_H
#define TK_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "model/message.h"
#include "model/ticket.h"

struct tk_index;

/* Open or make the file. WAL, synchronous=NORMAL, no checkpoint on close. */
TK_MUST_CHECK enum tk_status tk_index_open(
    struct tk_index **out, const char *path, struct tk_err *err);
void tk_index_free(struct tk_index *ix);
/* Found out on the way: tk_index_free() takes it away, and it is made anew. */
bool tk_index_is_damaged(const struct tk_index *ix);

/* The commit it reflects, 40 hex digits; "" for none yet. */
TK_MUST_CHECK enum tk_status tk_index_head(
    struct tk_index *ix, char head[41], struct tk_err *err);

/* One SQL transaction; what was put inside is seen by the look-ups below at
 * once. finish records the commit reflected. */
TK_MUST_CHECK enum tk_status tk_index_begin(
    struct tk_index *ix, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_finish(
    struct tk_index *ix, const char *head, struct tk_err *err);
void tk_index_abort(struct tk_index *ix); /* harmless outside of begin */

/*
 * The whole of it at once: make a file beside it and begin; put everything,
 * each thing once; complete (what look-ups go by, the commit, the end of the
 * transaction); copy over the index that all have open.
 */
TK_MUST_CHECK enum tk_status tk_index_make(
    struct tk_index **out, const char *path, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_complete(
    struct tk_index *ix, const char *head, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_copy(
    struct tk_index *to, struct tk_index *from, struct tk_err *err);
/*
 * Its full text may be put by another thread than all else: the words that
 * are put are gathered in a list, which tk_index_put_gathered() empties; they
 * must be there until then. NULL: put at once again.
 */
struct tk_words_list {
	struct tk_words_due {
		int64_t doc;
		const struct tk_words *words;
	} *v;
	size_t n, cap;
};
void tk_index_gather(struct tk_index *ix, struct tk_words_list *list);
TK_MUST_CHECK enum tk_status tk_index_put_gathered(
    struct tk_index *ix, struct tk_words_list *list, struct tk_err *err);

/* Empty all tables (inside begin). */
TK_MUST_CHECK enum tk_status tk_index_wipe(
    struct tk_index *ix, struct tk_err *err);

/* Put what a file of the tree says (inside begin). The log rows of a ticket
 * are appended where they only grew. */
TK_MUST_CHECK enum tk_status tk_index_put_ticket(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_put_message(struct tk_index *ix,
    const char *ticket, const struct tk_message *m, struct tk_err *err);
/* The same with words that were made already (words.h; NULL: they were not). */
struct tk_words;
TK_MUST_CHECK enum tk_status tk_index_put_ticket_with(struct tk_index *ix,
    const struct tk_ticket *t, const struct tk_words *words,
    struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_put_message_with(struct tk_index *ix,
    const char *ticket, const struct tk_message *m,
    const struct tk_words *words, struct tk_err *err);
/* A page of the knowledge base. */
TK_MUST_CHECK enum tk_status tk_index_put_page(struct tk_index *ix,
    const char *path, const char *data, size_t len, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_remove_page(
    struct tk_index *ix, const char *path, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_remove_ticket(
    struct tk_index *ix, const char *ticket, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_remove_message(struct tk_index *ix,
    const char *ticket, const char *message, struct tk_err *err);

/* Where a Message-ID (without <>) was seen, in or out. TK_ENOENT: nowhere.
 * The newest ticket wins where several have it. */
struct tk_index_hit {
	char ticket[64];
	char message[32];
	char body_sha256[65]; /* "" where there is no raw letter */
};
TK_MUST_CHECK enum tk_status tk_index_find_id(struct tk_index *ix,
    struct tk_index_hit *hit, const char *message_id, struct tk_err *err);
/* Is there a message with this Message-ID and this body? */
TK_MUST_CHECK enum tk_status tk_index_has_letter(struct tk_index *ix,
    struct tk_index_hit *hit, const char *message_id, const char *body_sha256,
    struct tk_err *err);
/* Has this address (any case) written to, or been written to from, or is it
 * requester or cc of this ticket? */
TK_MUST_CHECK enum tk_status tk_index_is_participant(struct tk_index *ix,
    bool *is, const char *ticket, const char *address, struct tk_err *err);

/* How many outgoing automatic messages to this address since then. */
TK_MUST_CHECK enum tk_status tk_index_count_acks(struct tk_index *ix,
    int64_t *n, const char *address, int64_t since, struct tk_err *err);

/* What the last letter of this address with enough letters to tell was read
 * as, where that is neither UTF-8 nor ASCII; "" for none. */
TK_MUST_CHECK enum tk_status tk_index_charset_of(struct tk_index *ix,
    struct tk_str *out, const char *address, struct tk_err *err);

/* The highest number of tickets of this site ("" is the gate); 0: none. */
TK_MUST_CHECK enum tk_status tk_index_last_number(struct tk_index *ix,
    uint64_t *n, const char *site, struct tk_err *err);

/* Messages that should go out and of which the log has no sent or failed
 * entry, oldest first: "TICKET/MESSAGE". */
TK_MUST_CHECK enum tk_status tk_index_unsent(
    struct tk_index *ix, struct tk_strv *out, struct tk_err *err);

/* Tickets where a letter of ours did not arrive (failed, or bounced) and
 * nobody has written, noted or closed since. */
TK_MUST_CHECK enum tk_status tk_index_lost(
    struct tk_index *ix, struct tk_strv *out, struct tk_err *err);

/* One row of a list. Strings are never NULL. */
struct tk_row {
	char *id, *subject, *type, *state, *queue, *priority, *category;
	char *client, *requester, *assignee, *channel;
	char *sla; /* the class of service that it goes by */
	int line;
	int64_t created, updated;
	int64_t closed; /* 0: it is not */
	int64_t messages;
	/* Terms; 0: there is none. due is the nearest of the three. */
	int64_t due, due_response, due_update, due_resolution, promised;
};
struct tk_rows {
	struct tk_row *v;
	size_t n, cap;
};
void tk_rows_clear(struct tk_rows *rows);

/* What a query (query.h) asks for, in its order. limit 0: all. */
struct tk_query;
TK_MUST_CHECK enum tk_status tk_index_list(struct tk_index *ix,
    struct tk_rows *rows, const struct tk_query *q, size_t limit,
    struct tk_err *err);

/* Numbers for tk fsck: rows in each table, at which head, and SQLite's own
 * check. */
struct tk_index_counts {
	int64_t tickets, messages, entries;
	char head[41];
};
TK_MUST_CHECK enum tk_status tk_index_counts(
    struct tk_index *ix, struct tk_index_counts *c, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_check(
    struct tk_index *ix, struct tk_err *err);

#endif
