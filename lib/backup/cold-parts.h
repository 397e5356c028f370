/*
 * cold-parts.h - what the files of cold storage share; nobody else includes
 * it.
 */
#ifndef TK_COLD_PARTS_H
#define TK_COLD_PARTS_H

#include "backup/cold.h"

/* cold-choose.c: which tickets. */
TK_MUST_CHECK enum tk_status tk_cold_choose(
    struct tk_cold *c, struct tk_desk *desk, struct tk_err *err);

/* cold-keep.c: which of the old ones stay. */
struct tk_cold_candidate {
	char *id;
	struct tk_strv links; /* ids */
	char *merged;         /* into which; or NULL */
	int64_t closed;
	bool stays;
};
struct tk_cold_choosing {
	struct tk_cold *cold;
	struct tk_desk *desk;
	struct tk_index *ix;
	int64_t limit;
	struct tk_strv open;         /* ids, sorted */
	struct tk_cold_candidate *v; /* sorted by id */
	size_t n, cap;
};
TK_MUST_CHECK enum tk_status tk_cold_keep(
    struct tk_cold_choosing *ch, struct tk_err *err);
/* Each ticket that this one names. */
void tk_cold_links(struct tk_strv *ids, const struct tk_ticket *t);

/* cold-record.c: what is kept of a ticket, as desk and index know it now. Free
 * *out with tk_yaml_free(). */
TK_MUST_CHECK enum tk_status tk_cold_record(struct tk_yaml **out,
    const struct tk_cold_ticket *t, struct tk_desk *desk, struct tk_index *ix,
    struct tk_err *err);
/* What the desk says is in an archive already, added to list.
 * TK_EINPUT: a file of records that cannot be read. */
struct tk_cold_list {
	struct tk_cold_ticket *v;
	size_t n, cap;
};
TK_MUST_CHECK enum tk_status tk_cold_recorded(struct tk_cold_list *list,
    struct tk_store *store, const char *year, struct tk_err *err);
void tk_cold_add(struct tk_cold_list *list, const char *id, const char *year,
    const char *tree);
void tk_cold_list_clear(struct tk_cold_list *list);
/* Years with records, sorted. */
TK_MUST_CHECK enum tk_status tk_cold_years(
    struct tk_strv *years, struct tk_store *store, struct tk_err *err);

/* "git --git-dir=DIR ARGS". in, out: or NULL. */
TK_MUST_CHECK enum tk_status tk_cold_git(const char *dir,
    const char *const *args, const struct tk_str *in, struct tk_str *out,
    struct tk_err *err);
/* One line of "git cat-file --batch-check" for each line of lines. */
TK_MUST_CHECK enum tk_status tk_cold_ask(const char *path,
    const struct tk_str *lines, struct tk_str *out, struct tk_err *err);
#define TK_COLD_ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define TK_COLD_BRANCH "refs/heads/main"
#define TK_COLD_NEXT "refs/tk/next" /* until it is verified */

/* cold-place.c: a repository to write into; is_new: what is there and has no
 * commit may go. */
TK_MUST_CHECK enum tk_status tk_cold_begin(
    const char *at, bool is_new, struct tk_err *err);

/* cold-write.c: the archive has exactly these tickets when it returns TK_OK,
 * verified and durable; commit is its head. */
struct tk_cold_write {
	const char *year, *head;
	const struct tk_actor *actor;
	const struct tk_cold_list *list;
	bool is_new; /* the desk has no record of it yet */
	char commit[41];
};
TK_MUST_CHECK enum tk_status tk_cold_write(
    struct tk_cold_write *w, struct tk_desk *desk, struct tk_err *err);
/* Has the repository at path each of them in ref? TK_EINPUT names the first
 * that it has not; fewer: others may be there, too. */
TK_MUST_CHECK enum tk_status tk_cold_compare(const char *path, const char *ref,
    const struct tk_cold_list *list, struct tk_err *err);
/* The commit of a ref; "" where there is none. */
TK_MUST_CHECK enum tk_status tk_cold_commit(
    char out[41], const char *path, const char *ref, struct tk_err *err);

/* Of those that were written; NULL: it was not. */
struct tk_cold_year *tk_cold_year(struct tk_cold *c, const char *year);

/* May this actor? Findings as those of an act. */
TK_MUST_CHECK enum tk_status tk_cold_judge(const struct tk_desk *desk,
    const struct tk_actor *actor, struct tk_err *err);

/* cold-remove.c: a transaction that puts records in the place of some tickets,
 * from those at from to the one before to, which it sets. */
struct tk_cold_removing {
	struct tk_cold *cold;
	struct tk_desk *desk;
	const struct tk_actor *actor;
	size_t from, to; /* of the tickets: what one transaction takes out */
	bool moved; /* a ticket is not what it was when it was archived */
	struct tk_yaml *file; /* of records, as it is being filled */
	struct tk_str path;
	size_t size; /* bytes of the file, about */
	size_t n;    /* tickets since the last commit */
	const char *first, *last;
};
TK_MUST_CHECK enum tk_status tk_cold_take_out(
    struct tk_tx *tx, void *arg, struct tk_err *err);

#endif
