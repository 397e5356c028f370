/*
 * search.h - tickets and pages by the words in them, the best first.
 *
 * Purpose    What tk search asks the index: a query of query.h with words in
 *            it. First what has all the words in one message, ranked by
 *            bm25 (words that are everywhere weigh little, a subject weighs
 *            more), then what has them in several. Where there are more than
 *            TK_SEARCH_RANKED places, ranking says nothing and the newest
 *            come first.
 * Ownership  tk_hits_clear().
 * Source     SQLite FTS5; Robertson and Zaragoza, "The Probabilistic
 *            Relevance Framework" (2009) on bm25.
 */
#ifndef TK_SEARCH_H
#define TK_SEARCH_H

#include "index/index.h"
#include "index/query.h"

#define TK_SEARCH_RANKED 20000

struct tk_hit {
	char *ticket;  /* "" for a page */
	char *message; /* its name, the page's path; "" not one message alone */
};
struct tk_hits {
	struct tk_hit *v;
	size_t n, cap;
};
void tk_hits_clear(struct tk_hits *h);

/* Has the query words to look for? */
bool tk_query_has_words(const struct tk_query *q);

/* At most limit tickets, each once; appended. */
TK_MUST_CHECK enum tk_status tk_index_search(struct tk_index *ix,
    struct tk_hits *hits, const struct tk_query *q, size_t limit,
    struct tk_err *err);
/* Pages of the knowledge base; conditions on tickets do not count. */
TK_MUST_CHECK enum tk_status tk_index_search_pages(struct tk_index *ix,
    struct tk_hits *hits, const struct tk_query *q, size_t limit,
    struct tk_err *err);

#endif
