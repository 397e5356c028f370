/*
 * gitindex-split.h - a git index in two files.
 *
 * Purpose    To change three entries of 700,000, git's index need not be
 *            written as a whole: .git/index may say "as in
 *            sharedindex.CHECKSUM, but" (git's core.splitIndex). An index
 *            that is large becomes such a one at the first act, and what it
 *            was until then becomes the shared file, by a second name for it:
 *            no byte of it is copied. Git reads and writes it, and
 *            "git update-index --no-split-index" makes one file of it.
 * Errors     As in gitindex.h. A shared file that is missing is damage.
 * Source     gitformat-index(5), "link"; split-index.c and read-cache.c of
 *            git; ewah/ewok.h of git for the bitmaps.
 */
#ifndef TK_GITINDEX_SPLIT_H
#define TK_GITINDEX_SPLIT_H

#include "store/gitindex.h"
#include "store/gitindex-out.h"

/* Places in the shared file, from 0 up, each once. */
struct tk_gi_places {
	uint32_t *v;
	size_t n, cap;
};
void tk_gi_places_add(struct tk_gi_places *p, uint32_t at);

/* The extension "link". */
struct tk_gi_link {
	bool is;
	unsigned char base[GIT_OID_RAWSZ]; /* checksum of the shared file */
	struct tk_gi_places gone;          /* entries that there are no more */
	struct tk_gi_places replaced; /* those that are here, without names */
};
/* false: damaged, or a place is not below limit. */
bool tk_gi_link_read(struct tk_gi_link *l, const unsigned char *data,
    size_t len, uint32_t limit);
void tk_gi_link_write(struct tk_str *out, const struct tk_gi_link *l);
void tk_gi_link_clear(struct tk_gi_link *l);

/* gitindex-walk.c: the entries of both, in order. Where the index is not split
 * it is all in shared. */
enum tk_gi_from {
	TK_GI_SHARED,
	TK_GI_REPLACED,
	TK_GI_ADDED,
};
struct tk_gi_walk {
	struct tk_gi_cursor shared, own;
	struct tk_gi_link link;
	const unsigned char **fix; /* of those that are replaced */
	size_t gone, replaced;     /* next ones of link's */
	uint32_t at;               /* place of the shared one */
	bool has_shared, has_own, ahead;
	/* The present entry: */
	enum tk_gi_from from;
	bool over; /* an added one has the place of the shared one, too */
	const char *name;
	size_t name_len;
	const unsigned char *bytes; /* stat data, id and flags */
	unsigned flags, more;
};
TK_MUST_CHECK enum tk_status
tk_gi_walk_open(struct tk_gi_walk *w, struct tk_store *s, struct tk_err *err);
bool
tk_gi_walk_next(struct tk_gi_walk *w, enum tk_status *st, struct tk_err *err);
/* The file .git/index, behind its entries when the walk is at its end. */
const struct tk_gi_cursor *tk_gi_walk_file(const struct tk_gi_walk *w);
/* An entry's bytes: written after the index was? git could not tell from its
 * times whether it has changed, and the new index would be later than both. */
bool tk_gi_is_racy(const unsigned char *fix, const struct tk_gi_cursor *index);
void tk_gi_walk_close(struct tk_gi_walk *w);

/* Which file .git/index is; all bytes of it are set. */
struct tk_gi_stamp {
	uint64_t inode, size;
	int64_t sec, nsec;
	unsigned char sum[GIT_OID_RAWSZ];
	unsigned char unused[4];
};
void tk_gi_walk_stamp(const struct tk_gi_walk *w, struct tk_gi_stamp *stamp);

/* gitindex-find.c: what else the last tk_gi_find() has come by. */
struct tk_gi_rest {
	struct tk_gi_places racy; /* shared and not replaced */
	size_t *at;               /* of each its bytes in the shared file */
	struct tk_gi_places over; /* shared, with an added one in their place */
	size_t end;               /* of the entries in .git/index */
};
const struct tk_gi_rest *tk_gi_rest(const struct tk_store *s);

/* gitindex-shared.c: the file that a split index builds on. */
struct tk_gi_shared {
	bool is;   /* there is one */
	bool made; /* now */
	unsigned char id[GIT_OID_RAWSZ];
};
/* Is the index to be in two files? */
bool tk_gi_split_wanted(struct tk_store *s, const struct tk_gi_walk *w);
/* With the walk behind its entries: may it? What speaks of all entries by their
 * places has no place in a shared file; written whole once more it is without.
 */
bool tk_gi_split_fits(const struct tk_gi_walk *w);
/* .git/index gets its second name, by its checksum; false: it cannot. */
bool tk_gi_share(
    struct tk_store *s, const struct tk_gi_cursor *c, unsigned char *id);
/* Git takes away those that were not used for two weeks; so does this where
 * one was made. */
void tk_gi_shared_use(struct tk_store *s, const struct tk_gi_shared *use);

/* gitindex-split.c: what .git/index says beside a shared file. use->is stays
 * false, and nothing is written, where it is to be one file. */
TK_MUST_CHECK enum tk_status tk_gi_split(struct tk_gi_out *out,
    struct tk_store *s, struct tk_gi_entry *v, size_t n,
    struct tk_gi_shared *use, struct tk_err *err);

#endif
