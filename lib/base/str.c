/* str - a growing string, and a list of strings. */
#include "base/str.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"

char tk_str_empty[1];

void
tk_str_init(struct tk_str *s)
{
	s->data = tk_str_empty;
	s->len = s->cap = 0;
}

void
tk_str_clear(struct tk_str *s)
{
	if (s->cap > 0)
		free(s->data);
	tk_str_init(s);
}

void
tk_str_reset(struct tk_str *s)
{
	s->len = 0;
	if (s->cap > 0)
		s->data[0] = '\0';
}

void
tk_str_reserve(struct tk_str *s, size_t more)
{
	size_t want;

	if (more >= SIZE_MAX / 2 - s->len - 1)
		more = SIZE_MAX / 2; /* tk_realloc will end the process */
	want = s->len + more + 1;
	if (want <= s->cap)
		return;
	if (want < s->cap + s->cap / 2)
		want = s->cap + s->cap / 2;
	if (want < 64)
		want = 64;
	s->data = tk_realloc(s->cap > 0 ? s->data : NULL, want, 1);
	s->data[s->len] = '\0';
	s->cap = want;
}

void
tk_str_add_data(struct tk_str *s, const void *data, size_t len)
{
	if (len == 0)
		return;
	tk_str_reserve(s, len);
	memcpy(s->data + s->len, data, len);
	s->len += len;
	s->data[s->len] = '\0';
}

void
tk_str_add(struct tk_str *s, const char *text)
{
	tk_str_add_data(s, text, strlen(text));
}

void
tk_str_add_char(struct tk_str *s, char c)
{
	tk_str_add_data(s, &c, 1);
}

void
tk_str_set(struct tk_str *s, const char *text)
{
	tk_str_reset(s);
	tk_str_add(s, text);
}

void
tk_str_cut(struct tk_str *s, size_t len)
{
	if (len < s->len) {
		s->len = len;
		s->data[len] = '\0';
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
tk_str_trim(struct tk_str *s)
{
	size_t from = 0;

	while (s->len > 0 && is_blank(s->data[s->len - 1]))
		tk_str_cut(s, s->len - 1);
	while (from < s->len && is_blank(s->data[from]))
		from++;
	if (from > 0) {
		memmove(s->data, s->data + from, s->len - from + 1);
		s->len -= from;
	}
}

TK_PRINTF(2, 0)
static void
add_vf(struct tk_str *s, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n > 0) {
		tk_str_reserve(s, (size_t)n);
		vsnprintf(s->data + s->len, (size_t)n + 1, fmt, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void
tk_str_addf(struct tk_str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_vf(s, fmt, ap);
	va_end(ap);
}

char *
tk_strf(const char *fmt, ...)
{
	struct tk_str s = TK_STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	add_vf(&s, fmt, ap);
	va_end(ap);
	return tk_str_detach(&s);
}

char *
tk_str_detach(struct tk_str *s)
{
	char *p = s->cap > 0 ? s->data : tk_strdup("");

	tk_str_init(s);
	return p;
}

enum tk_status
tk_str_read(struct tk_str *s, int fd, size_t max, struct tk_err *err)
{
	ssize_t n;

	for (;;) {
		tk_str_reserve(s, 65536);
		n = read(fd, s->data + s->len, s->cap - s->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return tk_fail_errno(err, "read");
		if (n == 0)
			return TK_OK;
		s->len += (size_t)n;
		s->data[s->len] = '\0';
		if (s->len > max)
			return tk_fail(err, TK_EINPUT,
			    "input is longer than %zu bytes", max);
	}
}

bool
tk_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool
tk_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool
tk_streq(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
tk_strcaseeq(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcasecmp(a, b) == 0);
}

void
tk_strv_add_own(struct tk_strv *l, char *s)
{
	if (l->n + 2 > l->cap) {
		l->cap = l->cap ? l->cap * 2 : 8;
		l->v = tk_realloc(l->v, l->cap, sizeof(*l->v));
	}
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void
tk_strv_add(struct tk_strv *l, const char *s)
{
	tk_strv_add_own(l, tk_strdup(s));
}

bool
tk_strv_has(const struct tk_strv *l, const char *s)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return true;
	return false;
}

void
tk_strv_copy(struct tk_strv *to, const struct tk_strv *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		tk_strv_add(to, from->v[i]);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
tk_strv_sort(struct tk_strv *l)
{
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), by_bytes);
}

void
tk_strv_split(struct tk_strv *l, const char *text)
{
	struct tk_str one = TK_STR_INIT;
	size_t n;

	for (;; text += n + 1) {
		n = strcspn(text, ",");
		tk_str_reset(&one);
		tk_str_add_data(&one, text, n);
		tk_str_trim(&one);
		if (one.len > 0)
			tk_strv_add(l, one.data);
		if (text[n] == '\0')
			break;
	}
	tk_str_clear(&one);
}

void
tk_strv_clear(struct tk_strv *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	l->v = NULL;
	l->n = l->cap = 0;
}
