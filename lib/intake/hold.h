/*
 * hold.h - letters of strangers that wait for a person's decision.
 *
 * Purpose    $GIT_DIR/tk/hold/ is a maildir: new/ waits, cur/ was rejected or
 *            blocked and is kept. NAME is the hash of the letter, NAME.why
 *            beside it says in YAML who, when, what about and why. Nothing is
 *            ever dropped.
 * Ownership  tk_held_clear() frees.
 * Errors     TK_ENOENT no such letter; TK_EUSAGE several begin so.
 */
#ifndef TK_HOLD_H
#define TK_HOLD_H

#include "intake/intake.h"

struct tk_held {
	char *name;
	char *path; /* of the letter */
	char *at, *from, *subject, *queue, *why;
};

struct tk_held_list {
	struct tk_held *v;
	size_t n, cap;
};

/* By out->aside of an intake: durable in new/ or cur/. A sender who is to be
 * told of a rejection gets one letter a day, by way of the outbox. */
TK_MUST_CHECK enum tk_status tk_hold_put(struct tk_desk *desk,
    const struct tk_letter *letter, const struct tk_str *raw,
    const struct tk_intake *in, struct tk_err *err);

/* In the order of arrival; decided: those in cur/ instead. */
TK_MUST_CHECK enum tk_status tk_hold_list(struct tk_held_list *out,
    struct tk_desk *desk, bool decided, struct tk_err *err);
void tk_held_clear(struct tk_held_list *l);
/* The one that waits and begins with this. Borrowed from the list. */
TK_MUST_CHECK enum tk_status tk_hold_find(const struct tk_held **out,
    const struct tk_held_list *l, const char *name, struct tk_err *err);

/* new/ to cur/, with a word on why. */
TK_MUST_CHECK enum tk_status tk_hold_decided(struct tk_desk *desk,
    const struct tk_held *h, const char *why, struct tk_err *err);
/* It is in a ticket now. */
void tk_hold_release(const struct tk_held *h);

/* Tell the sender: the template "rejected", with this text or NULL. Composed
 * into the outbox; tk_send_pending() hands it over. */
TK_MUST_CHECK enum tk_status tk_hold_tell(struct tk_desk *desk,
    const char *to, const struct tk_letter *letter, const char *text,
    struct tk_err *err);

#endif
