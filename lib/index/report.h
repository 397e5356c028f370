/*
 * report.h - a report's part asked of the index.
 *
 * Purpose    Facts, fields and measures are rows of the tables in
 *            report-words.c; a part becomes one SQL statement with bound
 *            values over the tickets that a query finds.
 * Ownership  Tables are cleared with tk_report_table_clear(); an ask borrows
 *            all it names.
 * Units      Times are seconds since the epoch; a period has its from, not
 *            its to.
 * Errors     TK_EINPUT "FILE:LINE: ..." for words there are not.
 */
#ifndef TK_STORE_REPORT_H
#define TK_STORE_REPORT_H

#include "index/index.h"
#include "index/query.h"
#include "model/report.h"

/* Facts that were fetched; {0} at first, then handed on from part to part. */
struct tk_report_rows {
	char *key;
	struct tk_strv columns;
	char *measured; /* the query that finds many tickets, or few */
	bool many;
};
void tk_report_rows_clear(struct tk_report_rows *rows);

struct tk_report_ask {
	const struct tk_query *query;
	bool whole;       /* the query asks for nothing: all tickets */
	int64_t from, to;
	int64_t now;      /* of the commit: up to then things grow older */
	const struct tk_strv *finals, *urgent;
	/* Working seconds by that calendar ("": the usual one). */
	int64_t (*working)(
	    void *arg, const char *calendar, int64_t from, int64_t to);
	/* What was noted with time spent; free(3), or NULL. */
	char *(*what)(void *arg, const char *ticket, const char *msg);
	void *arg;
	/* All parts that will be asked for, so that what is about the same
	 * facts is fetched once; or NULL. */
	const struct tk_report_part *parts;
	size_t n_parts;
	struct tk_report_rows *rows;
};

/* Are these words known, and do they go together? */
TK_MUST_CHECK enum tk_status tk_report_check(
    const struct tk_report_part *p, const char *path, struct tk_err *err);
/* Every word of a kind ("of", "by", "show" of these facts), for messages. */
void tk_report_words(struct tk_str *out, const char *kind, const char *of);
/* May rows of these facts be grouped by this field? */
bool tk_report_has_field(const char *of, const char *field);
/* day, week, month, year: the rows follow each other in time. */
bool tk_report_is_time(const char *field);

/* The rows, and the total where the part wants one. */
TK_MUST_CHECK enum tk_status tk_index_report(struct tk_index *ix,
    struct tk_report_table *out, const struct tk_report_part *p,
    const char *path, const struct tk_report_ask *ask, struct tk_err *err);
/* How many of the tickets were open when the period began. */
TK_MUST_CHECK enum tk_status tk_index_backlog(struct tk_index *ix, int64_t *n,
    const struct tk_report_ask *ask, struct tk_err *err);

/*
 * Facts that are computed elsewhere, for this connection only; begin empties
 * them. minutes: spent, rounded, inside, outside; of a contract: included,
 * used, remaining, outside.
 */
TK_MUST_CHECK enum tk_status tk_index_report_begin(
    struct tk_index *ix, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_report_billed(struct tk_index *ix,
    const char *ticket, int64_t n, int64_t at, const char *who,
    const char *msg, const int64_t minutes[4], int64_t amount,
    const char *currency, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_index_report_contract(struct tk_index *ix,
    const char *client, int64_t at, const int64_t minutes[4], int64_t amount,
    const char *currency, struct tk_err *err);
struct tk_penalty_row {
	const char *ticket, *target, *rule, *penalty, *evidence, *currency;
	int64_t at, amount;
};
TK_MUST_CHECK enum tk_status tk_index_report_penalty(struct tk_index *ix,
    const struct tk_penalty_row *row, struct tk_err *err);

/* Time spent in the period, whatever the query: by client, then by time. */
struct tk_spent_row {
	char *ticket, *client, *who, *msg, *type, *category, *queue;
	int64_t n, at, minutes;
	bool billable;
};
struct tk_spent_rows {
	struct tk_spent_row *v;
	size_t n, cap;
};
TK_MUST_CHECK enum tk_status tk_index_spent(struct tk_index *ix,
    struct tk_spent_rows *out, const char *client, int64_t from, int64_t to,
    struct tk_err *err);
void tk_spent_rows_clear(struct tk_spent_rows *rows);

#endif
