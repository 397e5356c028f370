/*
 * show-parts.h - what the files of show share.
 *
 * Ownership  A list of rows owns its values and borrows its titles.
 */
#ifndef TK_SHOW_PARTS_H
#define TK_SHOW_PARTS_H

#include "view/show.h"
#include "view/term.h"

struct tk_show_cell {
	const char *title;
	char *value;
	enum tk_style style;
};

struct tk_show_rows {
	struct tk_show_cell *v;
	size_t n, cap;
};

/* value is foreign text; NULL and "" add no row. */
void tk_show_row(struct tk_show_rows *rows, const char *title,
    const char *value, enum tk_style style);
/* Appends a text that is safe and a newline; where it does not fit what is
 * right of indent, it goes on there on the next lines. */
void tk_show_wrapped(struct tk_str *out, const struct tk_show *s,
    enum tk_style style, const char *text, size_t indent);
/* "Title:  value" lines, aligned, behind the prefix; rows are cleared. */
void tk_show_rows(struct tk_str *out, const struct tk_show *s,
    struct tk_show_rows *rows, const char *prefix);

/* Appends a field's value as people read it. with_id: "в работе (open)". */
void tk_show_value(struct tk_str *out, const struct tk_show *s,
    const char *field, const struct tk_yaml *y, bool with_id);
/* What a field is called; itself where it is not known. */
const char *tk_show_field(const char *field);
bool tk_show_is_known(const char *field);
/* "State: open, Assignee: danila": the entry's set map; nothing where it
 * opens the ticket, for then it is the whole head. */
void tk_show_set(struct tk_str *out, const struct tk_show *s,
    const struct tk_yaml *entry);
/* Known fields in the order of the view; NULL after the last. */
const char *tk_show_field_at(size_t i);

#endif
