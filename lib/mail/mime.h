/*
 * mime.h - the parts of a letter, flattened.
 *
 * Purpose    The door to GMime for reading: above it nobody sees its types.
 * Note       GMime is given the Content- fields and the body, no more: it
 *            takes minutes over an address field of 200 KiB made to hurt.
 * Errors     TK_EINPUT: more parts or deeper than mail-rules 5 allows.
 * Source     RFC 2045, RFC 2046; mail-rules 5.
 */
#ifndef TK_MIME_H
#define TK_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "mail/header.h"

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
	bool empty;        /* a file without a byte in it */
	void *object;      /* GMime's; NULL: bytes */
	struct tk_str bytes; /* of a part that was inside of another */
	char *name;        /* of such a file, UTF-8; else NULL */
};

struct tk_mime {
	struct tk_leaf *v;
	size_t n, cap;
	char *top;    /* type of the outermost part */
	char *report; /* its report-type, or "" */
	void *message;
	void *inner;      /* what was inside of an encrypted one, or NULL */
	char *signature;  /* as in tk_letter; NULL where there is none */
	char *encrypted;
	bool is_signed, sealed;
};

struct tk_reading;

TK_MUST_CHECK enum tk_status tk_mime_open(struct tk_mime **out,
    const struct tk_headers *h, const char *body, size_t len,
    const struct tk_reading *known, struct tk_err *err);
/* The same of a letter in a file, which stays there and must stay open: for
 * its attachments, nothing is decrypted or unpacked. */
TK_MUST_CHECK enum tk_status tk_mime_open_file(
    struct tk_mime **out, int fd, size_t len, struct tk_err *err);
void tk_mime_free(struct tk_mime *m);
void tk_leaf_clear(struct tk_leaf *leaf);

/* Each winmail.dat that can be read gives way to the files in it, and to its
 * text where the letter has no other. tk_mime_open() has called it. */
void tk_mime_unpack(struct tk_mime *m);

/* Appends the decoded bytes of leaf i; a message/rfc822 as it stands. */
void tk_mime_data(struct tk_str *out, const struct tk_mime *m, size_t i);
/* The same, where max bytes or some more are enough. */
void tk_mime_data_max(
    struct tk_str *out, const struct tk_mime *m, size_t i, size_t max);

/* What would cost GMime too much time or memory. */
TK_MUST_CHECK enum tk_status tk_mime_counts(
    const char *raw, size_t len, struct tk_err *err);
/* The same, and size. */
TK_MUST_CHECK enum tk_status tk_mime_limits(
    const char *raw, size_t len, struct tk_err *err);

/* Is there no byte in it? */
bool tk_mime_is_empty(const struct tk_mime *m, size_t i);

/* The fingerprint and, returned, the size of those bytes: a large part is
 * not kept for it. */
size_t tk_mime_sum(char sha256[65], const struct tk_mime *m, size_t i);

/* The time in a Date: field, or 0 where it cannot be read. */
int64_t tk_mime_date(const char *raw);

/* Sets up GMime, once in the life of the process. */
void tk_mime_init(void);

#endif
