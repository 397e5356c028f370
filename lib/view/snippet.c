/* snippet - the place in a text where what was looked for stands. */
#include "view/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define ELLIPSIS "\xE2\x80\xA6"

struct place {
	size_t from, to; /* bytes */
	size_t which;    /* of the stems, and behind them of the prefixes */
};

struct places {
	const struct tk_snippet_what *what;
	struct place *v;
	size_t n, cap;
};

static void
add_place(struct places *p, size_t from, size_t to, size_t which)
{
	TK_GROW(p->v, p->n, p->cap);
	p->v[p->n++] = (struct place){ from, to, which };
}

static void
match_stem(void *arg, const char *stem, size_t from, size_t to)
{
	struct places *p = arg;
	size_t i;

	for (i = 0; i < p->what->stems->n; i++)
		if (strcmp(p->what->stems->v[i], stem) == 0) {
			add_place(p, from, to, i);
			return;
		}
}

static void
match_prefix(void *arg, const char *word, size_t from, size_t to)
{
	struct places *p = arg;
	size_t i;

	for (i = 0; i < p->what->prefixes->n; i++)
		if (tk_starts(word, p->what->prefixes->v[i])) {
			add_place(p, from, to, p->what->stems->n + i);
			return;
		}
}

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* How many different ones stand in the bytes behind place i. */
static size_t
count_near(const struct places *p, size_t i, size_t bytes)
{
	size_t k, m, n = 0;

	for (k = i; k < p->n && p->v[k].to <= p->v[i].from + bytes; k++) {
		for (m = i; m < k && p->v[m].which != p->v[k].which; m++)
			;
		n += m == k;
	}
	return n;
}

/* The beginning of a word, some columns before at. */
static size_t
start_before(const char *text, size_t at, size_t columns)
{
	size_t from = at, word = at;

	while (from > 0 && columns > 0) {
		from--;
		while (from > 0 && ((unsigned char)text[from] & 0xC0) == 0x80)
			from--;
		columns--;
		if (text[from] == '\n' && from > 0 && text[from - 1] == '\n')
			break;
		if (from == 0 || text[from - 1] == ' ' ||
		    text[from - 1] == '\n')
			word = from;
	}
	return from == 0 ? 0 : word;
}

static size_t
end_behind(const char *text, size_t from, size_t columns)
{
	size_t at = from, word = from;

	while (text[at] != '\0' && columns > 0) {
		at++;
		while (((unsigned char)text[at] & 0xC0) == 0x80)
			at++;
		columns--;
		if (text[at] == ' ' || text[at] == '\n' || text[at] == '\0')
			word = at;
	}
	return text[at] == '\0' || word == from ? at : word;
}

static void
add_part(struct tk_str *out, const char *text, size_t from, size_t to,
    bool found, bool colour)
{
	char *part = tk_strndup(text + from, to - from);
	struct tk_str safe = TK_STR_INIT;

	tk_utf8_safe(&safe, part, false);
	tk_term_paint(
	    out, colour && found, found ? TK_BOLD : TK_PLAIN, safe.data);
	tk_str_clear(&safe);
	free(part);
}

static void
print(
    struct tk_str *out, const char *text, const struct places *p, size_t first)
{
	size_t from, to, at, i;

	from = start_before(text, p->v[first].from, p->what->width / 4);
	to = end_behind(text, from, p->what->width);
	if (to < p->v[first].to)
		to = p->v[first].to;
	while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\n'))
		to--;
	tk_str_add(out, from > 0 ? ELLIPSIS : "");
	for (at = from, i = 0; i < p->n; i++) {
		if (p->v[i].from < at || p->v[i].to > to)
			continue;
		add_part(out, text, at, p->v[i].from, false, false);
		add_part(
		    out, text, p->v[i].from, p->v[i].to, true, p->what->colour);
		at = p->v[i].to;
	}
	add_part(out, text, at, to, false, false);
	tk_str_add(
	    out, strspn(text + to, " \n") < strlen(text + to) ? ELLIPSIS : "");
}

size_t
tk_snippet(struct tk_str *out, struct tk_stemmer *s, const char *text,
    const struct tk_snippet_what *what)
{
	struct places p = { .what = what };
	size_t len = strlen(text), i, n, best = 0, most = 0;

	tk_stem_each(s, text, len, tk_stem_guess(text, len), match_stem, &p);
	if (what->prefixes->n > 0) {
		tk_stem_each(s, text, len, TK_STEM_NONE, match_prefix, &p);
		if (p.n > 0)
			qsort(p.v, p.n, sizeof(*p.v), by_place);
	}
	/* Two bytes a letter, most of the time. */
	for (i = 0; i < p.n; i++)
		if ((n = count_near(&p, i, what->width * 3 / 2)) > most) {
			most = n;
			best = i;
		}
	if (p.n > 0)
		print(out, text, &p, best);
	free(p.v);
	return most;
}
