/*
 * open.h - a ticket opened by hand: phone, visit, chat, fax.
 *
 * Errors     TK_EINPUT what was given does not fit; TK_EREFUSED the
 *            regulation wants more.
 */
#ifndef TK_OPEN_H
#define TK_OPEN_H

#include "act/act.h"
#include "act/letter.h"

struct tk_open {
	const struct tk_actor *actor;
	const char *subject, *text;
	const char *channel;   /* NULL: phone */
	const char *type, *queue, *priority, *category; /* NULL: the default */
	const char *client;    /* id; NULL: by the requester */
	const char *requester; /* "Имя <a@b>", a name or a phone; or NULL */
	const char *assignee;  /* or NULL */
	const struct tk_attachments *files; /* or NULL */
	bool ack;              /* write to the requester that it is here */
};

TK_MUST_CHECK enum tk_status tk_open_act(struct tk_tx *tx,
    struct tk_desk *desk, const struct tk_open *open, struct tk_done *done,
    struct tk_err *err);

/* The fields every new ticket starts with; NULLs are the defaults of the
 * regulation. TK_EINPUT: no such process. */
TK_MUST_CHECK enum tk_status tk_open_fields(struct tk_yaml *set,
    const struct tk_regulation *reg, const char *type, const char *queue,
    const char *priority, const char *category, struct tk_err *err);

#endif
