/*
 * file.h - files and folders, written so that a crash leaves old or new.
 *
 * Errors     TK_ENOENT where a file to read is missing, TK_EINPUT where it
 *            is longer than max, TK_ESYS otherwise. Paths are in the text.
 */
#ifndef TK_FILE_H
#define TK_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/str.h"

/* Appends the file's bytes to s. */
TK_MUST_CHECK enum tk_status tk_file_read(
    struct tk_str *s, const char *path, size_t max, struct tk_err *err);

/* What is not finished is called .NAME.tk-XXXXXX. */
#define TK_FILE_TEMP ".tk-"

/* Temporary file beside it, fsync, rename over path, fsync of the folder. */
TK_MUST_CHECK enum tk_status tk_file_write(const char *path, const void *data,
    size_t len, mode_t mode, struct tk_err *err);

/* Like tk_file_write(), but never over an existing file (TK_EEXIST). */
TK_MUST_CHECK enum tk_status tk_file_create(const char *path, const void *data,
    size_t len, mode_t mode, struct tk_err *err);

/* Like tk_file_write() without any fsync, for what can be made again: after a
 * power cut it may be old, new, empty or gone. */
TK_MUST_CHECK enum tk_status tk_file_write_lightly(const char *path,
    const void *data, size_t len, mode_t mode, struct tk_err *err);

/* Takes away what tk_file_write() to this path has left when it was killed. */
void tk_file_sweep(const char *path);

/* rename(2) made durable: both folders are fsynced. */
TK_MUST_CHECK enum tk_status tk_file_move(
    const char *from, const char *to, struct tk_err *err);

/* All of it, whatever interrupts; path is for the message. */
TK_MUST_CHECK enum tk_status tk_fd_write(int fd, const void *data, size_t len,
    const char *path, struct tk_err *err);

/* mkdir -p; mode for the folders that are made. */
TK_MUST_CHECK enum tk_status tk_mkdirs(
    const char *path, mode_t mode, struct tk_err *err);
TK_MUST_CHECK enum tk_status tk_dir_sync(const char *path, struct tk_err *err);

/* Names in a folder without . and .., sorted by bytes. */
TK_MUST_CHECK enum tk_status tk_dir_list(
    struct tk_strv *names, const char *path, struct tk_err *err);

/* A folder with all that is in it, as far as it goes; links are not
 * followed. */
void tk_remove_tree(const char *path);

/* flock(2), waiting in it: that keeps the queue of those who wait fair.
 * TK_EBUSY after so many seconds. */
TK_MUST_CHECK enum tk_status tk_lock_wait(
    int fd, const char *path, unsigned seconds, struct tk_err *err);

bool tk_file_exists(const char *path);
bool tk_is_dir(const char *path);
bool tk_is_regular(const char *path); /* and no link to one */

/* Closes *f and sets it NULL; a failed write shows here at the latest. */
TK_MUST_CHECK enum tk_status tk_file_close(
    FILE **f, const char *path, struct tk_err *err);

/* PREFIX/share/tk of the running program, or $TK_DATADIR; borrowed. */
const char *tk_datadir(void);
/* The folder of the running program; borrowed. */
const char *tk_bindir(void);

#endif
