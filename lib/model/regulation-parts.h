/*
 * regulation-parts.h - what regulation's own files share; nobody else
 * includes it.
 */
#ifndef TK_REGULATION_PARTS_H
#define TK_REGULATION_PARTS_H

#include "model/regulation.h"

/* Of relations.yaml: who parts with a client, how late an act may come. */
TK_MUST_CHECK enum tk_status tk_regulation_add_rating(struct tk_regulation *r,
    const char *path, const struct tk_yaml *y, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_regulation_add_refusal(struct tk_regulation *r,
    const char *path, const struct tk_yaml *y, struct tk_err *err);

#endif
