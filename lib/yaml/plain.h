/*
 * plain.h - files as the writer writes them, read without libyaml.
 *
 * Purpose    A desk of a million tickets has four million files, and all but
 *            a few look as tk_yaml_write() makes them: a root map of keys and
 *            values on a line each, flow maps and lists within a line, list
 *            items behind "- ", literal blocks two blanks deep. Those are read
 *            here, in a fifth of the time. Whatever looks otherwise in any
 *            way, and all that is wrong, is libyaml's to read or to refuse.
 * Ownership  With a pool all nodes lie in it and are "fixed": not to be changed,
 *            and gone with it. Without one they are as all others.
 * Errors     None: NULL says that it is not for us.
 * Source     What is taken here is taken for the same by YAML 1.1 and 1.2;
 *            t/unit/test-yaml.c compares it with libyaml's reading.
 */
#ifndef TK_YAML_PLAIN_H
#define TK_YAML_PLAIN_H

#include "base/pool.h"
#include "yaml/yaml.h"

#define TK_YAML_KEY 256 /* bytes of a key: libyaml takes fewer than 1024 */

/* pool may be NULL. */
struct tk_yaml *tk_yaml_read_plain(
    struct tk_pool *pool, const char *data, size_t len);

#endif
