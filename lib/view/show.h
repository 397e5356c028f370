/*
 * show.h - one ticket for a person to read.
 *
 * Purpose    The head with its fields aligned, then what happened in the
 *            order of time: letters and notes as blocks, other acts as lines.
 *            Foreign text is made safe and always indented.
 * Ownership  A tk_show borrows all it points to; labels may be NULL.
 * Units      Widths are columns; times seconds since the epoch.
 */
#ifndef TK_SHOW_H
#define TK_SHOW_H

#include "model/message.h"
#include "model/ticket.h"

/* What people call a thing: { "state", "open", "в работе" }. Kinds: state
 * type queue priority impact urgency category channel client staff. */
struct tk_label {
	const char *kind, *id, *name;
};

struct tk_show {
	const struct tk_ticket *ticket;
	const struct tk_message *message; /* in the order of their names */
	size_t n_messages;
	const struct tk_label *label;
	size_t n_labels;
	int64_t now;     /* terms before it are overdue; 0: none is */
	size_t width;    /* 0: lines are not wrapped */
	bool colour;
	bool full;       /* quotes are not folded, details are shown */
	bool no_log;     /* letters and notes only */
};

void tk_show_ticket(struct tk_str *out, const struct tk_show *s);
/* Message number i + 1 alone. */
void tk_show_message(struct tk_str *out, const struct tk_show *s, size_t i);

/* What was done, in a word or two; the act itself where it is not known. */
const char *tk_show_act(const char *act);

/* The name for people; id itself where there is none; "" for NULL. */
const char *tk_show_label(
    const struct tk_show *s, const char *kind, const char *id);

/* Attachments have one row of numbers through the ticket, from 1: which
 * message and which of its files number is. false: there is none. */
bool tk_show_file(size_t *message, size_t *file,
    const struct tk_message *messages, size_t n, size_t number);

#endif
