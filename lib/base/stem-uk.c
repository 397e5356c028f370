/* stem-uk - a light stemmer for Ukrainian.
 *
 * Source     Our own. The frame is that of Martin Porter's Russian stemmer
 *            (snowballstem.org): only what is behind the first vowel is
 *            touched, the longest ending goes. The endings are those of the
 *            tables of declension and conjugation in "Український правопис"
 *            (2019); the changes of letters within the stem (вихід - виходу,
 *            рахунок - рахунку, помилка - помилці, онов-ити - оновл-ення)
 *            are those of its chapters on alternation.
 */
#include <string.h>

#include "base/mem.h"
#include "base/stem.h"

/* All letters here have two bytes. */
#define LETTER 2

static bool
is_one_of(const char *p, const char *letters)
{
	for (; *letters != '\0'; letters += LETTER)
		if (memcmp(p, letters, LETTER) == 0)
			return true;
	return false;
}

static bool
is_vowel(const char *p)
{
	return is_one_of(p, "аеєиіїоуюяыэ");
}

/* Where the part begins that may be touched. */
static size_t
first_vowel(const struct tk_str *w)
{
	size_t i;

	for (i = 0; i + LETTER <= w->len; i += LETTER)
		if (is_vowel(w->data + i))
			return i + LETTER;
	return w->len;
}

/* The longest of the endings that lies behind from goes. */
static bool
cut_longest(
    struct tk_str *w, size_t from, const char *const *endings, size_t count)
{
	size_t i, n, best = 0;

	for (i = 0; i < count; i++) {
		n = strlen(endings[i]);
		if (n > best && w->len >= from + n &&
		    memcmp(w->data + w->len - n, endings[i], n) == 0)
			best = n;
	}
	tk_str_cut(w, w->len - best);
	return best > 0;
}

/* Of nouns, adjectives and verbs; single vowels, й and ь go later. */
static const char *const inflections[] = { "ами", "ями", "ам", "ям", "ах", "ях",
	"ом", "ем", "єм", "їм", "ові", "еві", "єві", "ів", "їв", "ей", "ою",
	"ею", "єю", "ого", "ього", "ому", "ьому", "им", "ім", "ої", "ьої", "их",
	"іх", "їх", "ими", "іми", "їми", "ий", "ій", "ію", "ють", "уть", "ить",
	"ять", "ать", "їть", "ить", "еш", "єш", "иш", "їш", "емо", "ємо", "имо",
	"їмо", "ете", "єте", "ите", "їте", "йте", "єть", "еть" };

/* What is left of verbs, participles and nouns made of verbs. */
static const char *const suffixes[] = { "ав", "яв", "ив", "їв", "ув", "юв",
	"ал", "ял", "ил", "їл", "іл", "ул", "ат", "ят", "ит", "їт", "іт", "ут",
	"ован", "йован", "уван", "юван", "овуван", "овува", "овуват", "овував",
	"овувал", "ував", "ював", "увал", "ювал", "уват", "юват", "ан", "ян",
	"ен", "єн", "ов", "ев", "єв", "ующ", "ююч", "уюч", "овув" };

static void
cut_vowels(struct tk_str *w, size_t from)
{
	while (w->len >= from + LETTER &&
	    is_one_of(w->data + w->len - LETTER, "аеєиіїоуюяйьыэ"))
		tk_str_cut(w, w->len - LETTER);
}

/* Is this the end of the word? */
static bool
ends(const struct tk_str *w, const char *text)
{
	return tk_ends(w->data, text);
}

static void
mend_end(struct tk_str *w)
{
	char *p;

	if (ends(w, "нн") || ends(w, "тт") || ends(w, "чч") || ends(w, "лл"))
		tk_str_cut(w, w->len - LETTER);
	if (w->len < 3 * LETTER)
		return;
	p = w->data + w->len - LETTER;
	if (memcmp(p, "л", LETTER) == 0 && is_one_of(p - LETTER, "бпвмф"))
		tk_str_cut(w, w->len - LETTER);
}

/* Vowels that change or come and go before the last consonant. */
static void
mend_vowel(struct tk_str *w)
{
	size_t n = w->len, first = first_vowel(w);
	char *p = w->data + n;

	if (n < 3 * LETTER || is_vowel(p - LETTER))
		return;
	if (first + 2 * LETTER < n && is_one_of(p - 2 * LETTER, "ое") &&
	    is_one_of(p - LETTER, "кцн") && !is_vowel(p - 3 * LETTER)) {
		memmove(p - 2 * LETTER, p - LETTER, LETTER);
		tk_str_cut(w, n - LETTER);
	} else if (is_one_of(p - 2 * LETTER, "і")) {
		memcpy(p - 2 * LETTER, "о", LETTER);
	}
	/* помилка, помилці */
	if (ends(w, "ц"))
		memcpy(w->data + w->len - LETTER, "к", LETTER);
}

void
tk_stem_ukrainian(struct tk_str *w)
{
	size_t from = first_vowel(w);
	bool reflexive =
	    w->len > from + 2 * LETTER && (ends(w, "ся") || ends(w, "сь"));

	if (w->len < 3 * LETTER || w->len % LETTER != 0)
		return;
	if (reflexive)
		tk_str_cut(w, w->len - 2 * LETTER);
	cut_longest(w, from, inflections, TK_COUNT(inflections));
	cut_vowels(w, from);
	mend_end(w);
	if (cut_longest(w, from, suffixes, TK_COUNT(suffixes))) {
		cut_vowels(w, from);
		mend_end(w);
	}
	mend_vowel(w);
}
