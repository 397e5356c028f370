/*
 * check-letter.h - what people read of a letter is what is in it.
 *
 * Purpose    What check-letter.c does for check-message.c. The raw letter is
 *            what is sent and what came; its message file is what is shown.
 * Ownership  A view borrows all but its message.
 */
#ifndef TK_CHECK_LETTER_H
#define TK_CHECK_LETTER_H

#include "check/law.h"
#include "model/message.h"

struct tk_view { /* a message that the commit adds */
	const char *path;
	const struct tk_told *told;
	struct tk_message m;
	const struct tk_str *raw; /* of the letter beside it, or NULL */
};

/* A letter of ours, and one that came in: is the view like it? */
void tk_law_letter_out(struct tk_law *l, const struct tk_view *v);
void tk_law_letter_in(struct tk_law *l, const struct tk_view *v);

#endif
