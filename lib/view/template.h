/*
 * template.h - letters and ready answers with places to fill in.
 *
 * Purpose    {{name}} is the value of a variable; {{#name}} ... {{/name}} is
 *            shown only where the variable is not empty. A line with nothing
 *            but such a tag leaves no line behind. Values are inserted as
 *            they are and never looked into: what a client wrote cannot be
 *            a template.
 * Errors     TK_EINPUT with "name:line: what": a variable that is not in the
 *            list (also in what is not shown), tags that do not fit.
 */
#ifndef TK_TEMPLATE_H
#define TK_TEMPLATE_H

#include "base/str.h"

struct tk_var {
	const char *name;  /* letters, digits, ".", "_", "-" */
	const char *value; /* NULL and "" are empty */
};

/* Appends text, filled in. On an error out is as it was. */
TK_MUST_CHECK enum tk_status tk_template_render(struct tk_str *out,
    const char *text, const char *name, const struct tk_var *vars, size_t n,
    struct tk_err *err);

/* Does it say {{name}} other than within {{#name}}? Then an empty value
 * leaves a hole. */
bool tk_template_needs(const char *text, const char *name);

/* Takes a first line "Subject: ..." and an empty line after it off: returns
 * the rest, borrowed; subject is appended to. */
const char *tk_template_split(struct tk_str *subject, const char *text);

/* Split, then both rendered; the subject becomes one line without controls.
 * Without a subject line subject is as it was. */
TK_MUST_CHECK enum tk_status tk_template_letter(struct tk_str *subject,
    struct tk_str *body, const char *text, const char *name,
    const struct tk_var *vars, size_t n, struct tk_err *err);

#endif
