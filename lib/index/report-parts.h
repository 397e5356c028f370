/*
 * report-parts.h - what the files that make reports share.
 *
 * Purpose    Included only by report*.c of this folder.
 */
#ifndef TK_REPORT_PARTS_H
#define TK_REPORT_PARTS_H

#include "index/report.h"
#include "index/sql.h"

/* Facts: rows named s, to which their tickets t and what is known of these, f,
 * are joined where they are asked for; from NULL: they are the tickets. */
struct tk_facts {
	const char *name, *from, *where, *at;
	bool has_ticket;
};

struct tk_report_field {
	const char *name;
	const char *of; /* facts that have it, " a b "; NULL: all */
	const char *sql;
	enum tk_unit unit;
	const char *label, *title;
};

enum tk_stat {
	TK_STAT_SUM,
	TK_STAT_SHARE,
	TK_STAT_MEAN,
	TK_STAT_MEDIAN,
	TK_STAT_P90,
	TK_STAT_MAX,
	TK_STAT_COUNT, /* the SQL is whole already */
	TK_STAT_RUNNING,
};

struct tk_report_value {
	const char *name, *of, *sql;
	enum tk_unit unit;
	enum tk_stat stat; /* where none is said */
	bool flag;         /* so it has a share */
	const char *title;
};

struct tk_measure {
	const struct tk_report_value *value;
	enum tk_stat stat;
};

const struct tk_facts *tk_facts_find(const char *name, const char *at);
const struct tk_report_field *tk_report_field_find(
    const struct tk_facts *facts, const char *name);
/* "answer.median"; false: there is none. */
bool tk_measure_find(struct tk_measure *out, const struct tk_facts *facts,
    const char *word);
/* N_(); "" for a sum. */
const char *tk_stat_title(enum tk_stat stat);

TK_MUST_CHECK enum tk_status tk_report_facts(const struct tk_facts **out,
    const struct tk_report_part *p, const char *path, struct tk_err *err);
/* Its fields, then its measures. columns NULL: as SQL; else as c0, c1 ... of
 * what is in it, to which is added what is missing. */
TK_MUST_CHECK enum tk_status tk_report_columns(struct tk_str *out,
    struct tk_strv *columns, const struct tk_report_part *p,
    const struct tk_facts *f, const char *path, bool total,
    struct tk_err *err);
/* "SELECT columns" of the facts in the period; its first values are the
 * query's. */
void tk_report_source(struct tk_str *out, const struct tk_facts *f,
    const char *columns, const struct tk_report_ask *ask);
/* The query with its values. */
void tk_report_add_query(struct tk_str *out, const struct tk_report_ask *ask);
/* Finds out, for the ask's rows, whether the query finds so many tickets that
 * it is faster to go through all facts of the period. */
void tk_report_measure(struct tk_index *ix, const struct tk_report_ask *ask);
/* The statement of a part, over rows that were fetched where that is not
 * NULL; no fields for the total. */
TK_MUST_CHECK enum tk_status tk_report_sql(struct tk_str *out,
    const struct tk_report_part *p, const char *path,
    const struct tk_report_ask *ask, bool total, struct tk_strv *fetched,
    struct tk_err *err);

/* The facts of a part fetched once, where several statements are about them:
 * *out has the columns there are, or is NULL: it does not pay. */
#define TK_REPORT_ROWS "temp.report_rows"
TK_MUST_CHECK enum tk_status tk_report_fetch(struct tk_index *ix,
    struct tk_strv **out, const struct tk_report_part *p, const char *path,
    const struct tk_report_ask *ask, struct tk_err *err);

/* tk_final() and its like in this connection, as the ask says. */
TK_MUST_CHECK enum tk_status tk_report_functions(struct tk_index *ix,
    const struct tk_report_ask *ask, struct tk_err *err);
/* Prepared, with the query's values and the period bound. */
TK_MUST_CHECK enum tk_status tk_report_prepare(struct tk_index *ix,
    sqlite3_stmt **out, const char *sql, const struct tk_report_ask *ask,
    struct tk_err *err);

#endif
