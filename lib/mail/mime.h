/*
 * mime.h - the parts of a letter, flattened.
 *
 * Purpose    The door to GMime for reading: above it nobody sees its types.
 * Ownership  A tk_mime borrows the raw letter, which must outlive it.
 * Errors     TK_EINPUT: more parts or deeper than mail-rules 5 allows.
 * Source     RFC 2045, RFC 2046; mail-rules 5.
 */
#ifndef TK_MIME_H
#define TK_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define TK_MIME_DEPTH 20
#define TK_MIME_PARTS 1000
#define TK_MIME_SIZE ((size_t)64 * 1024 * 1024)

enum tk_leaf_role {
	TK_LEAF_FILE, /* an attachment */
	TK_LEAF_TEXT, /* text/plain of the body */
	TK_LEAF_HTML, /* text/html of the body */
};

struct tk_leaf {
	char *type;        /* "image/png", lower case, never "" */
	char *content;     /* Content-Type as it stands, or "" */
	char *disposition; /* Content-Disposition as it stands, or "" */
	char *cid;         /* without <>, or "" */
	int alternative;   /* which multipart/alternative it is in, or -1 */
	bool report;       /* stands directly in a multipart/report */
	bool message;      /* a whole letter: message/rfc822 */
	bool whole;        /* the only part there is */
	enum tk_leaf_role role;
	bool named;        /* text of the body that is a file as well */
	void *object;      /* GMime's */
};

struct tk_mime {
	struct tk_leaf *v;
	size_t n, cap;
	char *top;    /* type of the outermost part */
	char *report; /* its report-type, or "" */
	void *message;
};

TK_MUST_CHECK enum tk_status tk_mime_open(struct tk_mime **out,
    const char *raw, size_t len, struct tk_err *err);
void tk_mime_free(struct tk_mime *m);

/* Appends the decoded bytes of leaf i; a message/rfc822 as it stands. */
void tk_mime_data(struct tk_str *out, const struct tk_mime *m, size_t i);

/* Counts the boundary lines before anything is built from them. */
TK_MUST_CHECK enum tk_status tk_mime_limits(
    const char *raw, size_t len, struct tk_err *err);

/* Sets up GMime, once in the life of the process. */
void tk_mime_init(void);

#endif
