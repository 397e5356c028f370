/*
 * body.h - which parts of a letter are its text, and that text.
 *
 * Ownership  tk_body_clear() frees.
 * Source     RFC 2046 section 5.1; mail-rules 64, 71.
 */
#ifndef TK_BODY_H
#define TK_BODY_H

#include "mail/charset.h"
#include "mail/mime.h"

struct tk_body {
	struct tk_str text; /* UTF-8, clean, quotes not yet folded */
	struct tk_str below; /* what calendar parts say */
	struct tk_str stub; /* a text/plain that only says "see the HTML" */
	char *declared;     /* charset of the first text part, or "" */
	char used[TK_CHARSET_MAX];
	bool from_html;
};

/* Sets the role of each leaf. */
void tk_body_roles(struct tk_mime *m);

/* Is it counted among the attachments? */
bool tk_leaf_is_file(const struct tk_leaf *leaf);

/* Fills body from the leaves that have the role of text. hint: the charset
 * that raw bytes of the header are in, or NULL. */
void tk_body_read(
    struct tk_body *body, const struct tk_mime *m, const char *hint);
void tk_body_clear(struct tk_body *body);

/* Appends the text of one leaf in UTF-8; used, where not NULL, is what it was
 * read as. HTML becomes plain text. */
void tk_body_leaf(struct tk_str *out, const struct tk_mime *m, size_t i,
    const char *hint, char used[TK_CHARSET_MAX]);

#endif
