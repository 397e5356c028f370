/* language - which language a letter is written in. */
#include "mail/language.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define LOOK 8000        /* bytes; who writes more has said it by then */
#define CYRILLIC_MIN 8   /* letters; "OK" and a name tell nothing */
#define RUSSIAN_MIN 40   /* as many without any і ї є are not Ukrainian */
#define ENGLISH_MIN 5    /* words */
#define WORD_MAX 8       /* letters of the words below */

struct seen {
	size_t cyrillic, latin; /* letters */
	size_t uk, ru;          /* of these languages alone */
	size_t words, english;
	char word[WORD_MAX + 1];
	size_t len; /* of word; more than WORD_MAX: a long one */
};

/* Words without which no English is written, and that no log is full of. */
static const char *const english[] = { "the", "is", "are", "and", "to", "not",
	"of", "we", "you", "our", "your", "my", "have", "has", "please", "it",
	"this", "that", "with", "for", "does", "can", "cannot", "was", "i",
	"in", "on", "hello", "hi", "dear", "thanks", "thank", NULL };

/* і ї є ґ are Ukrainian, ы э ъ ё Russian, in small letters. */
static void
count_cyrillic(struct seen *s, uint32_t c)
{
	static const uint32_t uk[] = { 0x456, 0x457, 0x454, 0x491 };
	static const uint32_t ru[] = { 0x44B, 0x44D, 0x44A, 0x451 };
	size_t i;

	s->cyrillic++;
	for (i = 0; i < TK_COUNT(uk); i++) {
		s->uk += c == uk[i];
		s->ru += c == ru[i];
	}
}

static void
end_word(struct seen *s)
{
	size_t i;

	if (s->len > 0) {
		s->words++;
		s->word[s->len <= WORD_MAX ? s->len : 0] = '\0';
		for (i = 0; english[i] != NULL; i++)
			s->english += strcmp(s->word, english[i]) == 0;
	}
	s->len = 0;
}

static void
count_latin(struct seen *s, uint32_t c)
{
	s->latin++;
	if (s->len < WORD_MAX)
		s->word[s->len] = (char)c;
	s->len++;
}

static void
look(struct seen *s, const char *text)
{
	size_t len = strnlen(text, LOOK), at, next;
	uint32_t c;

	for (at = 0; at < len; at = next) {
		c = tk_utf8_char(text, len, &next, at);
		if (c >= 'A' && c <= 'Z')
			c |= 32;
		if (c >= 0x410 && c <= 0x42F)
			c += 32;
		else if (c >= 0x400 && c <= 0x40F)
			c += 80;
		else if (c == 0x490)
			c = 0x491;
		if (c >= 0x430 && c <= 0x491)
			count_cyrillic(s, c);
		if (c >= 'a' && c <= 'z')
			count_latin(s, c);
		else
			end_word(s);
	}
	end_word(s);
}

const char *
tk_language_of(const char *text)
{
	struct seen s = { 0 };

	look(&s, text);
	/* names of programs and what they print are Latin in any letter */
	if (s.cyrillic >= CYRILLIC_MIN) {
		if (s.uk > 3 * s.ru)
			return "uk";
		return s.ru > 3 * s.uk ||
			(s.uk == 0 && s.cyrillic >= RUSSIAN_MIN)
		    ? "ru"
		    : NULL;
	}
	if (s.words >= ENGLISH_MIN && s.english * 6 >= s.words &&
	    s.english >= 3 && s.cyrillic == 0)
		return "en";
	return NULL;
}
