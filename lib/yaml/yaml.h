/*
 * yaml.h - YAML files: a strict reader and one canonical writer.
 *
 * Purpose    The only file pair that includes libyaml. A file is a tree of
 *            nodes; models pick what they know from it and leave the rest in
 *            place, so unknown keys survive a rewrite.
 * Refused    Duplicate keys, anchors, aliases, tags, several documents, keys
 *            that are not scalars, depth over TK_YAML_DEPTH, maps of over
 *            TK_YAML_KEYS keys, files over TK_YAML_MAX bytes.
 * Canonical  The root map in block style; a list of maps one flow map a
 *            line; everything else inside the root in flow style; text of
 *            several lines as a literal block; quotes only where needed.
 * Ownership  A node owns all below it; tk_yaml_free() takes NULL.
 * Errors     TK_EINPUT with "name:line: what".
 * Source     YAML 1.1 (libyaml's), restricted so that 1.2 reads the same.
 */
#ifndef TK_YAML_H
#define TK_YAML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define TK_YAML_DEPTH 16
#define TK_YAML_KEYS 1000
#define TK_YAML_MAX (4 * 1024 * 1024) /* bytes */

enum tk_yaml_kind {
	TK_YAML_SCALAR,
	TK_YAML_LIST,
	TK_YAML_MAP,
};

struct tk_yaml {
	enum tk_yaml_kind kind;
	char *text;            /* scalar; never NULL there */
	bool plain;            /* a number, a time, a truth value, null: no
				* quotes although it looks like one */
	bool fixed;            /* of yaml/cache.h: not to be changed, and freed
				* with the cache */
	unsigned line;         /* in the file it came from, from 1; 0: made */
	size_t n, cap;         /* list, map */
	struct tk_yaml **item; /* values */
	char **key;            /* map only */
};

/* data must be one map or list; name is for messages. NULL: the file of that
 * name in the cache that is read from. */
TK_MUST_CHECK enum tk_status tk_yaml_read(struct tk_yaml **root,
    const char *data, size_t len, const char *name, struct tk_err *err);
void tk_yaml_write(struct tk_str *out, const struct tk_yaml *root);
/* One node in flow style on one line, without newline. */
void tk_yaml_write_flow(struct tk_str *out, const struct tk_yaml *y);

struct tk_yaml *tk_yaml_map(void);
struct tk_yaml *tk_yaml_list(void);
struct tk_yaml *tk_yaml_text(const char *text);
struct tk_yaml *tk_yaml_plain(const char *text); /* number, time, null */
/* What was read: UTF-8 without a NUL. */
struct tk_yaml *tk_yaml_scalar(const char *text, size_t len, bool plain);
struct tk_yaml *tk_yaml_copy(const struct tk_yaml *y);
void tk_yaml_free(struct tk_yaml *y);
/* Same kind, same text, same order; plainness and lines do not count. */
bool tk_yaml_equal(const struct tk_yaml *a, const struct tk_yaml *b);

/* All of these take NULL for the map and answer NULL, 0 or the default. */
struct tk_yaml *tk_yaml_get(const struct tk_yaml *map, const char *key);
/* The scalar's text; NULL where it is missing, null or no scalar. */
const char *tk_yaml_str(const struct tk_yaml *map, const char *key);
int64_t tk_yaml_int(const struct tk_yaml *map, const char *key, int64_t def);
bool tk_yaml_bool(const struct tk_yaml *map, const char *key, bool def);
/* A list of scalars, or one scalar, added to l. */
void tk_yaml_strv(
    const struct tk_yaml *map, const char *key, struct tk_strv *l);
bool tk_yaml_is_null(const struct tk_yaml *y);
/* The line of the key's value, or of the map itself. */
unsigned tk_yaml_line(const struct tk_yaml *map, const char *key);

/* Replace or append; the value is taken. A NULL value removes the key. */
void tk_yaml_set(struct tk_yaml *map, const char *key, struct tk_yaml *value);
/* A key that the map does not have; both are taken. */
void tk_yaml_append(struct tk_yaml *map, char *key, struct tk_yaml *value);
void tk_yaml_set_str(struct tk_yaml *map, const char *key, const char *text);
void tk_yaml_set_int(struct tk_yaml *map, const char *key, int64_t n);
void tk_yaml_set_bool(struct tk_yaml *map, const char *key, bool b);
void tk_yaml_set_time(struct tk_yaml *map, const char *key, int64_t at);
void tk_yaml_set_strv(
    struct tk_yaml *map, const char *key, const struct tk_strv *l);
void tk_yaml_add(struct tk_yaml *list, struct tk_yaml *value);

/* Keys in the order of the NULL-terminated list, then all others by bytes. */
void tk_yaml_order(struct tk_yaml *map, const char *const *keys);

#endif
