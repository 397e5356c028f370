/*
 * index-home.h - the write-ahead log, brought home into the database file.
 *
 * Purpose    A process that is alone reads the whole log when it opens the
 *            index, so a long one costs each of them; a short one costs a
 *            writer two fsyncs more often. Between large transactions a
 *            thread copies while the next one goes on, and the log is only
 *            started anew when it has become long.
 * Ownership  The thread has a connection of its own and ends in
 *            tk_home_clear(), which the index's owner calls before closing.
 * Errors     None: what is not copied is copied next time.
 * Source     sqlite.org/wal.html, sqlite.org/c3ref/wal_checkpoint_v2.html
 */
#ifndef TK_INDEX_HOME_H
#define TK_INDEX_HOME_H

#include "index/index.h"

/* Takes note of the log after each commit of this connection. */
void tk_home_watch(struct tk_index *ix);
/* Behind a commit. */
void tk_home_bring(struct tk_index *ix);
/* Behind the last one. */
void tk_home_clear(struct tk_index *ix);

#endif
