/*
 * nodes.h - nodes as bytes, and back.
 *
 * Purpose    The form of yaml/cache.h: read without a copy of any text.
 * Ownership  tk_nodes_get() gives the nodes of one file in one block for
 *            free(3); their texts lie in the bytes they were read from, which
 *            must outlive them.
 * Units      Numbers are in the order of this machine.
 * Errors     bad is set at what nobody has written so.
 */
#ifndef TK_NODES_H
#define TK_NODES_H

#include "yaml/yaml.h"

void tk_nodes_put_number(struct tk_str *out, size_t n);
void tk_nodes_put_text(struct tk_str *out, const char *text);
void tk_nodes_put(struct tk_str *out, const struct tk_yaml *y);

struct tk_nodes {
	char *at, *end;
	bool bad;
};

uint32_t tk_nodes_number(struct tk_nodes *c);
/* Where it lies; "" where it is bad. */
char *tk_nodes_text(struct tk_nodes *c);
/* Fixed (yaml.h), or NULL. */
struct tk_yaml *tk_nodes_get(void **block, struct tk_nodes *c);

#endif
