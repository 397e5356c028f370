/*
 * input.h - what people hand to a command: ids, words, texts, files.
 *
 * Ownership  Results are the caller's to clear.
 * Errors     TK_EUSAGE for what is missing; TK_EINPUT for an empty text, a
 *            text that is not UTF-8, a file that cannot be read.
 */
#ifndef TK_INPUT_H
#define TK_INPUT_H

#include "desk/desk.h"

/*
 * Operands sorted into ids and words: what looks like an id (or ".") is one.
 * With --query they are those that it finds (those not in a final state, if it
 * says nothing of states). Without any id, they are read from standard input,
 * one a line, the first word counts, unless that is a terminal. Each once.
 * TK_EUSAGE: still none, and a terminal; TK_ENOENT: nothing came there.
 */
TK_MUST_CHECK enum tk_status tk_input_ids(struct tk_strv *ids,
    struct tk_strv *words, struct tk_desk *desk, int argc, char **argv,
    struct tk_err *err);

/*
 * The text of a message: given (-m), else from $VISUAL or $EDITOR (git's
 * core.editor) when standard input is a terminal, else from standard input.
 * In the editor all from the scissors line on is help and is cut off;
 * initial is what the editor starts with, hint is shown below the scissors.
 * On an error out has what there is of the text, so that it can be kept.
 */
TK_MUST_CHECK enum tk_status tk_input_text(struct tk_str *out,
    struct tk_desk *desk, const char *given, const char *initial,
    const char *hint, struct tk_err *err);

/* What was typed and could not be used must not be lost: kept in
 * $GIT_DIR/tk/drafts/, and one more line in err says where. */
void tk_input_keep(struct tk_desk *desk, const char *id,
    const struct tk_str *text, struct tk_err *err);

/* Would tk_input_text() have anything to ask: no -m and a terminal? */
bool tk_input_is_interactive(void);

#endif
