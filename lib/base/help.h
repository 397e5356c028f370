/*
 * help.h - what commands there are.
 *
 * Purpose    The second part of tk -h: commands in groups, each with the
 *            summary it tells of itself.
 */
#ifndef TK_HELP_H
#define TK_HELP_H

#include <stdio.h>

void tk_help_print(FILE *to);

#endif
