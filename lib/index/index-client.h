/*
 * index-client.h - whose an address is.
 *
 * Purpose    A desk may have 15,000 clients, and a letter is of one. The
 *            index knows their addresses and domains, as of one state of the
 *            folder clients/ (git's id of its tree), and follows it.
 * Errors     As the index's.
 */
#ifndef TK_INDEX_CLIENT_H
#define TK_INDEX_CLIENT_H

#include "index/index.h"

#define TK_CLIENT_TEL "tel:"
#define TK_CLIENT_DIGITS 9

/* Is a transaction open? */
bool tk_index_is_inside(struct tk_index *ix);

/* The folder it reflects; "": none. */
TK_MUST_CHECK enum tk_status tk_index_clients_known(
    struct tk_index *ix, char hex[41], struct tk_err *err);
/* To another: begin, put what differs (data NULL: it is gone), finish. */
TK_MUST_CHECK enum tk_status tk_index_clients_begin(
    struct tk_index *ix, bool anew, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_put_client(struct tk_index *ix,
    const char *file, const char *data, size_t len, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_clients_finish(
    struct tk_index *ix, const char *hex, struct tk_err *err);
/* Where the transaction was begun for this alone. */
TK_MUST_CHECK enum tk_status tk_index_clients_commit(
    struct tk_index *ix, struct tk_err *err);

/* Files of clients that have the address or its domain, in any case, sorted;
 * or, of TK_CLIENT_TEL and so many digits, a number with them in it.
 * TK_EINPUT: there is a file that nobody can read. */
TK_MUST_CHECK enum tk_status tk_index_find_clients(struct tk_index *ix,
    struct tk_strv *files, const char *mail, struct tk_err *err);

#endif
