/*
 * layout.h - what may lie where in a desk's tree.
 *
 * Purpose    The list of folders in one place, for pushes and for tk check.
 *            Which role a change of a file needs is part of it.
 */
#ifndef TK_LAYOUT_H
#define TK_LAYOUT_H

#include "model/id.h"

enum tk_area {
	TK_AREA_TICKETS,
	TK_AREA_STAFF,
	TK_AREA_CLIENTS,
	TK_AREA_ACKS,       /* who has read the regulation: one's own file */
	TK_AREA_REGULATION, /* regulation/, desk.yaml, .gitattributes */
	TK_AREA_ARCHIVES,   /* what tk archive has moved away */
	TK_AREA_OTHER,      /* kb, templates, views, reports, assets */
};

struct tk_place {
	enum tk_area area;
	bool yaml;
	struct tk_path at; /* filled for tickets, staff, clients */
};

/* NULL: the path is a good one and *out is filled; else why it is not. */
const char *tk_layout_find(struct tk_place *out, const char *path);

#endif
