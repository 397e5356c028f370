/*
 * test-plain - yaml/plain.h: what it takes, libyaml reads as the same.
 *
 * A comment in front is nothing that the writer writes, so with one libyaml
 * reads the file, one line further down.
 */
#include "yaml/plain.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"

#define TIMES 300000

static const char *const files[] = {
	"id: TK-1\nsubject: Не печатает принтер 12\nline: 2\nnone: null\n"
	"cc: [a@b.example, 'c, d', \"e\"]\nsla: {a: 1, b: {c: [x, y], d: {}}}\n"
	"log:\n- {at: 2025-09-28T15:13:20+03:00, by: anna@b.example, act: open,"
	" set: {subject: 'Re: it''s', due: null}}\n"
	"- {at: 2025-09-28T15:23:20+03:00, by: tk, act: sent}\n",
	"kind: request\nby: tk\nat: 2025-09-28T15:13:20+03:00\nto: []\n"
	"text: |\n  Здравствуйте!\n\n    # ещё: 5\n  - так\n   \n  --\n\n\n",
	"a: |-\n  б\n  в\t😀 к\xc2\xa0\xe2\x80\x94\nc: x\n",
	"'q: r': |2\n  x\nb: ''\nc: it's (so) <a> #b\n",
};

static const char *const parts[] = { " ", "  ", "\n", "\t", ":", ": ", "#",
	" #", "-", "- ", "'", "\"", "[", "]", "{", "}", ",", ", ", "a", "1",
	".", "~", "?", "|", "|-\n  ", "|+", ">", "&", "*", "!", "%", "@", "`",
	"\\", "<", "=", "\r", "Я", "\xef\xbb\xbf", "\x01", "---", "...",
	"\n  ", "\n- ", "a: ", "\xd0", "\xc2\x85", "\xe2\x80\xa8", "\xed\xa0\x80",
	"\xef\xbf\xbf", "\xf0\x9f\x98\x80", "\xf4\x90\x80\x80", "\xc0\xaf",
	"\x7f", "id: TK-1\n" };

static bool
same(const struct tk_yaml *a, const struct tk_yaml *b, unsigned down)
{
	size_t i;

	if (a->kind != b->kind || a->n != b->n || a->plain != b->plain ||
	    a->line + down != b->line || !tk_streq(a->text, b->text))
		return false;
	for (i = 0; i < a->n; i++)
		if ((a->kind == TK_YAML_MAP &&
			strcmp(a->key[i], b->key[i]) != 0) ||
		    !same(a->item[i], b->item[i], down))
			return false;
	return true;
}

static struct tk_yaml *
by_libyaml(const char *text, size_t len)
{
	struct tk_err err = TK_ERR_INIT;
	struct tk_str all = TK_STR_INIT;
	struct tk_yaml *y = NULL;

	tk_str_add(&all, "#\n");
	tk_str_add_data(&all, text, len);
	if (tk_yaml_read(&y, all.data, all.len, "f", &err) != TK_OK)
		printf("# %s\n", err.text);
	tk_str_clear(&all);
	return y;
}

/* 0: not taken; 1: as libyaml does; -1: otherwise. */
static int
compare(struct tk_pool *pool, const struct tk_str *file)
{
	/* Without a byte behind it, so that a sanitizer sees who reads on. */
	char *text = memcpy(tk_malloc(file->len), file->data, file->len);
	struct tk_yaml *y = tk_yaml_read_plain(NULL, text, file->len);
	struct tk_yaml *in = tk_yaml_read_plain(pool, text, file->len), *want;
	int as = (y != NULL) == (in != NULL) ? 0 : -1;

	if (y != NULL && in != NULL) {
		want = by_libyaml(text, file->len);
		as = want != NULL && same(y, want, 1) && same(y, in, 0) ? 1
									: -1;
		tk_yaml_free(want);
	}
	if (as < 0)
		printf("# <%s>\n", file->data);
	tk_yaml_free(y);
	free(text);
	tk_pool_clear(pool);
	return as;
}

static unsigned
chance(unsigned *seed, size_t n)
{
	*seed = *seed * 1664525 + 1013904223;
	return (unsigned)((*seed >> 8) % n);
}

/* Something put in, or taken out, or both, up to four times. */
static void
spoil(struct tk_str *file, unsigned *seed)
{
	struct tk_str rest = TK_STR_INIT;
	unsigned times = 1 + chance(seed, 4), at, cut;

	for (; times > 0; times--) {
		at = chance(seed, file->len + 1);
		cut = chance(seed, 3) == 0 ? chance(seed, 4) : 0;
		if (at + cut > file->len)
			cut = 0;
		tk_str_reset(&rest);
		tk_str_add_data(&rest, file->data + at + cut,
		    file->len - at - cut);
		tk_str_cut(file, at);
		if (chance(seed, 3) > 0)
			tk_str_add(file, parts[chance(seed, TK_COUNT(parts))]);
		tk_str_add_data(file, rest.data, rest.len);
	}
	tk_str_clear(&rest);
}

int
main(void)
{
	struct tk_pool pool = { 0 };
	struct tk_str file = TK_STR_INIT;
	unsigned seed = 1, i, taken = 0;
	int as = 0;

	for (i = 0; i < TK_COUNT(files); i++) {
		tk_str_set(&file, files[i]);
		is_int(compare(&pool, &file), i < 3, "a file as it is written");
	}
	for (i = 0; i < TIMES && as >= 0; i++) {
		tk_str_set(&file, files[chance(&seed, TK_COUNT(files))]);
		spoil(&file, &seed);
		as = file.len > 0 ? compare(&pool, &file) : 0;
		taken += as > 0;
	}
	ok(as >= 0, "one that was changed is left to libyaml, or read alike");
	printf("# %u of %u were taken\n", taken, i);
	ok(taken > TIMES / 20 && taken < TIMES, "some are, and some are not");
	tk_str_clear(&file);
	done_testing();
	return tap_done();
}
