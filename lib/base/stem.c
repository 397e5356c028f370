/* stem - the words of a text, folded and stemmed. */
#include "base/stem.h"

#include <ctype.h>
#include <libstemmer.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define WORD_MAX 48 /* letters; what is longer is no word, its start counts */
#define SLOTS 8192  /* stems remembered: few words make most of a text */

struct slot {
	char *word, *stem;
	int how;
};

struct tk_stemmer {
	struct sb_stemmer *ru, *en;
	struct tk_str out;
	struct slot slot[SLOTS];
};

/* A word that is being read. */
struct word {
	uint32_t c[WORD_MAX];
	size_t n, from, to;
	bool cyrillic, latin, digit, uk, ru;
	bool apostrophe; /* the last one was */
};

struct tk_stemmer *
tk_stemmer_new(void)
{
	struct tk_stemmer *s = tk_calloc(1, sizeof(*s));

	s->ru = sb_stemmer_new("russian", "UTF_8");
	s->en = sb_stemmer_new("english", "UTF_8");
	tk_str_init(&s->out);
	return s;
}

void
tk_stemmer_free(struct tk_stemmer *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < SLOTS; i++) {
		free(s->slot[i].word);
		free(s->slot[i].stem);
	}
	sb_stemmer_delete(s->ru);
	sb_stemmer_delete(s->en);
	tk_str_clear(&s->out);
	free(s);
}

/* The bytes behind the last one that was written. */
static char *
put_utf8(char *p, uint32_t c)
{
	if (c < 0x80) {
		*p++ = (char)c;
		return p;
	}
	if (c < 0x800) {
		*p++ = (char)(0xC0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*p++ = (char)(0xE0 | c >> 12);
		} else {
			*p++ = (char)(0xF0 | c >> 18);
			*p++ = (char)(0x80 | (c >> 12 & 0x3F));
		}
		*p++ = (char)(0x80 | (c >> 6 & 0x3F));
	}
	*p++ = (char)(0x80 | (c & 0x3F));
	return p;
}

static bool
is_cyrillic(uint32_t c)
{
	return c >= 0x400 && c <= 0x52F;
}

/* Letters that look alike in one case or the other. */
static const struct twin {
	char latin;
	uint16_t cyrillic;
} twins[] = {
	{ 'a', 0x430 },
	{ 'b', 0x432 },
	{ 'c', 0x441 },
	{ 'e', 0x435 },
	{ 'h', 0x43D },
	{ 'i', 0x456 },
	{ 'k', 0x43A },
	{ 'm', 0x43C },
	{ 'o', 0x43E },
	{ 'p', 0x440 },
	{ 't', 0x442 },
	{ 'x', 0x445 },
	{ 'y', 0x443 },
};

static uint32_t
twin_of(uint32_t c)
{
	size_t i;

	for (i = 0; i < TK_COUNT(twins); i++) {
		if (c == (unsigned char)twins[i].latin)
			return twins[i].cyrillic;
		if (c == twins[i].cyrillic)
			return (unsigned char)twins[i].latin;
	}
	return 0;
}

/* All letters of one alphabet into the other, where each has a twin. */
static bool
change_letters(struct word *w, bool to_cyrillic)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if ((to_cyrillic ? isalpha((int)w->c[i]) && w->c[i] < 0x80
				 : is_cyrillic(w->c[i])) &&
		    twin_of(w->c[i]) == 0)
			return false;
	for (i = 0; i < w->n; i++)
		if (to_cyrillic ? w->c[i] < 0x80 && isalpha((int)w->c[i])
				: is_cyrillic(w->c[i]))
			w->c[i] = twin_of(w->c[i]);
	w->cyrillic = to_cyrillic;
	w->latin = !to_cyrillic;
	return true;
}

/* Consonant, o or e, к н ц: the vowel comes and goes (звонок, звонка). */
static void
drop_fleeting(struct tk_str *w)
{
	static const char vowels[] = "аеиоуыэюя";
	size_t n = w->len, i;
	bool other = false;
	char *p = w->data;

	if (n < 8 ||
	    (memcmp(p + n - 4, "о", 2) != 0 &&
		memcmp(p + n - 4, "е", 2) != 0) ||
	    (memcmp(p + n - 2, "к", 2) != 0 && memcmp(p + n - 2, "н", 2) != 0 &&
		memcmp(p + n - 2, "ц", 2) != 0))
		return;
	for (i = 0; i + 4 < n; i += 2) {
		char letter[3] = { p[i], p[i + 1], '\0' };

		if (strstr(vowels, letter) == NULL)
			continue;
		if (i + 6 < n) {
			other = true;
		} else if (memcmp(p + n - 4, "е", 2) == 0 &&
		    memcmp(p + n - 2, "к", 2) == 0) {
			memcpy(p + n - 4, "й", 2); /* настроек, настройка */
			return;
		} else {
			return;
		}
	}
	if (!other)
		return;
	memmove(p + n - 4, p + n - 2, 2);
	tk_str_cut(w, n - 2);
}

static void
stem_word(struct tk_stemmer *s, const struct word *w, enum tk_stem_how how)
{
	struct sb_stemmer *sb = w->cyrillic ? s->ru : s->en;
	const sb_symbol *stem;
	bool uk = how == TK_STEM_ALL_UK ||
	    (how != TK_STEM_ALL_RU && (w->uk || (how == TK_STEM_UK && !w->ru)));

	if (how == TK_STEM_NONE || w->digit || w->cyrillic == w->latin)
		return;
	if (w->cyrillic && uk) {
		tk_stem_ukrainian(&s->out);
		return;
	}
	stem = sb_stemmer_stem(
	    sb, (const sb_symbol *)s->out.data, (int)s->out.len);
	if (stem == NULL || sb_stemmer_length(sb) == 0)
		return;
	tk_str_cut(&s->out, 0);
	tk_str_add_data(&s->out, stem, (size_t)sb_stemmer_length(sb));
	if (w->cyrillic)
		drop_fleeting(&s->out);
}

/* The stem of a word is in s->out. */
static void
find_stem(struct tk_stemmer *s, struct word *w, enum tk_stem_how how)
{
	uint32_t sum = 2166136261U;
	struct slot *slot;
	int key = (int)how * 4 + w->uk * 2 + w->ru;
	char text[WORD_MAX * 4 + 1], *p = text;
	size_t i;

	if (w->cyrillic && w->latin && !change_letters(w, true))
		(void)change_letters(w, false);
	for (i = 0; i < w->n; i++)
		p = put_utf8(p, w->c[i]);
	*p = '\0';
	for (p = text; *p != '\0'; p++)
		sum = (sum ^ (unsigned char)*p) * 16777619U;
	slot = &s->slot[(sum + (unsigned)key) % SLOTS];
	if (slot->word != NULL && slot->how == key &&
	    strcmp(slot->word, text) == 0) {
		tk_str_set(&s->out, slot->stem);
		return;
	}
	tk_str_set(&s->out, text);
	free(slot->word);
	free(slot->stem);
	slot->word = tk_strdup(text);
	slot->how = key;
	stem_word(s, w, how);
	slot->stem = tk_strdup(s->out.data);
}

/* Letters that only one of the two languages has, and what becomes of them
 * and of others that people mix up. */
static uint32_t
fold(struct word *w, uint32_t c)
{
	switch (c) {
	case 0x451: /* ё */
		w->ru = true;
		return 0x435;
	case 0x44B: /* ы */
	case 0x44D: /* э */
	case 0x44A: /* ъ */
		w->ru = true;
		return c;
	case 0x456: /* і */
	case 0x457: /* ї */
	case 0x454: /* є */
		w->uk = true;
		return c;
	case 0x491: /* ґ */
		w->uk = true;
		return 0x433;
	}
	return c;
}

static void
add_letter(struct word *w, uint32_t c)
{
	c = fold(w, c);
	w->cyrillic = w->cyrillic || is_cyrillic(c);
	w->latin = w->latin || (c < 0x250 && !(c >= '0' && c <= '9'));
	w->digit = w->digit || (c >= '0' && c <= '9');
	/* пам'ять */
	if (w->apostrophe && is_cyrillic(c))
		w->uk = true;
	w->apostrophe = false;
	if (w->n < WORD_MAX)
		w->c[w->n++] = c;
}

/* й and ї written in two characters. */
static bool
join_mark(struct word *w, uint32_t c)
{
	uint32_t *last = w->n > 0 ? &w->c[w->n - 1] : NULL;

	if (last == NULL)
		return false;
	if (c == 0x306 && *last == 0x438)
		*last = 0x439;
	else if (c == 0x308 && *last == 0x456)
		*last = 0x457;
	return true;
}

/* CJK is written without blanks: each character is a word, and what is
 * looked for are several in a row. */
static bool
stands_alone(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
	    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

void
tk_stem_each(struct tk_stemmer *s, const char *text, size_t len,
    enum tk_stem_how how, tk_stem_fn *fn, void *arg)
{
	static const struct word none = { .n = 0 };
	struct word w = none;
	size_t at, next;
	uint32_t c, letter;

	for (at = 0; at <= len; at = next) {
		next = at + 1;
		c = at < len ? tk_utf8_char(text, len, &next, at) : 0;
		if (tk_utf8_is_mark(c)) {
			if (join_mark(&w, c))
				w.to = next;
			continue;
		}
		letter = tk_utf8_letter(c);
		if (w.n > 0 && letter == 0 && tk_utf8_is_apostrophe(c) &&
		    !w.apostrophe) {
			w.apostrophe = true;
			continue;
		}
		if (w.n > 0 && (letter == 0 || stands_alone(c))) {
			find_stem(s, &w, how);
			fn(arg, s->out.data, w.from, w.to);
			w = none;
		}
		if (letter == 0)
			continue;
		if (w.n == 0)
			w.from = at;
		add_letter(&w, letter);
		w.to = next;
		if (stands_alone(c)) {
			find_stem(s, &w, TK_STEM_NONE);
			fn(arg, s->out.data, w.from, w.to);
			w = none;
		}
	}
}

static void
add_stem(void *arg, const char *stem, size_t from, size_t to)
{
	struct tk_str *out = arg;

	(void)from;
	(void)to;
	if (out->len > 0 && out->data[out->len - 1] != ' ')
		tk_str_add_char(out, ' ');
	tk_str_add(out, stem);
}

void
tk_stem_text(struct tk_str *out, struct tk_stemmer *s, const char *text,
    size_t len, enum tk_stem_how how)
{
	tk_stem_each(s, text, len, how, add_stem, out);
}

enum tk_stem_how
tk_stem_guess(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t i, ru = 0, uk = 0;

	/* ы э ъ ё and і ї є ґ in both cases, as bytes. */
	for (i = 0; i + 1 < len; i++) {
		if (p[i] == 0xD1) {
			ru += p[i + 1] == 0x8B || p[i + 1] == 0x8D ||
			    p[i + 1] == 0x8A || p[i + 1] == 0x91;
			uk += p[i + 1] == 0x96 || p[i + 1] == 0x97 ||
			    p[i + 1] == 0x94;
		} else if (p[i] == 0xD0) {
			ru += p[i + 1] == 0xAB || p[i + 1] == 0xAD ||
			    p[i + 1] == 0xAA || p[i + 1] == 0x81;
			uk += p[i + 1] == 0x86 || p[i + 1] == 0x87 ||
			    p[i + 1] == 0x84;
		} else if (p[i] == 0xD2) {
			uk += p[i + 1] == 0x90 || p[i + 1] == 0x91;
		}
	}
	return uk > ru ? TK_STEM_UK : TK_STEM_RU;
}
