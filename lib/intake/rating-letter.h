/*
 * rating-letter.h - a letter that says how the client found our work.
 *
 * Purpose    The last step of rating.h: what comes back.
 * Errors     Those of act.h.
 */
#ifndef TK_RATING_LETTER_H
#define TK_RATING_LETTER_H

#include "intake/intake.h"
#include "intake/match.h"

/*
 * Is this letter a rating? Then it is taken in (act "rate"; a second one of
 * the same closing changes nothing) and *taken is set. match is what was
 * found for it otherwise.
 */
TK_MUST_CHECK enum tk_status tk_rating_letter(bool *taken,
    struct tk_intake *out, struct tk_tx *tx, struct tk_desk *desk,
    const struct tk_letter *l, const struct tk_str *raw,
    const struct tk_match *match, struct tk_err *err);

#endif
