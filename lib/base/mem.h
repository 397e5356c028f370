/*
 * mem.h - memory that is there or the process ends.
 *
 * Errors     When memory runs out, a line on standard error and exit 75:
 *            GLib under GMime aborts on it anyway, so nothing above could
 *            promise more. Nothing has been committed at that point that
 *            the next run would not find.
 */
#ifndef TK_MEM_H
#define TK_MEM_H

#include <stddef.h>

void *tk_malloc(size_t n);
void *tk_calloc(size_t n, size_t size);
void *tk_realloc(void *p, size_t n, size_t size);
char *tk_strdup(const char *s);             /* NULL gives NULL */
char *tk_strndup(const char *s, size_t n);

/* Room for one more element in the array v of n elements, capacity cap. */
#define TK_GROW(v, n, cap)                                                   \
	do {                                                                 \
		if ((n) + 1 > (cap)) {                                       \
			(cap) = (cap) ? (cap) * 2 : 8;                       \
			(v) = tk_realloc((v), (cap), sizeof(*(v)));          \
		}                                                            \
	} while (0)

/* The same for a record: v with element n zeroed. */
void *tk_more(void *v, size_t n, size_t *cap, size_t size);

#define TK_COUNT(a) (sizeof(a) / sizeof((a)[0]))

#endif
