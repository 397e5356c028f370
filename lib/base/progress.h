/*
 * progress.h - how far long work has come.
 *
 * Purpose    A bar on standard error, only where that is a terminal.
 * Note       Call tk_progress_clear() before anything else is printed.
 */
#ifndef TK_PROGRESS_H
#define TK_PROGRESS_H

#include <stddef.h>

/* May be called for each step; draws only where the bar has moved. */
void tk_progress_show(size_t done, size_t total);
void tk_progress_clear(void);

#endif
