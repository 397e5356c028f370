/* mem - memory that is there or the process ends. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void
no_memory(void)
{
	static const char text[] = "tk: out of memory\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(EX_TEMPFAIL);
	_exit(EX_TEMPFAIL);
}

void *
tk_malloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *
tk_calloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (p == NULL)
		no_memory();
	return p;
}

void *
tk_realloc(void *p, size_t n, size_t size)
{
	if (size > 0 && n > SIZE_MAX / size)
		no_memory();
	n *= size;
	p = realloc(p, n > 0 ? n : 1);
	if (p == NULL)
		no_memory();
	return p;
}

char *
tk_strdup(const char *s)
{
	return s == NULL ? NULL : tk_strndup(s, strlen(s));
}

char *
tk_strndup(const char *s, size_t n)
{
	char *p;

	n = strnlen(s, n);
	p = tk_malloc(n + 1);
	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

void *
tk_more(void *v, size_t n, size_t *cap, size_t size)
{
	if (n + 1 > *cap) {
		*cap = *cap ? *cap * 2 : 8;
		v = tk_realloc(v, *cap, size);
	}
	memset((char *)v + n * size, 0, size);
	return v;
}
