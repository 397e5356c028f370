/*
 * by-language.h - a text, or one for each language.
 *
 * Purpose    What clients read and a regulation says: signatures, names. In
 *            YAML a scalar, or a map {ru: ..., uk: ..., en: ...}.
 * Ownership  A record; clear frees all. What is picked is borrowed.
 * Errors     TK_EINPUT with file:line: neither of the two.
 */
#ifndef TK_BY_LANGUAGE_H
#define TK_BY_LANGUAGE_H

#include "yaml/yaml.h"

struct tk_by_language {
	struct tk_strv language; /* "" for a text that is for all */
	struct tk_strv text;     /* one for each language */
};

/* The value of a key of map; where it is missing, nothing is added. */
TK_MUST_CHECK enum tk_status tk_by_language_read(struct tk_by_language *b,
    const struct tk_yaml *map, const char *key, const char *path,
    struct tk_err *err);
void tk_by_language_clear(struct tk_by_language *b);

/* In this language, else in the other one, else in any; NULL: no text. */
const char *tk_by_language_pick(const struct tk_by_language *b,
    const char *language, const char *other);

#endif
