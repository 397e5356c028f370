/*
 * intake.h - a letter becomes a ticket or joins one.
 *
 * Purpose    The act for one letter inside a transaction, and the
 *            acknowledgement where the regulation wants one.
 * Ownership  The letter and its raw bytes are borrowed; tk_intake_clear()
 *            frees what is told.
 * Errors     TK_EREFUSED, TK_EINPUT: this letter cannot be taken in (it
 *            belongs in quarantine with the text); others go on.
 */
#ifndef TK_INTAKE_H
#define TK_INTAKE_H

#include "desk/desk.h"
#include "mail/letter.h"

/* Letters that become no ticket for now, or never. */
enum tk_aside {
	TK_ASIDE_NO,
	TK_ASIDE_HELD,     /* a person decides: tk hold */
	TK_ASIDE_REJECTED, /* the sender is told so, once a day */
	TK_ASIDE_BLOCKED,  /* the sender is not told */
};

struct tk_intake {
	char ticket[64];
	char message[32];  /* "" for a duplicate */
	char act[16];      /* open answer auto note bounce recover duplicate,
			    * held rejected blocked */
	char rule[200];    /* why this ticket */
	char from[64], to[64]; /* states */
	char ack[300];     /* "to ADDRESS", or "none: " and why */
	char queue[64];    /* of a new ticket */
	char reject_to[256]; /* rejected: whom to tell */
	bool over_queue;   /* no acknowledgement: the queue's limit */
	enum tk_aside aside;
	struct tk_strv acts;  /* what a colleague asked for by mail, and what
			       * became of it */
	struct tk_strv tried; /* the whole decision, a line a rule */
};

struct tk_intake_how {
	bool is_welcome;   /* a person has decided to hear it (tk hold) */
	const char *whole; /* of a letter that is only its beginning; or NULL */
	const struct tk_blob *blob; /* the raw bytes made ready; or NULL */
};

TK_MUST_CHECK enum tk_status tk_intake_letter(struct tk_intake *out,
    struct tk_tx *tx, struct tk_desk *desk, const struct tk_letter *letter,
    const struct tk_str *raw, const struct tk_intake_how *how,
    struct tk_err *err);
void tk_intake_clear(struct tk_intake *in);

/* Read, and refuse what no gateway should take: over 50 Received headers, no
 * sender. The text is the reason for the quarantine. */
TK_MUST_CHECK enum tk_status tk_intake_read(struct tk_letter *letter,
    const struct tk_str *raw, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_intake_read_as(struct tk_letter *letter,
    const struct tk_str *raw, const struct tk_reading *known,
    struct tk_err *err);
/* Read it again with what the desk knows: the charset of the sender's earlier
 * letters, where this one has too few to tell; the keys, where it is signed or
 * encrypted. */
TK_MUST_CHECK enum tk_status tk_intake_again(struct tk_letter *letter,
    struct tk_tx *tx, const struct tk_desk *desk, const struct tk_str *raw,
    struct tk_err *err);

#endif
