/*
 * send.h - what was committed to go out, going out.
 *
 * Purpose    The truth of what must go out is in the tickets: outgoing
 *            messages without a "sent" or "failed" entry. Each goes through
 *            the outbox to tk.sendmail and is recorded afterwards, one commit
 *            per batch. A crash anywhere loses nothing; only a crash between
 *            sendmail's success and the rename that follows it can send a
 *            letter twice.
 * Errors     TK_EOUTPUT: some letters wait for another try, or failed; the
 *            text says which. Only the gate sends: elsewhere nothing is done.
 */
#ifndef TK_SEND_H
#define TK_SEND_H

#include "desk/desk.h"

struct tk_sent {
	size_t sent, waiting, failed;
};

/*
 * git config: the desk came from a backup made then (RFC 3339). Letters that
 * wait in it may have gone out since, so nothing is sent (TK_EREFUSED) until
 * somebody has looked: tk send --as-sent, --release.
 */
#define TK_SEND_HELD "tk.sendHeld"

struct tk_send {
	bool now;          /* do not wait for the next try's time */
	bool only_notices; /* what staff are told (notice.h), nothing else */
	bool as_sent;      /* it has gone out before: record, send nothing */
	const struct tk_strv *only; /* as_sent: of these tickets; NULL: all */
	/* Called with one line for each letter, or NULL. */
	void (*told)(const char *line, void *arg);
	void *arg;
};

/* Notices to staff are derived first, and go out behind the letters. how NULL
 * is all of it, told to nobody, behind an act: where another is sending, it is
 * left to him. Whoever sends looks for such letters when he is done. */
TK_MUST_CHECK enum tk_status tk_send_pending(struct tk_desk *desk,
    const struct tk_send *how, struct tk_sent *count, struct tk_err *err);

/* The same behind an act that is done: what goes wrong is a warning. In a
 * clone it is said, unless quiet, that it goes out later. */
void tk_send_now(struct tk_desk *desk, bool quiet);

/* send-held.c. Since when, or NULL; free(3). */
char *tk_send_is_held(const struct tk_desk *desk);
/* From here on letters go out again. */
TK_MUST_CHECK enum tk_status tk_send_release(
    struct tk_desk *desk, struct tk_err *err);
/* May this run send? */
TK_MUST_CHECK enum tk_status tk_send_may(const struct tk_desk *desk,
    const struct tk_send *how, struct tk_err *err);

/* One line for each letter that waits: TICKET MESSAGE TRIES NEXT REASON; of
 * a notice "notice PERSON ...". */
TK_MUST_CHECK enum tk_status tk_send_status(
    struct tk_desk *desk, struct tk_strv *lines, struct tk_err *err);

#endif
