/*
 * json.h - JSON out, one object a line.
 *
 * Purpose    The only file pair that includes jansson.
 * Ownership  tk_json_new_*() are yours until added to a parent, which then
 *            owns them; tk_json_free() frees a tree.
 * Note       Strings that are not UTF-8 are repaired, never dropped.
 */
#ifndef TK_JSON_H
#define TK_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct tk_json;

struct tk_json *tk_json_object(void);
struct tk_json *tk_json_array(void);
void tk_json_free(struct tk_json *j);

/* One value; a NULL text is JSON null. */
struct tk_json *tk_json_of_str(const char *text);
struct tk_json *tk_json_of_int(int64_t n);
struct tk_json *tk_json_of_bool(bool b);

/* A NULL text is JSON null. */
void tk_json_set_str(struct tk_json *obj, const char *key, const char *text);
void tk_json_set_int(struct tk_json *obj, const char *key, int64_t n);
void tk_json_set_bool(struct tk_json *obj, const char *key, bool b);
void tk_json_set(struct tk_json *obj, const char *key, struct tk_json *child);
void tk_json_set_strv(
    struct tk_json *obj, const char *key, const struct tk_strv *l);
void tk_json_add_str(struct tk_json *array, const char *text);
void tk_json_add(struct tk_json *array, struct tk_json *child);

/* Appends the object on one line, without the newline; keys in the order of
 * setting. */
void tk_json_text(struct tk_str *out, const struct tk_json *j);

#endif
