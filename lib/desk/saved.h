/*
 * saved.h - saved queries: tk list :my.
 *
 * Purpose    views/NAME.yaml of the desk is for all; one of the same name in
 *            $XDG_CONFIG_HOME/tk/views/ is one's own and goes first (not
 *            over ssh). Keys: title, query, sort, columns.
 * Ownership  tk_saved_clear().
 * Errors     TK_ENOENT no such view; TK_EINPUT with file:line.
 */
#ifndef TK_SAVED_H
#define TK_SAVED_H

#include "desk/desk.h"

struct tk_saved {
	char *title, *query, *sort; /* or NULL */
	struct tk_strv columns;
};
void tk_saved_clear(struct tk_saved *s);

/* If text begins with ":NAME", the query with that in its place, appended;
 * saved, if not NULL, is what was read. Else the text as it is. */
TK_MUST_CHECK enum tk_status tk_saved_expand(struct tk_str *out,
    struct tk_saved *saved, struct tk_desk *desk, const char *text,
    struct tk_err *err);

/* The bytes of a file of views/. */
TK_MUST_CHECK enum tk_status tk_saved_check(
    const char *path, const char *data, size_t len, struct tk_err *err);

#endif
