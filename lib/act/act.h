/*
 * act.h - the only door through which a ticket changes.
 *
 * Purpose    One act by one actor on one ticket: read it as it is in the
 *            transaction, append to its log, fold, judge, write ticket,
 *            message and letter, commit with trailers.
 * Ownership  A request borrows all it points to, but fills in the message's
 *            name, at and by.
 * Errors     TK_EREFUSED, TK_EDENIED with one line a finding (rule, what is
 *            missing, remedy); nothing was put then, and the transaction may
 *            go on with the next act.
 */
#ifndef TK_ACT_H
#define TK_ACT_H

#include "desk/desk.h"
#include "model/id.h"

struct tk_request {
	const char *id;           /* NULL: a new ticket */
	const char *act;          /* open take assign ... */
	const struct tk_actor *actor;
	const struct tk_yaml *set; /* fields, null removes; or NULL */
	const char *state;        /* for status, close, reopen: where to */
	struct tk_message *msg;   /* kind and text given; or NULL */
	const struct tk_str *raw; /* the letter beside it; or NULL */
	const struct tk_blob *blob; /* the same made ready; or NULL */
	const char *stems;        /* of the message's text; or NULL */
	const char *about;        /* an older message the act is about (sent) */
	const char *rule;         /* for the log: why here */
	const struct tk_yaml *step; /* for the log: see rules/duty.h; or NULL */
	bool no_commit;           /* tk_act_commit() comes later */
	int64_t at;               /* 0: now */
};

struct tk_done {
	char id[64];
	char commit[41];
	char from[64], to[64]; /* states; from is "" for a new ticket */
	char message[32];      /* "" if none */
	bool closed;           /* it was final, and is */
};

TK_MUST_CHECK enum tk_status tk_act(struct tk_tx *tx, struct tk_desk *desk,
    struct tk_request *req, struct tk_done *done, struct tk_err *err);

/* One commit for acts that were put with no_commit: records of the program,
 * one ticket each, that are one act ("sent", once per batch). */
TK_MUST_CHECK enum tk_status tk_act_commit(struct tk_tx *tx,
    const struct tk_actor *actor, int64_t at, const char *text,
    struct tk_err *err);

/*
 * The same act on many tickets in one transaction: what is refused is
 * skipped, and its reasons are the lines of err. make fills the request for one id; it runs
 * again when a race was lost. Many are taken in several transactions, so that
 * others get their turn: where a later one fails, the first stay done, and it
 * is TK_EREFUSED. The status is the worst of all.
 */
struct tk_bulk {
	const struct tk_strv *ids;
	enum tk_status (*make)(struct tk_tx *tx, struct tk_desk *desk,
	    const char *id, struct tk_done *done, void *arg, struct tk_err *err);
	void (*told)(const struct tk_done *done, void *arg); /* after the
			    * branch has moved, for each act done; or NULL */
	void *arg;
};
TK_MUST_CHECK enum tk_status tk_act_bulk(
    struct tk_desk *desk, const struct tk_bulk *bulk, struct tk_err *err);

/* The id a ticket opened now would get. */
TK_MUST_CHECK enum tk_status tk_next_id(struct tk_str *out, struct tk_tx *tx,
    const struct tk_desk *desk, struct tk_err *err);

#endif
