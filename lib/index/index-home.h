/*
 * index-home.h - the write-ahead log, brought home into the database file.
 *
 * Purpose    A process that is alone reads the whole log when it opens the
 *            index, so a long one costs each of them; a short one costs a
 *            writer two fsyncs more often. Where large transactions follow
 *            each other, a thread copies what the last one has left while the
 *            next one goes on, and only a very long log is waited for.
 * Ownership  The thread has a connection of its own and lives within one
 *            transaction: SQLite before 3.51.3 may damage the database where
 *            the log is started anew while another connection copies it, and
 *            nobody can do that before the transaction ends.
 * Errors     Those of COMMIT: what is not copied is copied next time.
 * Source     sqlite.org/wal.html (the WAL-reset bug),
 *            sqlite.org/c3ref/wal_checkpoint_v2.html
 */
#ifndef TK_INDEX_HOME_H
#define TK_INDEX_HOME_H

#include "index/index.h"

/* Takes note of the log after each commit of this connection. */
void tk_home_watch(struct tk_index *ix);
/* Behind BEGIN IMMEDIATE, and before ROLLBACK. */
void tk_home_begin(struct tk_index *ix);
void tk_home_end(struct tk_index *ix);
/* COMMIT, between the two that belong to it. */
TK_MUST_CHECK enum tk_status tk_home_commit(
    struct tk_index *ix, struct tk_err *err);
/* A log that is long, behind a commit. */
void tk_home_bring(struct tk_index *ix);
/* Before the connection is closed. */
void tk_home_clear(struct tk_index *ix);

#endif
