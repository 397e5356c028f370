/*
 * term.h - the terminal: is there one, how wide, may it be coloured, pager.
 *
 * Purpose    Output for people; what goes into a file or a pipe is never cut
 *            and never coloured. The answers are those of the start of the
 *            program: they stay the same while a pager stands between.
 * Units      Widths are columns.
 */
#ifndef TK_VIEW_TERM_H
#define TK_VIEW_TERM_H

#include "base/str.h"

enum tk_style {
	TK_PLAIN,
	TK_BOLD,
	TK_DIM,
	TK_RED,
	TK_GREEN,
	TK_YELLOW,
	TK_BLUE,
	TK_CYAN,
};

/* Standard output is a terminal that is not dumb. */
bool tk_term_is_there(void);
/* Its width: $COLUMNS, what the terminal says, 80. 0: there is none. */
size_t tk_term_width(void);
/* It is there and NO_COLOR is not set to anything. */
bool tk_term_has_colour(void);

/* Append text, between escape sequences where colour is set. The text must
 * be safe already. */
void tk_term_paint(struct tk_str *out, bool colour, enum tk_style style,
    const char *text);

/* On a terminal, send standard output through $TK_PAGER, $PAGER or less;
 * "" and "cat" are none, and one that cannot be started is none either. */
void tk_pager_start(void);
/* Wait until it was left. To be called before the last error is printed;
 * harmless without a start. */
void tk_pager_stop(void);

#endif
