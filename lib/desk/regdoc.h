/*
 * regdoc.h - the regulation as a document that people read.
 *
 * Purpose    The nine positions in their order, each with its prose and with
 *            its rules as tables. Headings and words are in the language
 *            that gettext has now: call tk_i18n_language() before.
 */
#ifndef TK_REGDOC_H
#define TK_REGDOC_H

#include "desk/regfile.h"
#include "view/doc.h"

/* Free with tk_doc_free(). */
struct tk_doc *tk_regdoc_new(
    const struct tk_regfiles *f, const struct tk_regulation *r);

#endif
