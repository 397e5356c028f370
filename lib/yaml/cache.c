/* cache - files that were read before, as nodes. */
#include "yaml/cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/sha256.h"

#define MAGIC "tk nodes " TK_VERSION " 1\n"
#define FILE_MAX ((size_t)16 * 1024 * 1024) /* bytes */
#define KEY 64 /* hex digits of a SHA-256 */

struct entry {
	char key[KEY];
	const char *data; /* into text, or NULL: in own */
	size_t len;
	struct tk_str own;
	bool used;
};

struct tk_yaml_cache {
	const char *path;
	struct tk_str text; /* the file */
	struct entry *v;
	size_t n, cap;
	bool missed;
};

static _Thread_local struct tk_yaml_cache *current;

/* Numbers are in the order of this machine: the file stays on it. */
static void
put_number(struct tk_str *out, size_t n)
{
	uint32_t u = (uint32_t)n;

	tk_str_add_data(out, &u, sizeof(u));
}

static void
put_text(struct tk_str *out, const char *text)
{
	size_t len = strlen(text);

	put_number(out, len);
	tk_str_add_data(out, text, len);
}

static void
put_node(struct tk_str *out, const struct tk_yaml *y)
{
	size_t i;

	put_number(out, (size_t)y->kind * 2 + y->plain);
	put_number(out, y->line);
	if (y->kind == TK_YAML_SCALAR) {
		put_text(out, y->text);
		return;
	}
	put_number(out, y->n);
	for (i = 0; i < y->n; i++) {
		if (y->kind == TK_YAML_MAP)
			put_text(out, y->key[i]);
		put_node(out, y->item[i]);
	}
}

struct cursor {
	const char *at, *end;
	bool bad;
};

static uint32_t
get_number(struct cursor *c)
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

static char *
get_text(struct cursor *c)
{
	size_t len = get_number(c);
	char *text;

	if (c->bad || (size_t)(c->end - c->at) < len) {
		c->bad = true;
		len = 0;
	}
	text = tk_malloc(len + 1);
	memcpy(text, c->at, len);
	text[len] = '\0';
	c->at += len;
	return text;
}

static struct tk_yaml *
get_node(struct cursor *c, int depth)
{
	struct tk_yaml *y = tk_calloc(1, sizeof(*y));
	uint32_t kind = get_number(c), n, i;

	if (kind / 2 > TK_YAML_MAP || depth > TK_YAML_DEPTH)
		c->bad = true;
	y->kind = c->bad ? TK_YAML_LIST : (enum tk_yaml_kind)(kind / 2);
	y->plain = kind % 2;
	y->line = get_number(c);
	if (y->kind == TK_YAML_SCALAR) {
		y->text = get_text(c);
		return y;
	}
	n = get_number(c);
	/* A node has eight bytes at the least. */
	if (c->bad || n > (size_t)(c->end - c->at) / 8) {
		c->bad = true;
		return y;
	}
	y->cap = n;
	y->item = tk_calloc(n + 1, sizeof(*y->item));
	if (y->kind == TK_YAML_MAP)
		y->key = tk_calloc(n + 1, sizeof(*y->key));
	for (i = 0; i < n && !c->bad; i++) {
		if (y->kind == TK_YAML_MAP)
			y->key[i] = get_text(c);
		y->item[i] = get_node(c, depth + 1);
		y->n = i + 1;
	}
	return y;
}

static bool
is_whole(const struct tk_str *text)
{
	const size_t head = strlen(MAGIC);
	char sum[KEY + 1];

	if (text->len < head + KEY ||
	    memcmp(text->data, MAGIC, head) != 0)
		return false;
	tk_sha256(sum, text->data + head + KEY, text->len - head - KEY);
	return memcmp(sum, text->data + head, KEY) == 0;
}

static void
fill(struct tk_yaml_cache *c)
{
	struct cursor at = { c->text.data + strlen(MAGIC) + KEY,
		c->text.data + c->text.len, false };
	struct entry *e;

	while (at.end - at.at > KEY) {
		TK_GROW(c->v, c->n, c->cap);
		e = &c->v[c->n];
		memset(e, 0, sizeof(*e));
		tk_str_init(&e->own);
		memcpy(e->key, at.at, KEY);
		at.at += KEY;
		e->len = get_number(&at);
		if (at.bad || e->len > (size_t)(at.end - at.at))
			return;
		e->data = at.at;
		at.at += e->len;
		c->n++;
	}
}

struct tk_yaml_cache *
tk_yaml_cache_use(const char *path)
{
	struct tk_yaml_cache *c = tk_calloc(1, sizeof(*c));
	struct tk_err err = TK_ERR_INIT;

	c->path = path;
	tk_str_init(&c->text);
	if (tk_file_read(&c->text, path, FILE_MAX, &err) == TK_OK &&
	    is_whole(&c->text))
		fill(c);
	current = c;
	return c;
}

static void
save(struct tk_yaml_cache *c)
{
	struct tk_str body = TK_STR_INIT, all = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	char sum[KEY + 1];
	size_t i;

	for (i = 0; i < c->n; i++) {
		const struct entry *e = &c->v[i];

		if (!e->used)
			continue;
		tk_str_add_data(&body, e->key, KEY);
		put_number(&body, e->len);
		tk_str_add_data(&body,
		    e->data != NULL ? e->data : e->own.data, e->len);
	}
	tk_sha256(sum, body.data, body.len);
	tk_str_add(&all, MAGIC);
	tk_str_add_data(&all, sum, KEY);
	tk_str_add_data(&all, body.data, body.len);
	/* Who may not write here reads everything each time. */
	if (tk_file_write_lightly(c->path, all.data, all.len, 0640, &err) !=
	    TK_OK)
		err.text[0] = '\0';
	tk_str_clear(&all);
	tk_str_clear(&body);
}

void
tk_yaml_cache_done(struct tk_yaml_cache *c)
{
	size_t i;

	if (c == NULL)
		return;
	if (c->missed)
		save(c);
	for (i = 0; i < c->n; i++)
		tk_str_clear(&c->v[i].own);
	free(c->v);
	tk_str_clear(&c->text);
	if (current == c)
		current = NULL;
	free(c);
}

static struct entry *
find(struct tk_yaml_cache *c, const char *key)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (memcmp(c->v[i].key, key, KEY) == 0)
			return &c->v[i];
	return NULL;
}

struct tk_yaml *
tk_yaml_cached(const char *data, size_t len)
{
	struct tk_yaml *y = NULL;
	struct cursor at;
	struct entry *e;
	char key[KEY + 1];

	if (current == NULL)
		return NULL;
	tk_sha256(key, data, len);
	e = find(current, key);
	if (e == NULL || e->data == NULL)
		return NULL;
	e->used = true;
	at = (struct cursor){ e->data, e->data + e->len, false };
	y = get_node(&at, 1);
	if (!at.bad)
		return y;
	tk_yaml_free(y);
	return NULL;
}

void
tk_yaml_cache_add(const char *data, size_t len, const struct tk_yaml *y)
{
	struct entry *e;
	char key[KEY + 1];

	if (current == NULL)
		return;
	tk_sha256(key, data, len);
	TK_GROW(current->v, current->n, current->cap);
	e = &current->v[current->n++];
	memset(e, 0, sizeof(*e));
	tk_str_init(&e->own);
	memcpy(e->key, key, KEY);
	put_node(&e->own, y);
	e->len = e->own.len;
	e->used = current->missed = true;
}
