/*
 * cache.h - files that were read before, as nodes.
 *
 * Purpose    Each command reads the whole regulation; finding and scanning
 *            its files was most of what a short one did. What was read is
 *            kept in one file, folder by folder, under a key that the caller
 *            changes with the folder's contents (git's id of its tree), so
 *            that a folder that is known is not looked at at all. The file
 *            may be deleted at any time; one that is damaged, cut or of
 *            another version is as good as none, so it is written without
 *            fsync.
 * Ownership  tk_yaml_cache_free() frees what was handed out, too: the nodes
 *            of tk_yaml_read() are then fixed (yaml.h).
 * Errors     None: without the file everything is read as ever.
 */
#ifndef TK_YAML_CACHE_H
#define TK_YAML_CACHE_H

#include "yaml/yaml.h"

struct tk_yaml_cache;

/* What the file at path (kept, not owned) has. */
struct tk_yaml_cache *tk_yaml_cache_open(const char *path);
/* The folder that is read next, by this thread. True: it is known under this
 * key, and these are its files, in the order of reading; tk_yaml_read() of
 * each, without data, gives its nodes. False: what is read is remembered. */
bool tk_yaml_cache_folder(struct tk_yaml_cache *c, struct tk_strv *paths,
    const char *folder, const char *key);
/* All folders were read well: written anew where one was not known, with what
 * was asked for since it was opened. Without it nothing is kept. */
void tk_yaml_cache_save(struct tk_yaml_cache *c);
/* Nothing more is read through it. */
void tk_yaml_cache_done(struct tk_yaml_cache *c);
void tk_yaml_cache_free(struct tk_yaml_cache *c);

/* For read.c: the nodes of the known file, or NULL. */
struct tk_yaml *tk_yaml_cached(const char *path);
void tk_yaml_cache_add(const char *path, const struct tk_yaml *y);

#endif
