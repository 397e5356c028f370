/*
 * client-parting.h - may this client be parted with, as his tickets are?
 *
 * Purpose    Brings the client's tickets before the judge (rules/parting.h):
 *            for tk client retire and for pushes alike.
 * Errors     Those of the index and of the store; what the judge says is in
 *            the findings.
 */
#ifndef TK_CLIENT_PARTING_H
#define TK_CLIENT_PARTING_H

#include "desk/desk.h"

struct tk_client_parting {
	const char *client;
	const struct tk_actor *actor;
	bool comment;             /* a reason is given */
	struct tk_index *index;   /* knows all tickets but those of more */
	const struct tk_strv *more; /* ids; or NULL */
};

/* The tickets are read from the snapshot. */
TK_MUST_CHECK enum tk_status tk_client_parting_judge(struct tk_findings *out,
    struct tk_desk *desk, const struct tk_client_parting *p,
    struct tk_err *err);

#endif
