/* cache - files that were read before, as nodes. */
#include "yaml/cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "yaml/nodes.h"

#define MAGIC "tk nodes " TK_VERSION " 2\n"
#define FILE_MAX ((size_t)16 * 1024 * 1024) /* bytes */
#define HEAD (sizeof(MAGIC) - 1)
#define SUM sizeof(uint64_t)

struct file {
	const char *path;
	struct tk_yaml *root;
	void *block; /* with all nodes */
};

struct folder {
	char *name, *key;
	const char *data; /* its files as they stand in the text, or NULL */
	size_t len;
	struct tk_str own; /* its files as they were read now */
	size_t n_files;
	bool used;
};

struct tk_yaml_cache {
	const char *path;
	struct tk_str text; /* the file: strings of nodes lie in it */
	struct folder *v;
	size_t n, cap;
	struct folder *now; /* being read */
	struct file *file;  /* of the known folders that were asked for */
	size_t n_files, files_cap;
	size_t at; /* the one that is probably wanted next */
	bool missed;
};

static _Thread_local struct tk_yaml_cache *current;

/* Against damage, not against malice: who can write here can write all. */
static uint64_t
sum_of(const char *data, size_t len)
{
	uint64_t h = len, word;

	for (; len > 0; data += sizeof(word)) {
		size_t n = len < sizeof(word) ? len : sizeof(word);

		word = 0;
		memcpy(&word, data, n);
		h = (h ^ word) * 0x9e3779b97f4a7c15U;
		h ^= h >> 32;
		len -= n;
	}
	return h;
}

static bool
is_whole(const struct tk_str *text)
{
	uint64_t sum;

	if (text->len < HEAD + SUM || memcmp(text->data, MAGIC, HEAD) != 0)
		return false;
	memcpy(&sum, text->data + HEAD, SUM);
	return sum == sum_of(text->data + HEAD + SUM, text->len - HEAD - SUM);
}

static struct folder *
new_folder(struct tk_yaml_cache *c, const char *name, const char *key)
{
	struct folder *f;

	TK_GROW(c->v, c->n, c->cap);
	f = &c->v[c->n++];
	memset(f, 0, sizeof(*f));
	tk_str_init(&f->own);
	f->name = tk_strdup(name);
	f->key = tk_strdup(key);
	return f;
}

static void
fill(struct tk_yaml_cache *c)
{
	struct tk_nodes at = { .at = c->text.data + HEAD + SUM,
		.end = c->text.data + c->text.len };
	const char *name, *key;
	struct folder *f;
	size_t n, len;

	while (at.at < at.end) {
		name = tk_nodes_text(&at);
		key = tk_nodes_text(&at);
		n = tk_nodes_number(&at);
		len = tk_nodes_number(&at);
		if (at.bad || len > (size_t)(at.end - at.at))
			return;
		f = new_folder(c, name, key);
		f->data = at.at;
		f->len = len;
		f->n_files = n;
		at.at += len;
	}
}

struct tk_yaml_cache *
tk_yaml_cache_open(const char *path)
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

static bool
get_folder(struct tk_yaml_cache *c, const struct folder *f)
{
	struct tk_nodes at = { .at = (char *)(uintptr_t)f->data };
	struct file *one;
	size_t i;

	at.end = at.at + f->len;
	for (i = 0; i < f->n_files && !at.bad; i++) {
		TK_GROW(c->file, c->n_files, c->files_cap);
		one = &c->file[c->n_files++];
		one->path = tk_nodes_text(&at);
		one->root = tk_nodes_get(&one->block, &at);
	}
	return !at.bad && at.at == at.end;
}

static void
forget_from(struct tk_yaml_cache *c, size_t first)
{
	while (c->n_files > first)
		free(c->file[--c->n_files].block);
}

bool
tk_yaml_cache_folder(struct tk_yaml_cache *c, struct tk_strv *paths,
    const char *folder, const char *key)
{
	size_t first = c->n_files, i;

	c->now = NULL;
	for (i = 0; i < c->n; i++)
		if (c->v[i].data != NULL && strcmp(c->v[i].name, folder) == 0 &&
		    strcmp(c->v[i].key, key) == 0)
			break;
	if (i < c->n && get_folder(c, &c->v[i])) {
		c->v[i].used = true;
		for (i = first; i < c->n_files; i++)
			tk_strv_add(paths, c->file[i].path);
		return true;
	}
	forget_from(c, first);
	c->now = new_folder(c, folder, key);
	c->now->used = c->missed = true;
	return false;
}

void
tk_yaml_cache_save(struct tk_yaml_cache *c)
{
	struct tk_str body = TK_STR_INIT, all = TK_STR_INIT;
	struct tk_err err = TK_ERR_INIT;
	const struct folder *f;
	uint64_t sum;
	size_t i;

	for (i = 0; c->missed && i < c->n; i++) {
		f = &c->v[i];
		if (!f->used)
			continue;
		tk_nodes_put_text(&body, f->name);
		tk_nodes_put_text(&body, f->key);
		tk_nodes_put_number(&body, f->n_files);
		tk_nodes_put_number(
		    &body, f->data != NULL ? f->len : f->own.len);
		tk_str_add_data(&body, f->data != NULL ? f->data : f->own.data,
		    f->data != NULL ? f->len : f->own.len);
	}
	sum = sum_of(body.data, body.len);
	tk_str_add(&all, MAGIC);
	tk_str_add_data(&all, &sum, SUM);
	tk_str_add_data(&all, body.data, body.len);
	/* Who may not write here reads everything each time. */
	if (c->missed &&
	    tk_file_write_lightly(c->path, all.data, all.len, 0640, &err) !=
		TK_OK)
		err.text[0] = '\0';
	c->missed = false;
	tk_str_clear(&all);
	tk_str_clear(&body);
}

void
tk_yaml_cache_done(struct tk_yaml_cache *c)
{
	c->now = NULL;
	if (current == c)
		current = NULL;
}

void
tk_yaml_cache_free(struct tk_yaml_cache *c)
{
	size_t i;

	if (c == NULL)
		return;
	tk_yaml_cache_done(c);
	for (i = 0; i < c->n; i++) {
		free(c->v[i].name);
		free(c->v[i].key);
		tk_str_clear(&c->v[i].own);
	}
	forget_from(c, 0);
	free(c->v);
	free(c->file);
	tk_str_clear(&c->text);
	free(c);
}

struct tk_yaml *
tk_yaml_cached(const char *path)
{
	struct tk_yaml_cache *c = current;
	const struct file *f;
	size_t i;

	for (i = 0; c != NULL && i < c->n_files; i++) {
		f = &c->file[(c->at + i) % c->n_files];
		if (strcmp(f->path, path) != 0)
			continue;
		c->at += i + 1;
		return f->root;
	}
	return NULL;
}

void
tk_yaml_cache_add(const char *path, const struct tk_yaml *y)
{
	struct folder *f = current != NULL ? current->now : NULL;

	if (f == NULL)
		return;
	tk_nodes_put_text(&f->own, path);
	tk_nodes_put(&f->own, y);
	f->n_files++;
}
