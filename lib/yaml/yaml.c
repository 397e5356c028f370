/* yaml - nodes: made, found, changed, compared. */
#include "yaml/yaml.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

/* A copy that a file can hold: what is not UTF-8 could be written, but not
 * read back. */
static char *
good_text(const char *text)
{
	struct tk_str s = TK_STR_INIT;
	size_t n = strlen(text);

	if (tk_utf8_valid(text, n))
		return tk_strndup(text, n);
	tk_utf8_repair(&s, text, n);
	return tk_str_detach(&s);
}

static struct tk_yaml *
new_node(enum tk_yaml_kind kind)
{
	struct tk_yaml *y = tk_calloc(1, sizeof(*y));

	y->kind = kind;
	return y;
}

struct tk_yaml *
tk_yaml_map(void)
{
	return new_node(TK_YAML_MAP);
}

struct tk_yaml *
tk_yaml_list(void)
{
	return new_node(TK_YAML_LIST);
}

/* Its text lies behind it: one allocation instead of two, of the millions
 * that reading all tickets takes. */
struct tk_yaml *
tk_yaml_scalar(const char *text, size_t len, bool plain)
{
	struct tk_yaml *y = tk_malloc(sizeof(*y) + len + 1);

	memset(y, 0, sizeof(*y));
	y->kind = TK_YAML_SCALAR;
	y->plain = plain;
	y->text = (char *)(y + 1);
	memcpy(y->text, text, len);
	y->text[len] = '\0';
	return y;
}

struct tk_yaml *
tk_yaml_text(const char *text)
{
	struct tk_yaml *y = new_node(TK_YAML_SCALAR);

	y->text = good_text(text);
	return y;
}

struct tk_yaml *
tk_yaml_plain(const char *text)
{
	struct tk_yaml *y = tk_yaml_text(text);

	y->plain = true;
	return y;
}

static void
grow(struct tk_yaml *y)
{
	assert(!y->fixed);
	if (y->n < y->cap)
		return;
	y->cap = y->cap ? y->cap * 2 : 8;
	y->item = tk_realloc(y->item, y->cap, sizeof(*y->item));
	if (y->kind == TK_YAML_MAP)
		y->key = tk_realloc(y->key, y->cap, sizeof(*y->key));
}

struct tk_yaml *
tk_yaml_copy(const struct tk_yaml *y)
{
	struct tk_yaml *c = new_node(y->kind);
	size_t i;

	c->text = tk_strdup(y->text);
	c->plain = y->plain;
	c->line = y->line;
	for (i = 0; i < y->n; i++) {
		grow(c);
		if (y->kind == TK_YAML_MAP)
			c->key[c->n] = tk_strdup(y->key[i]);
		c->item[c->n++] = tk_yaml_copy(y->item[i]);
	}
	return c;
}

void
tk_yaml_free(struct tk_yaml *y)
{
	size_t i;

	if (y == NULL || y->fixed)
		return;
	for (i = 0; i < y->n; i++) {
		tk_yaml_free(y->item[i]);
		if (y->key != NULL)
			free(y->key[i]);
	}
	free(y->item);
	free(y->key);
	if (y->text != (char *)(y + 1))
		free(y->text);
	free(y);
}

bool
tk_yaml_equal(const struct tk_yaml *a, const struct tk_yaml *b)
{
	size_t i;

	if (a == NULL || b == NULL)
		return a == b;
	if (a->kind != b->kind || a->n != b->n || !tk_streq(a->text, b->text))
		return false;
	for (i = 0; i < a->n; i++)
		if ((a->kind == TK_YAML_MAP &&
			strcmp(a->key[i], b->key[i]) != 0) ||
		    !tk_yaml_equal(a->item[i], b->item[i]))
			return false;
	return true;
}

static size_t
find(const struct tk_yaml *map, const char *key)
{
	size_t i;

	if (map == NULL || map->kind != TK_YAML_MAP)
		return SIZE_MAX;
	/* Most differ in their first byte: two thousand calls a ticket less. */
	for (i = 0; i < map->n; i++)
		if (map->key[i][0] == key[0] && strcmp(map->key[i], key) == 0)
			return i;
	return SIZE_MAX;
}

struct tk_yaml *
tk_yaml_get(const struct tk_yaml *map, const char *key)
{
	size_t i = find(map, key);

	return i == SIZE_MAX ? NULL : map->item[i];
}

bool
tk_yaml_is_null(const struct tk_yaml *y)
{
	if (y == NULL)
		return true;
	if (y->kind != TK_YAML_SCALAR || !y->plain)
		return false;
	switch (y->text[0]) {
	case '\0':
		return true;
	case '~':
		return y->text[1] == '\0';
	case 'n':
		return strcmp(y->text, "null") == 0;
	case 'N':
		return strcmp(y->text, "Null") == 0 ||
		    strcmp(y->text, "NULL") == 0;
	default:
		return false;
	}
}

const char *
tk_yaml_str(const struct tk_yaml *map, const char *key)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);

	if (tk_yaml_is_null(y) || y->kind != TK_YAML_SCALAR)
		return NULL;
	return y->text;
}

int64_t
tk_yaml_int(const struct tk_yaml *map, const char *key, int64_t def)
{
	const char *text = tk_yaml_str(map, key);
	char *end;
	long long n;

	if (text == NULL || text[0] == '\0')
		return def;
	errno = 0;
	n = strtoll(text, &end, 10);
	return *end == '\0' && errno == 0 ? n : def;
}

bool
tk_yaml_bool(const struct tk_yaml *map, const char *key, bool def)
{
	const char *text = tk_yaml_str(map, key);

	if (text == NULL)
		return def;
	if (strcmp(text, "true") == 0 || strcmp(text, "yes") == 0)
		return true;
	if (strcmp(text, "false") == 0 || strcmp(text, "no") == 0)
		return false;
	return def;
}

void
tk_yaml_strv(const struct tk_yaml *map, const char *key, struct tk_strv *l)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);
	size_t i;

	if (tk_yaml_is_null(y))
		return;
	if (y->kind == TK_YAML_SCALAR)
		tk_strv_add(l, y->text);
	else if (y->kind == TK_YAML_LIST)
		for (i = 0; i < y->n; i++)
			if (y->item[i]->kind == TK_YAML_SCALAR)
				tk_strv_add(l, y->item[i]->text);
}

unsigned
tk_yaml_line(const struct tk_yaml *map, const char *key)
{
	const struct tk_yaml *y = tk_yaml_get(map, key);

	if (y != NULL)
		return y->line;
	return map != NULL ? map->line : 0;
}

static void
remove_at(struct tk_yaml *map, size_t i)
{
	assert(!map->fixed);
	tk_yaml_free(map->item[i]);
	free(map->key[i]);
	map->n--;
	memmove(map->item + i, map->item + i + 1,
	    (map->n - i) * sizeof(*map->item));
	memmove(
	    map->key + i, map->key + i + 1, (map->n - i) * sizeof(*map->key));
}

void
tk_yaml_set(struct tk_yaml *map, const char *key, struct tk_yaml *value)
{
	size_t i = find(map, key);

	if (value == NULL) {
		if (i != SIZE_MAX)
			remove_at(map, i);
		return;
	}
	if (i != SIZE_MAX) {
		tk_yaml_free(map->item[i]);
		map->item[i] = value;
		return;
	}
	tk_yaml_append(map, good_text(key), value);
}

void
tk_yaml_append(struct tk_yaml *map, char *key, struct tk_yaml *value)
{
	grow(map);
	map->key[map->n] = key;
	map->item[map->n++] = value;
}

void
tk_yaml_set_str(struct tk_yaml *map, const char *key, const char *text)
{
	tk_yaml_set(map, key, text == NULL ? NULL : tk_yaml_text(text));
}

void
tk_yaml_set_int(struct tk_yaml *map, const char *key, int64_t n)
{
	char *text = tk_strf("%lld", (long long)n);

	tk_yaml_set(map, key, tk_yaml_plain(text));
	free(text);
}

void
tk_yaml_set_bool(struct tk_yaml *map, const char *key, bool b)
{
	tk_yaml_set(map, key, tk_yaml_plain(b ? "true" : "false"));
}

void
tk_yaml_set_time(struct tk_yaml *map, const char *key, int64_t at)
{
	struct tk_str text = TK_STR_INIT;

	tk_date_rfc3339(&text, at);
	tk_yaml_set(map, key, tk_yaml_plain(text.data));
	tk_str_clear(&text);
}

void
tk_yaml_set_strv(struct tk_yaml *map, const char *key, const struct tk_strv *l)
{
	struct tk_yaml *list;
	size_t i;

	if (l == NULL || l->n == 0) {
		tk_yaml_set(map, key, NULL);
		return;
	}
	list = tk_yaml_list();
	for (i = 0; i < l->n; i++)
		tk_yaml_add(list, tk_yaml_text(l->v[i]));
	tk_yaml_set(map, key, list);
}

void
tk_yaml_add(struct tk_yaml *list, struct tk_yaml *value)
{
	grow(list);
	list->item[list->n++] = value;
}

struct place {
	size_t rank;
	char *key;
	struct tk_yaml *item;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->key, y->key);
}

void
tk_yaml_order(struct tk_yaml *map, const char *const *keys)
{
	struct place *p = tk_calloc(map->n, sizeof(*p));
	size_t i, k;

	for (i = 0; i < map->n; i++) {
		for (k = 0; keys[k] != NULL; k++)
			if (strcmp(keys[k], map->key[i]) == 0)
				break;
		p[i].rank = k;
		p[i].key = map->key[i];
		p[i].item = map->item[i];
	}
	qsort(p, map->n, sizeof(*p), by_place);
	for (i = 0; i < map->n; i++) {
		map->key[i] = p[i].key;
		map->item[i] = p[i].item;
	}
	free(p);
}
