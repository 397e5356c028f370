/*
 * when-words.h - the words that times are told with.
 *
 * Purpose    Months, weekdays, days near by and units of time, in English,
 *            Russian and Ukrainian, for when.c alone. Words are in small
 *            letters.
 * Units      Months are 1 to 12, weekdays 0 to 6 from Monday on.
 */
#ifndef TK_WHEN_WORDS_H
#define TK_WHEN_WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* Says nothing: "at", "в", "года". */
bool tk_when_is_filler(const char *word);
/* "in", "через", "за" before a length of time; "ago", "назад" behind it. */
bool tk_when_is_ahead(const char *word);
bool tk_when_is_ago(const char *word);
/* today: 0, вчера: -1, послезавтра: 2. */
bool tk_when_near(int *days, const char *word);
/* Its name, or three letters and more of how it begins; -1: none. */
int tk_when_weekday(const char *word);
/* The same; 0: none. english: "Nov 30" is a day then. */
int tk_when_month(const char *word, bool *english);
/* Seconds: "hours", "мин", "днів"; 0: none. */
int64_t tk_when_unit(const char *word);
/* "полчаса" needs no number; 0: none. */
int64_t tk_when_alone(const char *word);

#endif
