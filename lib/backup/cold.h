/*
 * cold.h - tickets closed long ago, moved into archives of a year each.
 *
 * Purpose    An archive is $GIT_DIR/tk/archive/2024.git: a desk of its own
 *            with the tickets that were closed in 2024, the people and the
 *            regulation as they were when it was taken, and in desk.yaml the
 *            year and the commit of the desk it was taken from. It is written,
 *            read back and durable before acts take the tickets out of the
 *            desk and put their records (model/archived.h) in their place,
 *            some hundred in a transaction: nobody waits long for the lock.
 *            Killed in between, a ticket is in both; the next run goes on.
 * Ownership  tk_cold_clear() frees what was filled.
 * Errors     TK_EREFUSED not at a clone; TK_EDENIED not by everybody; TK_ESYS
 *            git failed, its words are in the text.
 * Source     git-fast-import(1), git-pack-objects(1).
 */
#ifndef TK_COLD_H
#define TK_COLD_H

#include "desk/desk.h"

struct tk_cold_ticket {
	char *id;
	char year[5];
	char tree[41]; /* git's id of its folder */
	int64_t closed;
};

struct tk_cold_kept { /* old and closed, but it stays */
	char *id, *why;
};

struct tk_cold {
	int before;   /* closed, and last touched, before this year */
	bool dry_run; /* only choose */
	/* filled: */
	char head[41]; /* the desk's commit that it is taken from */
	struct tk_cold_ticket *v; /* chosen, by year and number */
	size_t n, cap;
	struct tk_cold_kept *kept;
	size_t n_kept, kept_cap;
	struct tk_cold_year { /* archives written */
		char year[5];
		char commit[41]; /* its last one */
		size_t moved;    /* tickets that have left the desk */
	} *year;
	size_t n_years, years_cap;
};

TK_MUST_CHECK enum tk_status tk_cold_run(
    struct tk_cold *c, struct tk_desk *desk, struct tk_err *err);
void tk_cold_clear(struct tk_cold *c);

/* An archive that the desk speaks of. */
struct tk_cold_archive {
	char year[5];
	char head[41], commit[41]; /* of the last time */
	size_t tickets;
	bool here;                 /* its repository */
	char *path;
};
/* One after the other, by year. */
typedef void (*tk_cold_fn)(const struct tk_cold_archive *a, void *arg);
TK_MUST_CHECK enum tk_status tk_cold_list(
    struct tk_store *store, tk_cold_fn fn, void *arg, struct tk_err *err);

/* Archives that were brought back from a backup into gitdir: folders that git
 * wants although they are empty, and all of it read. */
TK_MUST_CHECK enum tk_status tk_cold_restored(
    const char *gitdir, struct tk_err *err);

/* Has the archive what the desk says of it? TK_EINPUT: not so. */
TK_MUST_CHECK enum tk_status tk_cold_check(
    struct tk_store *store, const char *year, struct tk_err *err);

#endif
