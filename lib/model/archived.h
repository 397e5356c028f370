/*
 * archived.h - what a desk keeps of a ticket that lies in an archive.
 *
 * Purpose    archives/2024/00/10.yaml has one record for each ticket between
 *            TK-1000 and TK-1099 that is in the archive 2024: the hash of its
 *            folder, whose it was, and what letters are threaded by. So its
 *            number is not given again, and a letter that answers it is known.
 * Ownership  Records are lent by the file's tree.
 * Units      Times are RFC 3339.
 * Errors     TK_EINPUT with file:line for what is no such file.
 */
#ifndef TK_ARCHIVED_H
#define TK_ARCHIVED_H

#include "yaml/yaml.h"

#define TK_ARCHIVED_MAX ((size_t)1024 * 1024) /* bytes, then another file */

/* 2024: four digits. */
bool tk_archive_name_valid(const char *year);

/* archives/2024.yaml: when it was taken, from which commit. Appended. */
void tk_archive_path(struct tk_str *out, const char *year);
/* File number n, from 1, that a ticket's record may be in; appended. */
void tk_archived_path(
    struct tk_str *out, const char *year, const char *id, unsigned n);
/* Is it the path of a file of records? year is filled then. */
bool tk_archived_is_path(char year[5], const char *path);

/* The file with its list "tickets". */
TK_MUST_CHECK enum tk_status tk_archived_read(struct tk_yaml **out,
    const char *data, size_t len, const char *name, struct tk_err *err);
/* NULL: it is not in this file. */
const struct tk_yaml *tk_archived_find(
    const struct tk_yaml *file, const char *id);

#endif
