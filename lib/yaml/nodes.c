/* nodes - nodes as bytes, and back. */
#include "yaml/nodes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Numbers are in the order of this machine: the file stays on it. */
void
tk_nodes_put_number(struct tk_str *out, size_t n)
{
	uint32_t u = (uint32_t)n;

	tk_str_add_data(out, &u, sizeof(u));
}

/* With its NUL, so that it can be used where it lies. */
void
tk_nodes_put_text(struct tk_str *out, const char *text)
{
	size_t len = strlen(text);

	tk_nodes_put_number(out, len);
	tk_str_add_data(out, text, len + 1);
}

static void
put_node(struct tk_str *out, const struct tk_yaml *y)
{
	size_t i;

	tk_nodes_put_number(out, (size_t)y->kind * 2 + y->plain);
	tk_nodes_put_number(out, y->line);
	if (y->kind == TK_YAML_SCALAR) {
		tk_nodes_put_text(out, y->text);
		return;
	}
	tk_nodes_put_number(out, y->n);
	for (i = 0; i < y->n; i++) {
		if (y->kind == TK_YAML_MAP)
			tk_nodes_put_text(out, y->key[i]);
		put_node(out, y->item[i]);
	}
}

static size_t
count(const struct tk_yaml *y)
{
	size_t n = 1, i;

	for (i = 0; i < y->n; i++)
		n += count(y->item[i]);
	return n;
}

void
tk_nodes_put(struct tk_str *out, const struct tk_yaml *y)
{
	tk_nodes_put_number(out, count(y));
	put_node(out, y);
}

uint32_t
tk_nodes_number(struct tk_nodes *c)
{
	uint32_t n = 0;

	if ((size_t)(c->end - c->at) < sizeof(n)) {
		c->bad = true;
		return 0;
	}
	memcpy(&n, c->at, sizeof(n));
	c->at += sizeof(n);
	return n;
}

char *
tk_nodes_text(struct tk_nodes *c)
{
	static char empty[1];
	size_t len = tk_nodes_number(c);
	char *text = c->at;

	if (c->bad || (size_t)(c->end - c->at) <= len || text[len] != '\0') {
		c->bad = true;
		return empty;
	}
	c->at += len + 1;
	return text;
}

struct block {
	struct tk_yaml *node; /* the next one */
	size_t nodes;         /* left */
	struct tk_yaml **item;
	char **key;
};

static struct tk_yaml *
get_node(struct tk_nodes *c, struct block *b, int depth)
{
	struct tk_yaml *y = b->node;
	uint32_t kind = tk_nodes_number(c), i;

	if (b->nodes == 0 || kind / 2 > TK_YAML_MAP || depth > TK_YAML_DEPTH) {
		c->bad = true;
		return NULL;
	}
	b->node++;
	b->nodes--;
	y->fixed = true;
	y->kind = (enum tk_yaml_kind)(kind / 2);
	y->plain = kind % 2;
	y->line = tk_nodes_number(c);
	if (y->kind == TK_YAML_SCALAR) {
		y->text = tk_nodes_text(c);
		return y;
	}
	y->n = y->cap = tk_nodes_number(c);
	if (c->bad || y->n > b->nodes) {
		c->bad = true;
		return NULL;
	}
	y->item = b->item;
	b->item += y->n;
	if (y->kind == TK_YAML_MAP) {
		y->key = b->key;
		b->key += y->n;
	}
	for (i = 0; i < y->n && !c->bad; i++) {
		if (y->kind == TK_YAML_MAP)
			y->key[i] = tk_nodes_text(c);
		y->item[i] = get_node(c, b, depth + 1);
	}
	return y;
}

struct tk_yaml *
tk_nodes_get(void **block, struct tk_nodes *c)
{
	struct block b = { .nodes = tk_nodes_number(c) };
	struct tk_yaml *root;

	*block = NULL;
	/* A node has twelve bytes at the least. */
	if (c->bad || b.nodes > (size_t)(c->end - c->at) / 12) {
		c->bad = true;
		return NULL;
	}
	/* Every node but the root is an item of another: there are no more
	 * items and keys than nodes. */
	*block = b.node = tk_calloc(
	    b.nodes + 1, sizeof(*b.node) + sizeof(*b.item) + sizeof(*b.key));
	b.item = (struct tk_yaml **)(b.node + b.nodes);
	b.key = (char **)(b.item + b.nodes);
	root = get_node(c, &b, 1);
	if (b.nodes != 0)
		c->bad = true;
	return c->bad ? NULL : root;
}
