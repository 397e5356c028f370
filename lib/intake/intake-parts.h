/*
 * intake-parts.h - the inner side of intake.c.
 *
 * Purpose    One letter on its way; shared by intake.c, intake-ack.c,
 *            intake-who.c and intake-staff.c only.
 */
#ifndef TK_INTAKE_PARTS_H
#define TK_INTAKE_PARTS_H

#include "act/act.h"
#include "desk/letter-message.h"
#include "intake/intake.h"
#include "intake/letter-fields.h"
#include "intake/match.h"

struct tk_taking {
	struct tk_intake *out;
	struct tk_tx *tx;
	struct tk_desk *desk;
	const struct tk_letter *letter;
	const struct tk_str *raw;
	const struct tk_blob *blob;
	struct tk_sender sender;
	struct tk_match match;
	struct tk_message m;
	struct tk_yaml *set; /* fields of the ticket */
	bool is_human;
	bool is_welcome;
};

/* One line of the decision. */
TK_PRINTF(4, 5)
void tk_taking_tell(struct tk_taking *t, const char *number, const char *name,
    const char *fmt, ...);

/* Decides who is acknowledged: out->ack. NULL: nobody. Borrowed. */
TK_MUST_CHECK enum tk_status tk_taking_ack_to(
    const char **to, struct tk_taking *t, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_taking_ack(
    struct tk_taking *t, const char *to, struct tk_err *err);

/* May this letter open a ticket? Sets out->aside. */
TK_MUST_CHECK enum tk_status tk_taking_admit(
    struct tk_taking *t, struct tk_err *err);

/* May it join its ticket, where nothing but the token of an address leads
 * there? Sets out->aside. */
TK_MUST_CHECK enum tk_status tk_taking_admit_token(
    struct tk_taking *t, struct tk_err *err);

/* A colleague's letter is in its ticket as a note: do what it asks for. */
TK_MUST_CHECK enum tk_status tk_taking_staff(
    struct tk_taking *t, struct tk_err *err);

#endif
