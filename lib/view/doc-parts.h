/*
 * doc-parts.h - what the forms of a document share; nobody else includes it.
 */
#ifndef TK_VIEW_DOC_PARTS_H
#define TK_VIEW_DOC_PARTS_H

#include "view/doc.h"

enum tk_doc_kind {
	TK_DOC_HEADING,
	TK_DOC_PROSE,
	TK_DOC_FIGURE,
	TK_DOC_TABLE,
};

struct tk_doc_block {
	enum tk_doc_kind kind;
	int level;            /* heading */
	char number[32];      /* heading: 2.1 */
	char *text;           /* heading, prose, figure */
	size_t columns;       /* table */
	struct tk_strv title; /* table; none: it has no head */
	struct tk_strv cell;  /* table, row by row */
};

struct tk_doc {
	char *title, *language;
	struct tk_doc_block *v;
	size_t n, cap;
	int count[4];         /* headings of each level so far */
};

/* Full rows. */
size_t tk_doc_rows(const struct tk_doc_block *b);

#endif
