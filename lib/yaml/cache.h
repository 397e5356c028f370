/*
 * cache.h - files that were read before, as nodes.
 *
 * Purpose    Each command reads the whole regulation; scanning it is most of
 *            what a short one does. Between use and done, tk_yaml_read() of
 *            this thread takes what it has seen before from here, by the
 *            SHA-256 of the text. Kept in one file that may be deleted at any
 *            time; one that is damaged, cut or of another version is as good
 *            as none, so it is written without fsync.
 * Ownership  tk_yaml_cache_done() frees; the nodes handed out are copies.
 * Errors     None: without the file everything is read as ever.
 */
#ifndef TK_YAML_CACHE_H
#define TK_YAML_CACHE_H

#include "yaml/yaml.h"

struct tk_yaml_cache;

/* Read the file at path (kept, not owned) and use it in this thread. */
struct tk_yaml_cache *tk_yaml_cache_use(const char *path);
/* No longer; written anew where something was read that was not in it, with
 * only what was asked for since use. */
void tk_yaml_cache_done(struct tk_yaml_cache *cache);

/* For read.c: the nodes of this text, or NULL. */
struct tk_yaml *tk_yaml_cached(const char *data, size_t len);
void tk_yaml_cache_add(const char *data, size_t len, const struct tk_yaml *y);

#endif
