/* plain - files as the writer writes them, read without libyaml. */
#include "yaml/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FEW 4 /* items of a list or map, to begin with */

/* The last byte of the file is a newline and ends every search. */
struct plain {
	const char *p, *end;
	unsigned line;
	struct tk_pool *pool;
};

static struct tk_yaml *
new_node(struct plain *f, enum tk_yaml_kind kind)
{
	struct tk_yaml *y;

	if (f->pool == NULL)
		return kind == TK_YAML_MAP ? tk_yaml_map() : tk_yaml_list();
	y = tk_pool_get(f->pool, sizeof(*y));
	memset(y, 0, sizeof(*y));
	y->kind = kind;
	y->fixed = true;
	return y;
}

static struct tk_yaml *
new_scalar(struct plain *f, const char *text, size_t len, bool plain)
{
	struct tk_yaml *y;

	if (f->pool == NULL)
		return tk_yaml_scalar(text, len, plain);
	y = new_node(f, TK_YAML_SCALAR);
	y->plain = plain;
	y->text = tk_pool_text(f->pool, text, len);
	return y;
}

/* Twice as many pointers. */
static void *
grow(struct tk_pool *pool, const void *v, size_t n)
{
	void *more =
	    tk_pool_get(pool, (n > 0 ? 2 * n : FEW) * sizeof(void *));

	if (n > 0)
		memcpy(more, v, n * sizeof(void *));
	return more;
}

/* key is NULL for a list. */
static void
add(struct plain *f, struct tk_yaml *y, char *key, struct tk_yaml *value)
{
	if (f->pool == NULL) {
		if (key != NULL)
			tk_yaml_append(y, key, value);
		else
			tk_yaml_add(y, value);
		return;
	}
	if (y->n == y->cap) {
		y->item = grow(f->pool, y->item, y->n);
		if (key != NULL)
			y->key = grow(f->pool, y->key, y->n);
		y->cap = y->n > 0 ? 2 * y->n : FEW;
	}
	if (key != NULL)
		y->key[y->n] = key;
	y->item[y->n++] = value;
}

static void
drop_key(const struct plain *f, char *key)
{
	if (f->pool == NULL)
		free(key);
}

/* How many bytes the character at p has; 0: not one that stands for itself,
 * as a control, a line break of Unicode, a byte order mark or no UTF-8. */
static size_t
wide_char(const unsigned char *p, size_t left)
{
	unsigned long c;
	size_t n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2, i;

	if (p[0] < 0xC2 || p[0] > 0xF4 || left < n)
		return 0;
	c = p[0] & (0x7FU >> n);
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (n == 2)
		return c >= 0xA0 ? n : 0;
	if (n == 4)
		return c >= 0x10000 && c <= 0x10FFFF ? n : 0;
	return c >= 0x800 && c <= 0xFFFD && (c < 0xD800 || c > 0xDFFF) &&
		c != 0x2028 && c != 0x2029 && c != 0xFEFF
	    ? n
	    : 0;
}

static bool
is_printable(const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	size_t at = 0, n;

	while (at < len) {
		if ((p[at] >= 0x20 && p[at] < 0x7F) || p[at] == '\n' ||
		    p[at] == '\t') {
			at++;
			continue;
		}
		/* Nearly all that is not ASCII here. */
		if ((p[at] == 0xD0 || p[at] == 0xD1) && at + 1 < len &&
		    (p[at + 1] & 0xC0) == 0x80) {
			at += 2;
			continue;
		}
		if ((n = p[at] < 0x80 ? 0 : wide_char(p + at, len - at)) == 0)
			return false;
		at += n;
	}
	return true;
}

static bool
is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	    c == '@' || c == '/';
}

/* A key that map has not yet, and the colon behind it. */
static char *
read_key(struct plain *f, const struct tk_yaml *map)
{
	const char *from = f->p;
	size_t len;
	char *key;

	if (*from == '-' || *from == '.' || *from == '@')
		return NULL;
	while (is_key_char(*f->p))
		f->p++;
	len = (size_t)(f->p - from);
	if (len == 0 || len > TK_YAML_KEY || *f->p != ':' ||
	    map->n >= TK_YAML_KEYS)
		return NULL;
	f->p++;
	key = f->pool != NULL ? tk_pool_text(f->pool, from, len)
			      : tk_strndup(from, len);
	if (tk_yaml_get(map, key) == NULL)
		return key;
	drop_key(f, key);
	return NULL;
}

/* The characters a text without quotes begins with. */
static bool
is_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 || c == '/' ||
	    c == '+' || c == '_' || c == '(' || c == '$' || c == '<';
}

/* In a flow map or list: to , or ] or }; else to the end of the line. */
static struct tk_yaml *
read_bare(struct plain *f, bool flow)
{
	const char *from = f->p, *p = from;

	if (!is_start(*p))
		return NULL;
	/* All that is looked for sorts before the small letters, or behind. */
	for (; *p != '\n'; p++) {
		if ((*p >= 'a' && *p <= 'z') || (unsigned char)*p >= 0x80)
			continue;
		if (*p == '\t' || (*p == '#' && p[-1] == ' ') ||
		    (*p == ':' && strchr(" \t\n", p[1]) != NULL))
			return NULL;
		if (!flow)
			continue;
		if (*p == ',' || *p == ']' || *p == '}')
			break;
		if (*p == '[' || *p == '{' || *p == '?' ||
		    (*p == ':' && strchr(",[]{}?", p[1]) != NULL))
			return NULL;
	}
	if (p[-1] == ' ' || (flow && *p == '\n'))
		return NULL;
	f->p = p;
	return new_scalar(f, from, (size_t)(p - from), true);
}

/* 'it''s' or "so", on one line. */
static struct tk_yaml *
read_quoted(struct plain *f)
{
	const char quote = *f->p, *p = f->p + 1;
	struct tk_yaml *y;
	size_t twice = 0, n = 0;

	for (;; p++) {
		if (*p == '\n' || *p == '\t' || (*p == '\\' && quote == '"'))
			return NULL;
		if (*p != quote)
			continue;
		if (quote != '\'' || p[1] != quote)
			break;
		p++;
		twice++;
	}
	y = new_scalar(f, f->p + 1, (size_t)(p - f->p - 1), false);
	/* One of each two is left out, where the text now lies. */
	if (twice > 0) {
		for (p = y->text; *p != '\0'; p++) {
			y->text[n++] = *p;
			p += *p == '\'';
		}
		y->text[n] = '\0';
	}
	f->p += 1 + strlen(y->text) + twice + 1;
	return y;
}

static struct tk_yaml *read_flow(struct plain *f, bool flow, int depth);

/* {key: value, key: value} or [value, value]; *f->p is the bracket. */
static bool
read_inside(struct plain *f, struct tk_yaml *y, int depth)
{
	const char close = y->kind == TK_YAML_MAP ? '}' : ']';
	struct tk_yaml *value;
	char *key = NULL;

	if (*++f->p == close) {
		f->p++;
		return true;
	}
	for (;;) {
		if (y->kind == TK_YAML_MAP &&
		    ((key = read_key(f, y)) == NULL || *f->p++ != ' ')) {
			drop_key(f, key);
			return false;
		}
		if ((value = read_flow(f, true, depth + 1)) == NULL) {
			drop_key(f, key);
			return false;
		}
		add(f, y, key, value);
		key = NULL;
		if (*f->p == close) {
			f->p++;
			return true;
		}
		if (f->p[0] != ',' || f->p[1] != ' ')
			return false;
		f->p += 2;
	}
}

static struct tk_yaml *
read_flow(struct plain *f, bool flow, int depth)
{
	struct tk_yaml *y;

	if (depth > TK_YAML_DEPTH)
		return NULL;
	if (*f->p == '{' || *f->p == '[') {
		y = new_node(f, *f->p == '{' ? TK_YAML_MAP : TK_YAML_LIST);
		if (!read_inside(f, y, depth)) {
			tk_yaml_free(y);
			return NULL;
		}
	} else {
		y = *f->p == '\'' || *f->p == '"' ? read_quoted(f)
						  : read_bare(f, flow);
	}
	if (y != NULL)
		y->line = f->line;
	return y;
}

static bool
end_line(struct plain *f)
{
	if (*f->p != '\n')
		return false;
	f->p++;
	f->line++;
	return true;
}

/* "|" or "|-", and lines two blanks deep; empty ones may have fewer. */
static struct tk_yaml *
read_literal(struct plain *f)
{
	struct tk_yaml *y;
	unsigned line = f->line;
	size_t n = 0, full = 0, len;
	const char *from, *p, *eol;
	bool strip = f->p[1] == '-';

	f->p += 1 + strip;
	if (!end_line(f))
		return NULL;
	/* The first line says how deep all are. */
	from = p = f->p;
	if (f->end - p < 3 || p[0] != ' ' || p[1] != ' ' || p[2] == ' ' ||
	    p[2] == '\t' || p[2] == '\n')
		return NULL;
	while (p < f->end && (*p == '\n' || *p == ' ')) {
		if (*p == ' ' && p[1] != ' ')
			return NULL;
		eol = memchr(p, '\n', (size_t)(f->end - p));
		f->line++;
		p = eol + 1;
	}
	f->p = p;
	y = new_scalar(f, from, (size_t)(p - from), false);
	for (; from < p; from = eol + 1) {
		eol = memchr(from, '\n', (size_t)(p - from));
		from += *from == ' ' ? 2 : 0;
		len = (size_t)(eol - from);
		memcpy(y->text + n, from, len);
		n += len;
		y->text[n++] = '\n';
		/* Of those behind the last that has something one is kept. */
		if (len > 0)
			full = n - strip;
	}
	y->text[full] = '\0';
	y->line = line;
	return y;
}

static struct tk_yaml *
read_list(struct plain *f)
{
	struct tk_yaml *list = new_node(f, TK_YAML_LIST), *item;

	list->line = f->line;
	while (f->p < f->end && f->p[0] == '-') {
		if (f->p[1] != ' ')
			goto no;
		f->p += 2;
		if ((item = read_flow(f, false, 3)) == NULL)
			goto no;
		add(f, list, NULL, item);
		if (!end_line(f))
			goto no;
	}
	return list;
no:
	tk_yaml_free(list);
	return NULL;
}

/* What is behind the colon of a key of the root, and the line's end. */
static struct tk_yaml *
read_value(struct plain *f)
{
	struct tk_yaml *y;

	if (*f->p == '\n') {
		end_line(f);
		return f->p < f->end && *f->p == '-' ? read_list(f) : NULL;
	}
	if (*f->p++ != ' ')
		return NULL;
	if (*f->p == '|')
		return read_literal(f);
	if ((y = read_flow(f, false, 2)) != NULL && !end_line(f)) {
		tk_yaml_free(y);
		return NULL;
	}
	return y;
}

struct tk_yaml *
tk_yaml_read_plain(struct tk_pool *pool, const char *data, size_t len)
{
	struct plain f = {
		.p = data, .end = data + len, .line = 1, .pool = pool
	};
	struct tk_yaml *root, *value = NULL;
	char *key = NULL;

	if (len == 0 || data[len - 1] != '\n' || !is_printable(data, len))
		return NULL;
	root = new_node(&f, TK_YAML_MAP);
	root->line = 1;
	while (f.p < f.end) {
		if ((key = read_key(&f, root)) == NULL ||
		    (value = read_value(&f)) == NULL) {
			drop_key(&f, key);
			tk_yaml_free(root);
			return NULL;
		}
		add(&f, root, key, value);
	}
	return root;
}
