/*
 * letter.h - a letter as the rest of tk sees it.
 *
 * Purpose    Reading a raw letter (RFC 5322, MIME) into a plain record in
 *            UTF-8. The raw bytes stay the authority; this is a view.
 * Ownership  tk_letter_read() fills a record that tk_letter_clear() frees.
 *            Strings are never NULL unless it is said.
 * Units      Sizes are bytes, times seconds since the epoch.
 * Errors     TK_EINPUT: nothing to read, or past a limit of mail-rules 5;
 *            the text says which. A broken letter is read leniently instead.
 */
#ifndef TK_LETTER_H
#define TK_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum tk_letter_class {
	TK_LETTER_NORMAL,
	TK_LETTER_BOUNCE, /* a delivery report (RFC 3464 and its elders) */
	TK_LETTER_AUTO,   /* written by a program (RFC 3834) */
	TK_LETTER_LIST,   /* bulk or list mail (RFC 2919, RFC 2369) */
};

struct tk_address {
	char *name; /* decoded display name, "" if none */
	char *addr; /* local@domain, as written; domain in lower case */
};

struct tk_addresses {
	struct tk_address *v;
	size_t n, cap;
};

struct tk_part { /* an attachment */
	char *name;      /* decoded, path and controls stripped; never "" */
	char *type;      /* "image/png" */
	char *cid;       /* Content-ID without <>, or "" */
	size_t size;     /* decoded */
	char sha256[65]; /* of the decoded bytes, hex */
	bool is_inline;  /* shown inside the text (has a cid and is an image) */
};

struct tk_letter {
	char *subject;
	struct tk_addresses from, reply_to, to, cc;
	char *return_path;       /* "" is <>, NULL: header absent */
	char *delivered_to;      /* Delivered-To / X-Original-To / Envelope-To, or "" */
	struct tk_strv rcpts;    /* every address in To, Cc, Resent-*, Delivered-To */
	int64_t date;            /* Date:, or 0 where missing or unreadable */
	char *message_id;        /* without <>, "" where missing or nonsense */
	struct tk_strv references; /* ids without <>: References then In-Reply-To,
				    * oldest first, no repeats, junk left out */
	enum tk_letter_class class;
	char *class_rule;        /* why, e.g. "Auto-Submitted: auto-replied"; "" */
	struct tk_str text;      /* new text, UTF-8, LF; quotes folded away */
	struct tk_str quoted;    /* what was folded: quotes, signature; or empty */
	char *charset_declared;  /* of the text part, or "" */
	char *charset_used;      /* what it was read as: "utf-8", "windows-1251" */
	bool charset_unsure;     /* by too few letters to be certain */
	bool from_html;          /* the text was made from text/html */
	struct tk_part *parts;   /* attachments, in order */
	size_t n_parts, parts_cap;
	struct tk_strv auth;     /* Authentication-Results, whoever wrote them;
				  * see mail/auth.h */
	char *signature;         /* "good, pgp, ADDRESS, KEY", or "" */
	char *encrypted;         /* "pgp, read", or "" */
	bool other_signer;       /* a good one, of another than From */
	bool is_signed;          /* there is a signature, looked at or not */
	bool sealed;             /* the raw letter alone does not tell what it
				  * says: encrypted, or inside a signature */
	char *loop;              /* X-Tk-Loop, or "" */
	int received;            /* number of Received: headers */
	struct tk_addresses inner_from; /* who wrote that one */
	struct tk_strv inner_ids; /* Message-ID, then In-Reply-To and References
				   * of a forwarded letter (message/rfc822) */
	struct tk_strv bounced_ids; /* bounce: Message-IDs of the letter inside */
	char *bounced_rcpt;      /* bounce: the address that failed, or "" */
	char *bounced_status;    /* bounce: "5.1.1", or "" */
	char *bounced_action;    /* bounce: failed, delayed, delivered ... or "" */
	char sha256[65];         /* of the raw letter */
	char body_sha256[65];    /* of the bytes after the header */
};

/* What is known before the letter is looked at. */
struct tk_reading {
	const char *charset; /* what this sender wrote in before; or NULL */
	const char *gnupg;   /* the folder of keys; NULL: the user's own */
	bool verify;         /* look at signatures: this runs gpg */
	bool decrypt;        /* open what is encrypted, too */
};

TK_MUST_CHECK enum tk_status tk_letter_read(struct tk_letter *letter,
    const void *raw, size_t len, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_letter_read_as(struct tk_letter *letter,
    const void *raw, size_t len, const struct tk_reading *known,
    struct tk_err *err);
void tk_letter_clear(struct tk_letter *letter);
/* Does this subject say "forwarded", in one of the usual languages? */
bool tk_letter_is_forward(const char *subject);

/* The decoded bytes of attachment number n (from 0, the order of parts). */
TK_MUST_CHECK enum tk_status tk_letter_part(struct tk_str *out,
    const void *raw, size_t len, size_t n, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_letter_part_as(struct tk_str *out,
    const void *raw, size_t len, size_t n, const struct tk_reading *known,
    struct tk_err *err);

/* The attachments of a letter that is too large for the desk, out of its file:
 * letter gets its parts and nothing else. */
TK_MUST_CHECK enum tk_status tk_letter_file_parts(
    struct tk_letter *letter, const char *path, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_letter_file_part(
    struct tk_str *out, const char *path, size_t n, struct tk_err *err);

/* The whole text of the body, quotes and signature where they stand;
 * appended. plain: it is one text/plain and nothing else, so that every mail
 * program shows the same. */
TK_MUST_CHECK enum tk_status tk_letter_body(struct tk_str *out, bool *plain,
    const void *raw, size_t len, struct tk_err *err);

/* "normal", "bounce", "auto", "list". */
const char *tk_letter_class_name(enum tk_letter_class class);

/* "Иван <ivan@a.example>" into one record each; junk gives none. */
void tk_addresses_parse(struct tk_addresses *out, const char *text);
void tk_addresses_clear(struct tk_addresses *a);
/* One well-formed address with a local part and a domain, nothing else. */
bool tk_address_valid(const char *addr);

#endif
