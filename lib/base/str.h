/*
 * str.h - a growing string, and a list of strings.
 *
 * Invariant  data is never NULL and always NUL-terminated at data[len]; the
 *            bytes may hold NULs of their own (a raw letter).
 * Ownership  init/clear on the stack; detach hands the bytes to the caller,
 *            who frees them with free(3).
 */
#ifndef TK_STR_H
#define TK_STR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct tk_str {
	char *data;
	size_t len;
	size_t cap; /* 0 while data is the shared empty string */
};

extern char tk_str_empty[1];
#define TK_STR_INIT { tk_str_empty, 0, 0 }

void tk_str_init(struct tk_str *s);
void tk_str_clear(struct tk_str *s); /* reusable after */
void tk_str_reset(struct tk_str *s); /* empty, memory kept */
void tk_str_reserve(struct tk_str *s, size_t more);
void tk_str_add(struct tk_str *s, const char *text);
void tk_str_add_data(struct tk_str *s, const void *data, size_t len);
void tk_str_add_char(struct tk_str *s, char c);
void tk_str_set(struct tk_str *s, const char *text);
void tk_str_cut(struct tk_str *s, size_t len); /* shorten to len */
void tk_str_trim(struct tk_str *s);            /* white space at both ends */
TK_PRINTF(2, 3) void tk_str_addf(struct tk_str *s, const char *fmt, ...);
char *tk_str_detach(struct tk_str *s);

/* Everything from fd, at most max bytes (more is TK_EINPUT). */
TK_MUST_CHECK enum tk_status tk_str_read(
    struct tk_str *s, int fd, size_t max, struct tk_err *err);

/* A heap string made with printf; free(3) it. */
TK_PRINTF(1, 2) char *tk_strf(const char *fmt, ...);

bool tk_starts(const char *s, const char *prefix);
bool tk_ends(const char *s, const char *suffix);
bool tk_streq(const char *a, const char *b); /* NULL equals only NULL */
bool tk_strcaseeq(const char *a, const char *b); /* ASCII only */

struct tk_strv {
	char **v; /* NULL-terminated once something was added */
	size_t n;
	size_t cap;
};

#define TK_STRV_INIT { NULL, 0, 0 }

void tk_strv_add(struct tk_strv *l, const char *s);
void tk_strv_add_own(struct tk_strv *l, char *s); /* takes s */
bool tk_strv_has(const struct tk_strv *l, const char *s);
void tk_strv_copy(struct tk_strv *to, const struct tk_strv *from); /* appends */
void tk_strv_sort(struct tk_strv *l);
/* Appends what stands between commas, without blanks, and not what is empty. */
void tk_strv_split(struct tk_strv *l, const char *text);
void tk_strv_clear(struct tk_strv *l);

#endif
