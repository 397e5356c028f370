/*
 * regdoc.h - the regulation as a document that people read.
 *
 * Purpose    The nine positions in their order, each with its prose and with
 *            its rules as tables. Headings and words are in the language
 *            that gettext has now.
 * Errors     TK_ENOENT no such place; TK_EINPUT a broken file.
 */
#ifndef TK_REGDOC_H
#define TK_REGDOC_H

#include "regulation/regfile.h"
#include "view/doc.h"

enum tk_regdoc_form {
	TK_REGDOC_TEXT, /* as wide as the terminal */
	TK_REGDOC_MARKDOWN,
	TK_REGDOC_HTML,
};

/* The whole, in the regulation's own language, which the process speaks from
 * then on. where and s as in tk_regfiles_open(). */
TK_MUST_CHECK enum tk_status tk_regdoc_write(struct tk_str *out,
    struct tk_store *s, const char *where, enum tk_regdoc_form form,
    struct tk_err *err);

/* Free with tk_doc_free(). */
struct tk_doc *tk_regdoc_new(
    const struct tk_regfiles *f, const struct tk_regulation *r);

#endif
