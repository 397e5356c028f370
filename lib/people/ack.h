/*
 * ack.h - who has read the regulation.
 *
 * Purpose    acks/ID.yaml holds what ID has acknowledged: version, time and
 *            the id of the regulation's tree, recorded by a commit of that
 *            person, ssh-signed where git has a signing key.
 * Errors     TK_EEXIST this version was acknowledged already.
 */
#ifndef TK_ACK_H
#define TK_ACK_H

#include "desk/desk.h"
#include "store/sign.h"

/* Done by the desk's actor; *version is what was acknowledged. */
TK_MUST_CHECK enum tk_status tk_ack_record(
    struct tk_desk *desk, int *version, struct tk_err *err);

struct tk_ack_row {
	const struct tk_person *person;
	int64_t until;          /* may act without until then; INT64_MAX: has
				 * acknowledged, or need not */
	char commit[41];        /* of the newest acknowledgement, or "" */
	enum tk_signed is_signed;
};

/* Everybody who must, in the order of ids. rows is yours, free(3). */
TK_MUST_CHECK enum tk_status tk_ack_who(struct tk_ack_row **rows, size_t *n,
    struct tk_desk *desk, struct tk_err *err);

#endif
