/*
 * tx-parts.h - what the files of a transaction share.
 *
 * Purpose    tx-put.c gathers what an act puts, tx.c commits it and ends the
 *            transaction. Included only by these.
 * Ownership  tk_tx_forget() frees what was put since the last act.
 */
#ifndef TK_TX_PARTS_H
#define TK_TX_PARTS_H

#include "store/branch.h"
#include "store/odb.h"
#include "store/store.h"
#include "store/tree-write.h"

struct tk_change {
	char *path;
	git_oid id;
	char *data; /* for the index; NULL: removed, or a letter */
	size_t len;
	bool letter; /* not kept twice: it is in the odb */
	const struct tk_ticket *ticket; /* what data says, if that is known */
	const struct tk_message *message;
	const char *stems; /* of its text; or NULL */
};

struct tk_tx {
	struct tk_store *store;
	struct tk_tree *tree; /* as the acts so far have made it */
	git_oid root;         /* of the last act */
	git_oid last;   /* the commit of the last act, or the tip */
	bool has_last;
	struct tk_change *change; /* put since the last act */
	size_t n, cap;
	struct tk_strv paths; /* put by any act */
	char hex[41];
	bool sign; /* the next act */
	struct tk_lock lock;
	struct tk_ref_move move;
	struct tk_ticket *kept;
	int64_t began; /* ticks when the lock was taken */
};

void tk_tx_forget(struct tk_tx *tx);

#endif
