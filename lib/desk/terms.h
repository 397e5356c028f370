/*
 * terms.h - names that stand in files beside the rules: classes of service,
 * languages of letters.
 *
 * Errors     TK_EINPUT names what there is.
 */
#ifndef TK_TERMS_H
#define TK_TERMS_H

#include "desk/desk.h"

/* Is it a class of the regulation (loaded)? Without classes there, any word is. */
TK_MUST_CHECK enum tk_status tk_terms_check_class(const struct tk_desk *desk,
    const char *what, const char *class, struct tk_err *err);

/* Are there letters in this language: the desk's own templates, or tk's? */
TK_MUST_CHECK enum tk_status tk_terms_check_language(
    const struct tk_desk *desk, const char *language, struct tk_err *err);

/* "ack, closed, hello": the templates there are in all languages; appended. */
void tk_terms_templates(struct tk_str *out, const struct tk_desk *desk);

#endif
