/*
 * disk.h - the disk that a folder lies on.
 *
 * Purpose    For what other programs have written: git fsyncs its files and
 *            never a folder, and does not always say why it could not write.
 * Errors     TK_ESYS, with the folder in the text.
 * Source     syncfs(2), open(2) on O_TMPFILE.
 */
#ifndef TK_DISK_H
#define TK_DISK_H

#include "base/err.h"

/* All that was written, names too, is durable. One call for the file system
 * costs less than one for each of many folders. */
TK_MUST_CHECK enum tk_status tk_disk_sync(const char *dir, struct tk_err *err);

/* Is there room, may it be written? Nothing of it stays. */
TK_MUST_CHECK enum tk_status tk_disk_try(const char *dir, struct tk_err *err);

#endif
