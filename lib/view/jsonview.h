/*
 * jsonview.h - records as JSON, for programs.
 *
 * Purpose    What --json prints: the same names as in the files, times as
 *            RFC 3339, absent fields left out.
 * Ownership  What is returned is yours until it is added to a parent.
 */
#ifndef TK_JSONVIEW_H
#define TK_JSONVIEW_H

#include "base/json.h"
#include "model/message.h"
#include "model/ticket.h"

/* Plain whole numbers, true, false and null become JSON's own where their
 * text is exactly that; all else is a string. */
struct tk_json *tk_jsonview_yaml(const struct tk_yaml *y);

/* {"id": ..., the head ..., "log": [...] where log is set}. */
struct tk_json *tk_jsonview_ticket(const struct tk_ticket *t, bool log);

/* number is the message's place in the ticket, from 1; 0: not told. */
struct tk_json *tk_jsonview_message(const struct tk_message *m, size_t number);

enum tk_jsonview_kind {
	TK_JSONVIEW_TEXT,   /* NULL and "" are null */
	TK_JSONVIEW_NUMBER,
	TK_JSONVIEW_TIME,   /* 0 is null */
	TK_JSONVIEW_BOOL,
};

struct tk_jsonview_field {
	const char *key;
	enum tk_jsonview_kind kind;
	const char *text;
	int64_t number; /* the number, seconds since the epoch, or 0 and 1 */
};

/* One row of a list. */
struct tk_json *tk_jsonview_record(
    const struct tk_jsonview_field *field, size_t n);

#endif
