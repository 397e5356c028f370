/*
 * head.h - the fields of a ticket's head that the index keeps.
 *
 * Purpose    One table: a row makes the column, fills it from ticket.yaml,
 *            and is a field of tk-query(7). A new field is a row of it.
 * Units      Times are seconds since the epoch, spans minutes; 0: none.
 * Note       Lists have no column: their values are rows of table many, and
 *            so are the fields of "extra" (extra.NAME).
 */
#ifndef TK_HEAD_H
#define TK_HEAD_H

#include "model/ticket.h"

enum tk_head_kind {
	TK_HEAD_NAME,   /* whole, in any case */
	TK_HEAD_PATH,   /* has all that is below it */
	TK_HEAD_TEXT,   /* any part; NAME_low beside it is in small letters */
	TK_HEAD_NUMBER, /* 0: none */
	TK_HEAD_SPAN,
	TK_HEAD_PAST,   /* a time; a span is its age */
	TK_HEAD_AHEAD,  /* a time to come; a span is counted from now */
	TK_HEAD_LIST,
};

struct tk_head_field {
	const char *name; /* of the column */
	const char *ask;  /* in a query; NULL: name */
	const char *key;  /* in the head, "due/response"; NULL: name */
	enum tk_head_kind kind;
	bool me;          /* "me" stands for a person */
	const char *(*text)(const struct tk_ticket *t);
	int64_t (*number)(const struct tk_ticket *t);
};

#define TK_HEAD_EXTRA "extra."

/* All of them; *n is set. */
const struct tk_head_field *tk_head_fields(size_t *n);

/* What a ticket has there: never NULL, 0 for none. */
const char *tk_head_text(
    const struct tk_head_field *f, const struct tk_ticket *t);
int64_t tk_head_number(
    const struct tk_head_field *f, const struct tk_ticket *t);
/* Appended. */
void tk_head_list(struct tk_strv *out, const struct tk_head_field *f,
    const struct tk_ticket *t);

/* Its column is of text. */
bool tk_head_is_text(const struct tk_head_field *f);

/* The columns that tell of a ticket, one after the other, at most 64, from
 * {0}; a name is name and end. false: there is no further one. */
struct tk_head_walk {
	size_t first, i;
	bool low;
	const char *name, *end;
};
bool tk_head_next(struct tk_head_walk *w);

#endif
