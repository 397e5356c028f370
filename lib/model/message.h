/*
 * message.h - one letter, call, chat or note, as people read it.
 *
 * Purpose    STAMP-HASH.yaml beside the raw letter. Written once, never
 *            changed.
 * Ownership  A record; clear frees all. Strings may be NULL: absent.
 * Units      Sizes are bytes; at is seconds since the epoch.
 */
#ifndef TK_MESSAGE_H
#define TK_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"
#include "base/str.h"

#define TK_TEXT_MAX (1024 * 1024) /* bytes of text kept in the view */

/* At the end of "signature", where the key is of another than "from". */
#define TK_NOT_THE_SENDER " - NOT THE SENDER"
#define TK_CHARSET_UNSURE ", unsure" /* at the end of "charset" */

struct tk_file_info {
	int part;     /* number of the part in the raw letter, from 1 */
	char *name;
	char *type;
	size_t size;
	char *sha256;
	bool is_inline; /* a picture that stands in the text */
};

struct tk_message {
	char *name;      /* 20261122T061502Z-5f3a09c1; not in the file */
	char *kind;      /* request reply note auto bounce call chat visit */
	char *by;        /* staff id, address, or tk */
	int64_t at;
	char *channel;   /* mail phone ... */
	char *from;      /* "Имя <address>" */
	struct tk_strv to, cc;
	char *subject;
	char *message_id; /* without <> */
	struct tk_strv references;
	char *rule;      /* which rule attached it to this ticket */
	char *class_rule; /* why it is automatic */
	char *charset;   /* "declared" or "declared, read as used", and
			  * TK_CHARSET_UNSURE where few letters decided */
	char *auth;      /* what our own mail system wrote about the sender */
	char *verified;  /* "dkim romashka.example": From is who it says */
	char *whole;     /* of a letter of which only the beginning is here:
			  * "SHA256 BYTES" */
	char *ack;       /* whom it was acknowledged to, or why to nobody */
	char *signature; /* "good, pgp, ADDRESS, KEY" */
	char *encrypted; /* "pgp, read", or why it was not */
	char *bounced;   /* "address status" of a delivery report */
	char *text;      /* UTF-8, LF */
	char *quoted;    /* the tail that was folded away */
	struct tk_file_info *file;
	size_t n_files, files_cap;
	char *sha256;      /* of the raw letter beside it; NULL: there is none */
	char *body_sha256; /* of its bytes after the header */
	bool fixed;        /* all of it lies in a pool, its name too */
};

TK_MUST_CHECK enum tk_status tk_message_read(struct tk_message *m,
    const char *data, size_t len, const char *path, struct tk_err *err);
/* Of many that go together: what it is made of lies in the pool, where the
 * file is as tk writes it; any other is read as above. */
TK_MUST_CHECK enum tk_status tk_message_read_in(struct tk_message *m,
    struct tk_pool *pool, const char *data, size_t len, const char *path,
    struct tk_err *err);
void tk_message_write(struct tk_str *out, const struct tk_message *m);
void tk_message_clear(struct tk_message *m);
struct tk_file_info *tk_message_add_file(struct tk_message *m);

/* What the letter was read as; "" where that is not said. Borrowed, up to a
 * comma or the end. */
const char *tk_message_charset(const struct tk_message *m, size_t *len);

/* Goes out to people: reply, or an automatic letter of ours. Notes do not. */
bool tk_message_is_outgoing(const struct tk_message *m);
/* Set name from at and the content (the raw letter's or the text's hash). */
void tk_message_set_name(struct tk_message *m, const char *content_sha256);

#endif
