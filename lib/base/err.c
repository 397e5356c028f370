/* err - how a function says that it failed. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* A message cut by the buffer must not end inside a UTF-8 character. */
static void
trim_tail(char *text)
{
	size_t n = strlen(text), k = n;

	if (n + 1 < TK_ERR_MAX)
		return;
	while (k > 0 && ((unsigned char)text[k - 1] & 0xC0) == 0x80)
		k--;
	if (k > 0 && (unsigned char)text[k - 1] >= 0xC0)
		text[k - 1] = '\0';
}

enum tk_status
tk_fail(struct tk_err *err, enum tk_status st, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	trim_tail(err->text);
	err->status = st;
	return st;
}

enum tk_status
tk_fail_errno(struct tk_err *err, const char *fmt, ...)
{
	int saved = errno;
	size_t n;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, ": %s", strerror(saved));
	trim_tail(err->text);
	err->status = saved == ENOENT ? TK_ENOENT : TK_ESYS;
	return err->status;
}

enum tk_status
tk_wrap(struct tk_err *err, enum tk_status st, const char *fmt, ...)
{
	char old[TK_ERR_MAX];
	size_t n;
	va_list ap;

	memcpy(old, err->text, sizeof(old));
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	n = strlen(err->text);
	snprintf(err->text + n, sizeof(err->text) - n, ": %s", old);
	trim_tail(err->text);
	err->status = st;
	return st;
}

void
tk_err_add_line(struct tk_err *err, const char *fmt, ...)
{
	size_t n = strlen(err->text);
	va_list ap;

	if (n > 0 && n + 1 < sizeof(err->text))
		err->text[n++] = '\n';
	va_start(ap, fmt);
	vsnprintf(err->text + n, sizeof(err->text) - n, fmt, ap);
	va_end(ap);
	trim_tail(err->text);
}
