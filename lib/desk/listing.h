/*
 * listing.h - what tk list prints.
 *
 * Purpose    The tickets of a query as a table, CSV, JSON, ids or a number;
 *            with columns of one's choice, or counted by a field.
 * Errors     Those of overview.h; TK_EUSAGE for a column that is none.
 */
#ifndef TK_LISTING_H
#define TK_LISTING_H

#include <stdio.h>

#include "desk/overview.h"

struct tk_listing {
	FILE *out;
	struct tk_ask ask;
	const struct tk_strv *columns; /* n 0: the usual ones */
	const char *group_by;          /* a field, or NULL */
	bool csv, excel, json, nul, count, no_header;
};

/* *found: how many tickets, or groups. */
TK_MUST_CHECK enum tk_status tk_listing_print(size_t *found,
    struct tk_desk *desk, const struct tk_listing *l, struct tk_err *err);

#endif
