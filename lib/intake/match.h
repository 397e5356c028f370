/*
 * match.h - which ticket a letter belongs to.
 *
 * Purpose    First hit wins: the letter a bounce is about; the plus-address
 *            token; In-Reply-To and References against every Message-ID that
 *            came in or went out; a letter that a colleague forwards as a
 *            file; the subject tag, only from a participant or the same
 *            client; a partner's number; the key of a monitoring program.
 *            A merely similar subject joins nothing, it is only told of.
 *            Then: merged tickets are followed, tickets closed long ago are
 *            not opened again.
 * Ownership  tk_match_clear() frees "tried".
 * Source     RFC 3464, RFC 5233, RFC 5322 section 3.6.4.
 */
#ifndef TK_MATCH_H
#define TK_MATCH_H

#include "desk/desk.h"
#include "intake/sender.h"

struct tk_match {
	char ticket[64];  /* "": none, a new ticket */
	char rule[200];   /* which rule decided: "in-reply-to <id>" */
	char follows[64]; /* new ticket because this one was closed long ago */
	bool duplicate;   /* the very letter is there already, in ticket */
	bool is_quiet;    /* opened again too often: it moves nothing */
	const struct tk_sender_rule *monitor; /* of the desk, or NULL */
	bool is_recovery; /* monitor: all is well again */
	char key[256];    /* monitor's, for the field "monitor"; or "" */
	char partner[256]; /* their number, for "partner_ref"; or "" */
	struct tk_strv tried; /* a line for each rule: number, name, yes or no,
			       * why */
};

/* Its Message-ID; a letter without one is known by its content. malloc'd. */
char *tk_letter_id(const struct tk_letter *letter);

TK_MUST_CHECK enum tk_status tk_match_letter(struct tk_match *out,
    struct tk_tx *tx, struct tk_desk *desk, const struct tk_letter *letter,
    const struct tk_sender *sender, struct tk_err *err);
void tk_match_clear(struct tk_match *m);

/* Does this address take part in the ticket: wrote or was written to, is on
 * the staff, or is of the ticket's client? */
TK_MUST_CHECK enum tk_status tk_match_belongs(bool *may, struct tk_tx *tx,
    struct tk_desk *desk, const char *from, const char *id,
    struct tk_err *err);

/* The queue that one of the letter's addresses belongs to, or NULL. */
const struct tk_queue *tk_match_queue(
    const struct tk_desk *desk, const struct tk_letter *letter);

#endif
