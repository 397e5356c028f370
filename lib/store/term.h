/*
 * term.h - what the query's own files share.
 *
 * Purpose    A query is read into a list of terms (query.c), each of a field
 *            of the table in query-sql.c, and each becomes a piece of SQL.
 *            A new field is a row of that table.
 * Ownership  Terms own their values; values own their text.
 * Errors     tk_term_bad() points at a value or at the term itself.
 */
#ifndef TK_TERM_H
#define TK_TERM_H

#include <stdint.h>

#include "store/query.h"

enum tk_term_op {
	TK_OP_IS, /* FIELD:VALUE */
	TK_OP_LT,
	TK_OP_LE,
	TK_OP_GT,
	TK_OP_GE,
};

struct tk_value {
	char *text;
	bool quoted; /* "none" and "me" are words then */
	size_t at;   /* the byte of the query where it begins */
};

struct tk_field;

struct tk_term {
	const struct tk_field *field;
	bool negated;
	enum tk_term_op op;
	struct tk_value *value; /* at least one */
	size_t n, cap;
	size_t at, len; /* bytes of the query */
};

struct tk_query {
	struct tk_str where, order;
	struct tk_strv values; /* for ? in where, then in order */
	struct tk_strv finals;
};

/* What a term becomes SQL with. */
struct tk_compiler {
	const char *text; /* the whole query */
	const struct tk_query_context *ctx;
	struct tk_str where, order;
	struct tk_strv values, order_values;
	struct tk_strv sorted; /* fields in order */
};

struct tk_field {
	const char *name;
	const char *column;
	/* Append the condition, without its negation, to where. */
	enum tk_status (*compile)(struct tk_compiler *c,
	    const struct tk_term *t, struct tk_err *err);
	/* Append what sort:FIELD goes by to order; NULL: nothing to go by. */
	void (*order)(struct tk_compiler *c, const struct tk_field *f);
	bool compares; /* < and > mean something */
	bool me;       /* so does "me" */
	bool orders;   /* it is no condition but an order */
};

/* NULL: there is none. */
const struct tk_field *tk_field_find(const char *name, size_t len);
/* The one of bare words. */
const struct tk_field *tk_field_word(void);

/* Append a term to the compiler's WHERE or ORDER BY. */
TK_MUST_CHECK enum tk_status tk_term_compile(struct tk_compiler *c,
    const struct tk_term *t, struct tk_err *err);

/* SQL, a blank and a ? for the number. */
void tk_term_add(struct tk_compiler *c, const char *sql, int64_t n);

/* The compile of fields that are times (query-time.c). */
TK_MUST_CHECK enum tk_status tk_term_by_time(struct tk_compiler *c,
    const struct tk_term *t, struct tk_err *err);

/* TK_EINPUT "column N: TERM: what"; at is a byte of the query. */
enum tk_status tk_term_bad(struct tk_err *err, const char *query,
    const struct tk_term *t, size_t at, const char *what);

#endif
