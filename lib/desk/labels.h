/*
 * labels.h - what people call states, queues, priorities, staff.
 *
 * Ownership  Labels borrow from the desk and live as long as its regulation;
 *            the array is yours, free(3).
 */
#ifndef TK_LABELS_H
#define TK_LABELS_H

#include "desk/desk.h"
#include "view/show.h"

/* Names of the ticket's own process go first; of the clients only this one
 * is named. type and client may be NULL. */
TK_MUST_CHECK enum tk_status tk_desk_labels(struct tk_label **out, size_t *n,
    struct tk_desk *desk, const char *type, const char *client,
    struct tk_err *err);

/* What a query needs to know of the desk. Free with tk_lists_clear(). */
struct tk_lists {
	struct tk_strv finals, priorities, urgent;
};
TK_MUST_CHECK enum tk_status tk_desk_lists(
    struct tk_lists *out, struct tk_desk *desk, struct tk_err *err);
void tk_lists_clear(struct tk_lists *l);

#endif
