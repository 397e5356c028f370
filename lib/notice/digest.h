/*
 * digest.h - the morning of a member of staff.
 *
 * Purpose    What is overdue, due today, nobody's in one's queues, and which
 *            clients have had no answer yet; as a text, or a letter to those
 *            who want "digest".
 * Errors     TK_ENOENT nobody is called so.
 */
#ifndef TK_DIGEST_H
#define TK_DIGEST_H

#include "desk/desk.h"

/* Appended in the person's language; nothing is waiting: nothing is. */
TK_MUST_CHECK enum tk_status tk_digest_text(struct tk_str *out,
    struct tk_desk *desk, const char *who, struct tk_err *err);
/* Letters into the outbox: to who, or, where that is NULL, to all who want
 * one and have something on it; *n of them. Only at the gate. */
TK_MUST_CHECK enum tk_status tk_digest_mail(size_t *n, struct tk_desk *desk,
    const char *who, struct tk_err *err);

#endif
