/*
 * stem.h - the words of a text, so that all forms of a word are one.
 *
 * Purpose    Folding: small letters, marks dropped, ё = е, apostrophes within
 *            words dropped, Latin letters in Cyrillic words (and the other
 *            way round) taken for what they look like. Stemming: Russian and
 *            English words by libstemmer, Ukrainian ones by stem-uk.c.
 *            Which of the two a Cyrillic word is, its letters say (ы э ъ ё,
 *            і ї є ґ), else the text around it.
 * Ownership  A stemmer is for one thread; tk_stemmer_free() takes NULL.
 * Units      Offsets are bytes of the text.
 * Source     snowballstem.org; the confusable letters are those of UTS #39.
 */
#ifndef TK_STEM_H
#define TK_STEM_H

#include "base/str.h"

struct tk_stemmer;

struct tk_stemmer *tk_stemmer_new(void);
void tk_stemmer_free(struct tk_stemmer *s);

enum tk_stem_how {
	TK_STEM_RU,      /* words that may be either are Russian */
	TK_STEM_UK,      /* ... Ukrainian */
	TK_STEM_ALL_RU,  /* whatever their letters are */
	TK_STEM_ALL_UK,
	TK_STEM_NONE,    /* folded only */
};
#define TK_STEM_HOWS 4 /* those that stem */

/* What most of the text is: TK_STEM_RU or TK_STEM_UK. */
enum tk_stem_how tk_stem_guess(const char *text, size_t len);

/* Called for each word; stem is borrowed and never empty. */
typedef void tk_stem_fn(
    void *arg, const char *stem, size_t from, size_t to);
void tk_stem_each(struct tk_stemmer *s, const char *text, size_t len,
    enum tk_stem_how how, tk_stem_fn *fn, void *arg);
/* The stems, a blank between two; appended. */
void tk_stem_text(struct tk_str *out, struct tk_stemmer *s, const char *text,
    size_t len, enum tk_stem_how how);

/* In place, of a folded word in small letters (stem-uk.c). */
void tk_stem_ukrainian(struct tk_str *word);

#endif
