/*
 * parcel.h - letters of one run of the sender.
 *
 * Purpose    Shared by send.c (which sends) and sent.c (which records).
 */
#ifndef TK_PARCEL_H
#define TK_PARCEL_H

#include "desk/desk.h"

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
	bool recorded; /* in this round, or given up */
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
};

/* Write "sent" or "failed" into the tickets of all that do not wait, one
 * commit for the batch, then forget those letters in the outbox. */
TK_MUST_CHECK enum tk_status tk_sent_record(
    struct tk_send_run *r, struct tk_err *err);

#endif
