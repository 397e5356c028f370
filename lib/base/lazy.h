/*
 * lazy.h - a library that is loaded when it is first needed.
 *
 * Purpose    libxml2 and uchardet bring libstdc++ and ICU with them: two
 *            thirds of what the dynamic linker does before main(), in
 *            commands that read no letter. Types come from the library's own
 *            header, the name of the file from the one that was there at
 *            build time (TK_SO_NAME in the Makefile).
 * Ownership  Nothing is unloaded.
 * Source     dlopen(3), dlsym(3).
 */
#ifndef TK_LAZY_H
#define TK_LAZY_H

#include <stdbool.h>
#include <stddef.h>

struct tk_lazy {
	const char *name; /* of the function */
	void *to;         /* address of the pointer to it */
};

#define TK_LAZY(table, function) { #function, &(table).function }

/* All of them, or false: the library is not there, or not as expected. */
bool tk_lazy_load(const char *so, const struct tk_lazy *v, size_t n);

#endif
