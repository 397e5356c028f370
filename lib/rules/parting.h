/*
 * parting.h - what the regulation says to parting with a client.
 *
 * Purpose    relations.yaml, "refuse_client": by whom, and that it ended
 *            well. The tickets of the client are shown one by one; then all
 *            that is missing is told at once.
 * Ownership  A parting borrows actor and client; clear frees the rest.
 * Units      Seconds since the epoch.
 */
#ifndef TK_PARTING_H
#define TK_PARTING_H

#include "rules/judge.h"

struct tk_parting {
	const struct tk_actor *actor;
	const char *client;
	bool comment;    /* a reason is given */
	char *open;      /* a ticket that is not done with; or NULL */
	char *last;      /* the one that was closed last; or NULL */
	char *state;     /* of the last one */
	bool positive;   /* this is a state to part in */
	int64_t closed;  /* when */
};

/* A ticket of the client, in any order. */
void tk_parting_add(struct tk_parting *p, const struct tk_ticket *t,
    const struct tk_regulation *r);
void tk_parting_judge(struct tk_findings *out, const struct tk_parting *p,
    const struct tk_regulation *r);
void tk_parting_clear(struct tk_parting *p);

#endif
