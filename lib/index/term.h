/*
 * term.h - what the query's own files share.
 *
 * Purpose    A query is read into a tree (query.c): terms joined by and, or
 *            and not. Each term is of a field (query-field.c: those of head.h
 *            and a table of others) and becomes a piece of SQL (query-sql.c,
 *            query-time.c, query-word.c).
 * Ownership  Nodes own what is below them; values own their text.
 * Errors     tk_term_bad() points at a value or at the term itself.
 */
#ifndef TK_TERM_H
#define TK_TERM_H

#include <stdint.h>

#include "index/head.h"
#include "index/query.h"

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
	bool negated; /* by "!=" */
	enum tk_term_op op;
	struct tk_value *value; /* at least one */
	size_t n, cap;
	size_t at, len; /* bytes of the query */
};

enum tk_node_kind {
	TK_NODE_TERM,
	TK_NODE_AND,
	TK_NODE_OR,
	TK_NODE_NOT, /* of one */
};

struct tk_node {
	enum tk_node_kind kind;
	struct tk_term term;
	struct tk_node **v;
	size_t n, cap;
};

struct tk_query {
	struct tk_str where, order;
	struct tk_strv values; /* for ? in where, then in order */
	size_t where_values;   /* how many of them are where's */
	struct tk_strv finals;
	/* The same without what is looked for in texts, and that as FTS5
	 * expressions, all of which must hold; and the stems to show. */
	struct tk_str rest;
	struct tk_strv rest_values, words, shown, shown_prefixes;
};

/* What a query becomes SQL with. */
struct tk_compiler {
	const char *text; /* the whole query */
	const struct tk_query_context *ctx;
	struct tk_str where, order;
	struct tk_strv values, order_values;
	struct tk_strv sorted; /* fields in order */
	struct tk_str rest;
	struct tk_strv rest_values, words, shown, shown_prefixes;
	struct tk_stemmer *stemmer;
	bool states;           /* something is said about states */
	bool top;              /* the term at hand must hold for the whole */
};

struct tk_field {
	const char *name; /* in a query */
	const char *column;
	/* Append the condition, without its negation, to where. */
	enum tk_status (*compile)(struct tk_compiler *c,
	    const struct tk_term *t, struct tk_err *err);
	/* Append what sort:FIELD goes by to order; NULL: nothing to go by. */
	void (*order)(struct tk_compiler *c, const struct tk_field *f);
	bool compares; /* < and > mean something */
	bool ahead;    /* a time to come */
	bool me;       /* "me" stands for a person */
	bool orders;   /* it is no condition but an order */
	bool states;   /* says which states are wanted */
};

/* NULL: there is none. */
const struct tk_field *tk_field_find(const char *name, size_t len);
/* The one of bare words. */
const struct tk_field *tk_field_word(void);

/* Read the text into a tree, *out NULL for nothing; orders go to c. */
TK_MUST_CHECK enum tk_status tk_node_read(struct tk_node **out,
    struct tk_compiler *c, struct tk_err *err);
void tk_node_free(struct tk_node *n);

/* SQL, a blank and a ? for the value. */
void tk_term_add(struct tk_compiler *c, const char *sql, int64_t n);
void tk_term_add_text(struct tk_compiler *c, const char *sql, const char *text);
/* The same for a condition that compares with these: (?, ?). */
void tk_term_add_list(
    struct tk_str *sql, struct tk_strv *values, const struct tk_strv *list);

bool tk_value_is(const struct tk_value *v, const char *word); /* no quotes */
bool tk_value_is_none(const struct tk_value *v);
const char *tk_op_text(enum tk_term_op op);
/* FROM..TO with one of them, either free(3)d; "" is open. */
bool tk_value_range(char **from, char **to, const struct tk_value *v);

/* How fields are asked (query-sql.c, query-ask.c, query-time.c,
 * query-word.c). */
typedef enum tk_status tk_compile_fn(
    struct tk_compiler *c, const struct tk_term *t, struct tk_err *err);
tk_compile_fn tk_ask_name, tk_ask_path, tk_ask_text, tk_ask_number,
    tk_ask_span, tk_ask_list, tk_ask_id, tk_ask_is, tk_ask_closed,
    tk_ask_breached, tk_ask_by, tk_ask_participant, tk_ask_messages,
    tk_ask_time, tk_ask_word, tk_ask_letter, tk_ask_order;
typedef void tk_order_fn(struct tk_compiler *c, const struct tk_field *f);
tk_order_fn tk_order_column, tk_order_id, tk_order_priority, tk_order_closed,
    tk_order_ahead;

/* Appends state IN (...) of those that are not final; an index serves it. */
void tk_ask_open(struct tk_compiler *c);

/* An id as people write it: before, and a condition. */
bool tk_ask_one_id(struct tk_compiler *c, const char *text, const char *before);

/* TK_EINPUT "column N: TERM: what", the query and a caret below it; at is a
 * byte of the query. */
enum tk_status tk_term_bad(struct tk_err *err, const char *query,
    const struct tk_term *t, size_t at, const char *what);

#endif
