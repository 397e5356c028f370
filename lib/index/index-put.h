/*
 * index-put.h - the parts that a ticket and a message are put in.
 *
 * Purpose    Included only by index*.c, and by tx.c for the stemmer.
 * Errors     Those of index.h. All inside tk_index_begin().
 */
#ifndef TK_INDEX_PUT_H
#define TK_INDEX_PUT_H

#include "index/index.h"

struct tk_head_row;
struct tk_words;

/* The row of table ticket, where had is the one there is, and its lists. */
TK_MUST_CHECK enum tk_status tk_index_put_head(struct tk_index *ix,
    const struct tk_ticket *t, const struct tk_head_row *had,
    const char *log_sum, int64_t doc, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_remove_head(
    struct tk_index *ix, const char *ticket, struct tk_err *err);

/* A document of full text; *doc 0: it has no words. */
TK_MUST_CHECK enum tk_status tk_index_put_words(struct tk_index *ix,
    int64_t *doc, const char *ticket, const char *message,
    const struct tk_words *w, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_drop_words(
    struct tk_index *ix, int64_t doc, struct tk_err *err);
struct tk_stemmer *tk_index_stemmer(struct tk_index *ix);

/* "Name <address>" or an address, as it is compared: appended in lower
 * case. */
void tk_index_address(struct tk_str *out, const char *text);

/* Ours, also where nothing is to be sent: written down, or by telephone. */
bool tk_index_is_ours(const struct tk_message *m);
/* Whom a message makes one who takes part, and those that the head names. */
TK_MUST_CHECK enum tk_status tk_index_put_people(struct tk_index *ix,
    const char *ticket, const struct tk_message *m, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_put_head_people(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err);

/* Parts of putting a ticket and a message: index-mark.c. */
TK_MUST_CHECK enum tk_status tk_index_put_marks(
    struct tk_index *ix, const struct tk_ticket *t, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_put_dead(struct tk_index *ix,
    const char *ticket, const struct tk_message *m, struct tk_err *err);

#endif
