/*
 * language.h - which language a letter is written in.
 *
 * Purpose    Whom nothing is known of is answered as he writes: in Russian,
 *            Ukrainian or English. Where a text leaves room for doubt there
 *            is no answer, and the desk's own language does.
 */
#ifndef TK_LANGUAGE_H
#define TK_LANGUAGE_H

/* "ru", "uk", "en" (static), or NULL. text: UTF-8, its quotes folded away. */
const char *tk_language_of(const char *text);

#endif
