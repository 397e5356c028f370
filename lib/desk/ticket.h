/*
 * ticket.h - tickets as the snapshot has them, found by what people type.
 *
 * Ownership  Tickets are freed with tk_ticket_free(), lists of messages with
 *            tk_messages_clear().
 * Errors     TK_ENOENT no such ticket; TK_EUSAGE an id nobody can read.
 */
#ifndef TK_DESK_TICKET_H
#define TK_DESK_TICKET_H

#include "desk/desk.h"
#include "model/id.h"

struct tk_messages {
	struct tk_message *v; /* in the log's order; "message 3" is v[2] */
	size_t n, cap;
};

TK_MUST_CHECK enum tk_status tk_desk_ticket(struct tk_ticket **out,
    struct tk_desk *desk, const char *id, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_desk_messages(struct tk_messages *out,
    struct tk_desk *desk, const struct tk_ticket *t, struct tk_err *err);
void tk_messages_clear(struct tk_messages *m);
/* The raw letter of a message, appended. TK_ENOENT: it has none. */
TK_MUST_CHECK enum tk_status tk_desk_letter(struct tk_str *out,
    struct tk_desk *desk, const char *id, const char *message,
    struct tk_err *err);

/* TK-42, tk-42, 42 or "." for the one last looked at; appended to out. */
TK_MUST_CHECK enum tk_status tk_desk_id(struct tk_str *out,
    struct tk_desk *desk, const char *text, struct tk_err *err);
/* Does it look like an id (or ".")? */
bool tk_desk_is_id(const struct tk_desk *desk, const char *text);
/* Remember for ".". Failing to is no error worth a word. */
void tk_desk_looked_at(struct tk_desk *desk, const char *id);

/* The same inside a transaction. */
TK_MUST_CHECK enum tk_status tk_tx_ticket(struct tk_ticket **out,
    struct tk_tx *tx, const char *id, struct tk_err *err);
/* Messages named by the ticket's log, as the acts so far have left them. */
TK_MUST_CHECK enum tk_status tk_tx_messages(struct tk_messages *out,
    struct tk_tx *tx, const struct tk_ticket *t, struct tk_err *err);

#endif
