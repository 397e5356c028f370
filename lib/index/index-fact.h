/*
 * index-fact.h - what reports count, as rows of the index.
 *
 * Purpose    Facts that a ticket's log tells when it is read from the first
 *            entry to the last: when the first answer went out, how often it
 *            was handed over, who spent how much time on it, which terms it
 *            had and when each came to rest, ratings. Included only by
 *            index*.c and report*.c.
 * Tables     fact (a row a ticket), spent, clock, rating; and an index on the
 *            entries that reports look at by their time.
 */
#ifndef TK_INDEX_FACT_H
#define TK_INDEX_FACT_H

#include "index/index.h"

/* Only these entries have a place in the index by time; a statement that
 * shall use it says the same words. */
#define TK_FACT_ENTRIES                                                 \
	"(state <> '' OR act IN ('reply', 'take', 'assign', 'move',"    \
	" 'escalate'))"

extern const char tk_fact_schema[];
/* Behind a bulk of rows, like indexes. */
extern const char tk_fact_tally[];
extern const char tk_fact_wipe[];

/* Table tally: an entry that was put changed the state; all entries of a
 * ticket will be deleted. */
TK_MUST_CHECK enum tk_status tk_fact_count(struct tk_index *ix, int64_t at,
    const char *was, const char *state, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_fact_uncount(
    struct tk_index *ix, const char *ticket, struct tk_err *err);

/* fresh: the index has nothing of this ticket yet. from: it has what the
 * entries of the log before that one say. Inside begin. */
TK_MUST_CHECK enum tk_status tk_fact_put(struct tk_index *ix,
    const struct tk_ticket *t, bool fresh, size_t from, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_fact_remove(
    struct tk_index *ix, const char *ticket, struct tk_err *err);

#endif
