/*
 * compose.h - the one place where letters are made.
 *
 * Purpose    A letter to people outside (tk_compose) as mail-rules.md
 *            section 3 asks, and a MIME container for a note or a call with
 *            files (tk_compose_note), which has no recipients at all and so
 *            cannot be sent by mistake.
 * Ownership  The draft is borrowed; the letter is appended to out.
 * Source     RFC 5322, 2045-2047, 2231, 3676, 3834.
 * Errors     TK_EINPUT: an address or header that cannot be written safely.
 */
#ifndef TK_COMPOSE_H
#define TK_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct tk_draft_file {
	const char *name; /* UTF-8 */
	const char *type; /* NULL: by the name and content */
	const void *data;
	size_t len;
};

struct tk_draft {
	const char *from_name;  /* or NULL */
	const char *from;       /* address */
	const struct tk_strv *to;  /* "Name <a@b>" or "a@b" */
	const struct tk_strv *cc;  /* or NULL */
	const char *reply_to;   /* or NULL */
	const char *subject;    /* complete, with tag; UTF-8 */
	const char *message_id; /* without <> */
	const struct tk_strv *references; /* oldest first; cut to about 20 with
					   * the first kept; last = In-Reply-To */
	int64_t date;
	const char *text;       /* UTF-8, LF */
	const char *language;   /* "ru" or NULL: Content-Language */
	bool automatic;         /* RFC 3834 headers, Precedence, suppression */
	const char *auto_kind;  /* "auto-replied" or "auto-generated" */
	const char *loop;       /* desk id for X-Tk-Loop; or NULL */
	const char *ticket;     /* for X-Tk-Ticket; or NULL */
	const struct tk_draft_file *files;
	size_t n_files;
};

TK_MUST_CHECK enum tk_status tk_compose(
    struct tk_str *out, const struct tk_draft *draft, struct tk_err *err);

/* text and files as a MIME letter without From, To or any other recipient. */
TK_MUST_CHECK enum tk_status tk_compose_note(struct tk_str *out,
    const char *text, const struct tk_draft_file *files, size_t n_files,
    int64_t date, struct tk_err *err);

/* The subject of an answer: one "Re:", and "[TK-1]" once. */
void tk_compose_subject(
    struct tk_str *out, const char *subject, const char *ticket);

#endif
