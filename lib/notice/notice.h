/*
 * notice.h - staff are told what happened.
 *
 * Purpose    Notices are derived from the history: the entries of the
 *            commits behind a mark ($GIT_DIR/tk/noticed) up to HEAD. Each
 *            event (event.h) runs hooks/on-EVENT, and becomes a letter to
 *            those who want it or whom the regulation names, through the
 *            outbox. Then the mark moves. So nothing that was committed is
 *            forgotten by a crash; one between a hook's run and the mark
 *            runs it again, with the same "id".
 *            Over three letters to one person in one run become one.
 * Errors     What goes wrong is said on standard error; a notice never makes
 *            an act fail.
 */
#ifndef TK_NOTICE_H
#define TK_NOTICE_H

#include "desk/desk.h"

/* After an act at the gate: does anybody want to be told? Then tk-send
 * --notices runs, to its end; else nothing does. */
void tk_notice_wake(struct tk_desk *desk);

/* Derive what is behind the mark, and put letters into the outbox. always:
 * also where nobody wants anything, for what the regulation orders. Only at
 * the gate. */
TK_MUST_CHECK enum tk_status tk_notice_run(
    struct tk_desk *desk, bool always, struct tk_err *err);

/* A letter to a member of staff from a template, into the outbox under this
 * name (letters, digits, "-"): putting it in twice is putting it in once. */
struct tk_var;
TK_MUST_CHECK enum tk_status tk_notice_letter(struct tk_desk *desk,
    const struct tk_person *to, const char *name, const char *template_name,
    const struct tk_var *vars, size_t n, const char *ticket,
    struct tk_err *err);

#endif
