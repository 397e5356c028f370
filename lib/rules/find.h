/*
 * find.h - findings: made and given back.
 */
#ifndef TK_FIND_H
#define TK_FIND_H

#include "rules/judge.h"

/* file:line (line 0: the file alone) is the rule; remedy may be NULL. */
TK_PRINTF(6, 7)
void tk_find(struct tk_findings *out, bool denied, const char *file,
    unsigned line, const char *remedy, const char *fmt, ...);

#endif
