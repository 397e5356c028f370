/*
 * parcel.h - letters of one run of the sender.
 *
 * Purpose    Shared by send.c (letters of tickets), send-notice.c (notices to
 *            staff), send-report.c (reports by mail), hand-over.c (the program) and sent.c (which records).
 */
#ifndef TK_PARCEL_H
#define TK_PARCEL_H

#include "desk/desk.h"
#include "store/outbox.h"

enum tk_fate {
	TK_FATE_WAITS,
	TK_FATE_SENT,
	TK_FATE_FAILED,
};

struct tk_parcel {
	char ticket[64], message[64];
	char *name;   /* in the outbox */
	char *reason; /* of a failure, or NULL */
	enum tk_fate fate;
	bool recorded; /* in this transaction, or given up */
	bool done;     /* and that is certain */
	bool refused;  /* its ticket takes no record: a broken file */
};

struct tk_send_run {
	struct tk_desk *desk;
	char *dir;                /* the outbox */
	struct tk_strv sendmail;  /* the program's words */
	struct tk_parcel *v;
	size_t n, cap;
	int64_t now;
	bool all; /* back-off does not count */
	bool as_sent;              /* the program had it before: not called */
	const struct tk_strv *only; /* as_sent: letters of these tickets */
};

/* Give it to the program: sets the parcel's fate, and reason where it was
 * not taken. from "<>": nobody answers it. */
TK_MUST_CHECK enum tk_status tk_parcel_hand(struct tk_send_run *r,
    struct tk_parcel *p, const char *from, const struct tk_strv *to,
    const struct tk_str *raw, struct tk_err *err);
/* What the program writes by itself does not go where letters come back from
 * (rule 29): has it failed for that? */
bool tk_parcel_is_in_vain(struct tk_send_run *r, struct tk_parcel *p,
    const struct tk_strv *to, const struct tk_strv *cc);
/* After a failure that may pass: when to try again; t is of the outbox. Tried
 * for five days since then, it has failed. */
TK_MUST_CHECK enum tk_status tk_parcel_defer(struct tk_send_run *r,
    struct tk_parcel *p, struct tk_outbox_try *t, int64_t since,
    struct tk_err *err);

/* Notices in the outbox: sent, and forgotten. What waits or fails is told
 * and counted like the others. */
TK_MUST_CHECK enum tk_status tk_send_notices(
    struct tk_send_run *r, struct tk_err *err);
/* Their parcels, put into the run: name, ticket "notice", message: whom to. */
TK_MUST_CHECK enum tk_status tk_notices_gather(
    struct tk_send_run *r, struct tk_err *err);

/* Reports by mail: sent, and remembered as sent. */
#define TK_REPORT_PARCEL "report_"
TK_MUST_CHECK enum tk_status tk_reports_gather(
    struct tk_send_run *r, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_send_reports(
    struct tk_send_run *r, struct tk_err *err);
bool tk_report_is_sent(const struct tk_desk *desk, const char *name);

/* Write "sent" or "failed" into the tickets of all that do not wait, one
 * commit for the batch, then forget those letters in the outbox. */
TK_MUST_CHECK enum tk_status tk_sent_record(
    struct tk_send_run *r, struct tk_err *err);

/* Take out of the outbox what is recorded already and not in the run. */
void tk_sent_forget(const struct tk_send_run *r);

/* The letter as it leaves: signed, where its queue says so. One that cannot
 * be signed waits: what is promised signed does not come unsigned. */
TK_MUST_CHECK enum tk_status tk_parcel_sign(struct tk_send_run *r,
    const struct tk_parcel *p, const struct tk_message *m,
    struct tk_str *raw, struct tk_err *err);

#endif
