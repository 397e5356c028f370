/*
 * outbox.h - letters on their way out, beside the desk.
 *
 * Purpose    $GIT_DIR/tk/outbox/ is a maildir. new/NAME waits; cur/NAME was
 *            taken by the sending program and only its record in the ticket
 *            is missing; a NAME.try beside it tells how often it was tried
 *            and when next. NAME is TICKET_MESSAGE, so putting a letter in
 *            twice is putting it in once.
 * Errors     TK_ESYS. TK_EEXIST is not an error here.
 */
#ifndef TK_OUTBOX_H
#define TK_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct tk_outbox_try {
	int tries;
	int64_t next;  /* not before; seconds since the epoch */
	char *reason;  /* of the last failure; free(3) */
};

/* Durable in new/, unless it is there or in cur/ already. */
TK_MUST_CHECK enum tk_status tk_outbox_add(const char *dir, const char *name,
    const void *data, size_t len, struct tk_err *err);
bool tk_outbox_is_waiting(const char *dir, const char *name);
bool tk_outbox_is_taken(const char *dir, const char *name);
TK_MUST_CHECK enum tk_status tk_outbox_read(const char *dir, const char *name,
    struct tk_str *data, struct tk_err *err);
/* The sending program has it: new/ to cur/. */
TK_MUST_CHECK enum tk_status tk_outbox_taken(
    const char *dir, const char *name, struct tk_err *err);
/* It is recorded in the ticket: forget it. */
void tk_outbox_forget(const char *dir, const char *name);

/* tries 0 where it was never tried. */
TK_MUST_CHECK enum tk_status tk_outbox_last_try(const char *dir,
    const char *name, struct tk_outbox_try *t, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_outbox_set_try(const char *dir,
    const char *name, const struct tk_outbox_try *t, struct tk_err *err);

#endif
