/*
 * tnef.h - what is inside of a winmail.dat.
 *
 * Purpose    Outlook and Exchange pack text and files into a format of their
 *            own. An own reader: the one library there is has a history of
 *            holes, and of this format some ten attributes are needed.
 * Ownership  tk_tnef_clear() frees.
 * Note       Every size in it is hostile; nothing is unpacked but the text.
 * Source     [MS-OXTNEF], [MS-OXCDATA].
 */
#ifndef TK_TNEF_H
#define TK_TNEF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct tk_tnef_file {
	char *name; /* UTF-8, as it is written; "" where there is none */
	char *type; /* "image/png", or "" */
	char *cid;  /* or "" */
	struct tk_str data;
};

struct tk_tnef {
	struct tk_tnef_file *file;
	size_t n, cap;
	struct tk_str text; /* UTF-8; of the best body there is, or empty */
	bool html;          /* and that is HTML */
};

#define TK_TNEF_FILES 200

/* False: it is no TNEF or is damaged, and nothing is to be cleared. */
bool tk_tnef_read(struct tk_tnef *t, const char *data, size_t len);
void tk_tnef_clear(struct tk_tnef *t);

#endif
