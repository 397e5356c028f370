/*
 * changes.h - wait until something in a folder changes.
 *
 * Purpose    inotify(7); where there is none, or nothing comes, a look every
 *            few seconds.
 * Errors     None: without inotify tk_changes_wait() only waits.
 */
#ifndef TK_CHANGES_H
#define TK_CHANGES_H

/* Watches these folders, NULL-terminated; those that are not there are left
 * out. The descriptor, or -1; close(2) it. */
int tk_changes_open(const char *const *folders);
/* Until something has changed, at most so many milliseconds. */
void tk_changes_wait(int fd, int milliseconds);

#endif
