/*
 * test-yaml - yaml/yaml.h.
 *
 * With an argument it is a filter for t0100-yaml.sh: "yaml" and "json" print
 * the texts below as one map, "read" turns YAML on standard input to JSON.
 */
#include "yaml/yaml.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "tap.h"

/* Texts that a careless writer breaks. */
static const char *const texts[] = { "", " ", "  ", "\n", "\n\n", "\n\n\n",
	" \n", "\n ", "a", "a\n", "a\n\n", "\na", " a\nb", "a \nb \n", "a\n ",
	"a\n  \n", "a\n\t\n", "\ta\nb\n", "\n\ta\n", " \n\ta\nb",
	"a\n    b\n  c\n", "-- ", "text\n\n-- \nИван\n", "-- \n",
	"--- \na\n...\nb\n", "---", "...", "... a", "a: b", "a:", ":", ": a",
	"a #b", "#a", "a\n#b: c\n", "- a", "-", "-a", "?", "? a", "&a", "*a",
	"!a", "%a", "@a", "`a", "|", ">", "'", "\"", "'a'", "it's", "\"a\"",
	"a\"b\\c", "\\", "a, b", "[a]", "{a: b}", "a]", "a}", ",", "null",
	"Null", "NULL", "~", "true", "True", "FALSE", "yes", "No", "on", "OFF",
	"y", "N", "1", "-1", "+1", "0", "007", "0x1F", "0o17", "0b101", "1_000",
	"1.5", ".5", "-.5", "5.", "1e3", "1.5e+3", "1:30", "12:30:45", ".inf",
	"-.INF", ".NaN", ".", "..", "._", "=", "<<", "2026-11-22",
	"2026-11-22T09:15:02+03:00", "2026-11-22 09:15:02",
	"2026-1-2 1:02:03 Z", "192.168.0.1", "+74951234567",
	"Не работает сервер", "Україна: їжак", "😀 смайл", "漢字", "a\rb",
	"a\r\nb\r\n", "a\tb", "\t", "\x01\x1b[31m", "\x7f", "\xc2\x85",
	"\xc2\xa0", "\xc2\xa0 a\nb", "\xe2\x80\xa8", "a\xe2\x80\xa9",
	"\xef\xbb\xbf"
	"a",
	"\xef\xbf\xbe", "\xef\xbf\xbf", "\xf0\x9f\x98\x80\n\x07",
	"Иван Петров <ivan@romashka.example>", "a <b@c>", "<x>", "$HOME", "(a)",
	"a=b", "тест:\nстрока\n", "/path", "C:\\Temp", "a\n\n\n\nb\n\n\n\n" };

static struct tk_err err;
static struct tk_str out = TK_STR_INIT, again = TK_STR_INIT;

static struct tk_yaml *
read_text(const char *text)
{
	struct tk_yaml *y = NULL;

	if (tk_yaml_read(&y, text, strlen(text), "f", &err) != TK_OK)
		printf("# %s\n", err.text);
	return y;
}

static const char *
written(const struct tk_yaml *y)
{
	tk_str_reset(&out);
	tk_yaml_write(&out, y);
	return out.data;
}

static void
refused(const char *data, size_t len, const char *want, const char *name)
{
	struct tk_yaml *y = NULL;
	enum tk_status st = tk_yaml_read(&y, data, len, "f", &err);

	ok(st == TK_EINPUT && y == NULL, name);
	is(err.text, want, "  and says where");
	tk_yaml_free(y);
}

#define REFUSED(text, want, name) refused(text, sizeof(text) - 1, want, name)

static void
test_refusals(void)
{
	static const char extra[] =
	    "f:2: anchors, aliases and tags are not allowed";
	static char big[TK_YAML_MAX + 2];
	int i;

	REFUSED("a: 1\nb: 2\na: 3\n", "f:3: duplicate key \"a\"", "same key");
	REFUSED("a: {x: 1,\n x: 2}\n", "f:2: duplicate key \"x\"",
	    "same key in a flow map");
	REFUSED("a: 1\nb: *a\n", extra, "alias");
	REFUSED("a: 1\nb: &x 2\n", extra, "anchor");
	REFUSED("a: 1\nb: !!str 2\n", extra, "tag");
	REFUSED("a: 1\n!x b: 2\n", extra, "tag on a key");
	REFUSED("a: 1\nb: &x {c: 1}\n", extra, "anchor on a map");
	REFUSED("a: 1\nb: !x [1]\n", extra, "tag on a list");
	REFUSED("a: 1\n? [b]\n: 2\n", "f:2: a key must be a plain word",
	    "a list as a key");
	REFUSED("a: 1\n---\nb: 2\n", "f:2: more than one document in the file",
	    "two documents");
	REFUSED("", "f:1: the file is empty", "nothing");
	REFUSED("# only\n", "f:2: the file is empty", "a comment only");
	REFUSED("word\n", "f:1: expected keys and values", "a scalar");
	REFUSED("a: 1\nb: \"x\\0y\"\n", "f:2: NUL byte in a text", "NUL");
	REFUSED("\"a\\0\": 1\n", "f:1: NUL byte in a key", "NUL in a key");
	REFUSED("a: 1\nb: x\0y\n", "f:2: control characters are not allowed",
	    "a NUL as it is");
	REFUSED("a: 1\nb: 2\nc: \xff\n", "f:3: invalid leading UTF-8 octet",
	    "not UTF-8");
	REFUSED("a: 1\nb: [1, 2\n", "f:3: did not find expected ',' or ']'",
	    "open bracket");
	REFUSED("a: [[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]\n",
	    "f:1: nested too deeply", "depth 17");
	memset(big, '\n', sizeof(big));
	big[0] = 'a';
	big[1] = ':';
	refused(
	    big, TK_YAML_MAX + 1, "f:1: longer than 4194304 bytes", "too long");
	memset(big, 'k', 300);
	memcpy(big + 300, ": 1", 3);
	refused(big, 304, "f:1: a key is too long", "a very long key");
	tk_str_reset(&out);
	for (i = 0; i <= TK_YAML_KEYS; i++)
		tk_str_addf(&out, "k%d: %d\n", i, i);
	refused(out.data, out.len, "f:1001: too many keys", "1001 keys");
}

static void
test_read(void)
{
	struct tk_yaml *y = read_text(
	    "%YAML 1.1\n---\n# c\na: 1 # c\nb: [x, 'true', \"\\u0418\"]\n"
	    "no: ~\nm:\n  k: -5\n  t: true\nz: 99999999999999999999\n"
	    "e:\ns: >\n  one\n  two\n");
	struct tk_strv l = TK_STRV_INIT;

	ok(y != NULL && y->kind == TK_YAML_MAP && y->n == 7, "a map is read");
	is_int(tk_yaml_int(y, "a", 0), 1, "a number");
	is_int(tk_yaml_int(y, "z", 7), 7, "a number too large is none");
	ok(tk_yaml_get(y, "a")->plain, "a number is plain");
	ok(!tk_yaml_get(y, "b")->item[1]->plain,
	    "a quoted truth value is text");
	tk_yaml_strv(y, "b", &l);
	tk_yaml_strv(y, "a", &l);
	tk_yaml_strv(y, "no", &l);
	is_int((long long)l.n, 4, "lists and a scalar as a list, null as none");
	is(l.v[2], "И", "an escape");
	ok(tk_yaml_str(y, "no") == NULL && tk_yaml_str(y, "e") == NULL,
	    "null is no text");
	is_int(tk_yaml_int(tk_yaml_get(y, "m"), "k", 0), -5, "a map in a map");
	ok(tk_yaml_bool(tk_yaml_get(y, "m"), "t", false), "a truth value");
	is_int(tk_yaml_line(tk_yaml_get(y, "m"), "k"), 8, "its line");
	is_int(tk_yaml_line(y, "none"), 4, "the map's line for a missing key");
	is(tk_yaml_str(y, "s"), "one two\n", "folded text");
	is_int(tk_yaml_int(NULL, "a", 3), 3, "no map is no error");
	is(written(y),
	    "a: 1\nb: [x, 'true', И]\n'no': null\nm: {k: -5, t: true}\n"
	    "z: 99999999999999999999\ne: null\ns: |\n  one two\n",
	    "and written again in the one form");
	tk_strv_clear(&l);
	tk_yaml_free(y);
}

static struct tk_yaml *
all_texts(void)
{
	struct tk_yaml *y = tk_yaml_map(), *flow = tk_yaml_list(), *map;
	char *key;
	size_t i;

	for (i = 0; i < TK_COUNT(texts); i++) {
		key = tk_strf("t%zu", i);
		tk_yaml_set_str(y, key, texts[i]);
		tk_yaml_add(flow, tk_yaml_text(texts[i]));
		free(key);
	}
	map = tk_yaml_map();
	for (i = 0; i < TK_COUNT(texts); i++)
		tk_yaml_set_str(map, texts[i], texts[i]);
	tk_yaml_set(y, "list", flow);
	tk_yaml_set(y, "keys", tk_yaml_copy(map));
	flow = tk_yaml_list();
	tk_yaml_add(flow, map);
	tk_yaml_set(y, "log", flow);
	return y;
}

static void
test_texts(void)
{
	struct tk_yaml *y, *map, *back;
	size_t i;
	bool good = true, stable = true;

	for (i = 0; i < TK_COUNT(texts); i++) {
		map = tk_yaml_map();
		tk_yaml_set_str(map, "a", texts[i]);
		tk_yaml_set_str(map, texts[i], "b");
		back = read_text(written(map));
		if (!tk_yaml_equal(map, back)) {
			printf("# text %zu: <%s>\n", i, out.data);
			good = false;
		}
		if (back != NULL && tk_streq(tk_yaml_str(back, "a"), NULL))
			printf("# text %zu became null\n", i), good = false;
		tk_str_reset(&again);
		if (back != NULL)
			tk_yaml_write(&again, back);
		if (strcmp(again.data, out.data) != 0)
			printf("# text %zu: <%s>\n", i, again.data),
			    stable = false;
		tk_yaml_free(back);
		tk_yaml_free(map);
	}
	ok(good, "every text comes back as it was");
	ok(stable, "and its second writing is the first");
	y = all_texts();
	back = read_text(written(y));
	ok(tk_yaml_equal(y, back), "all of them in lists, maps and keys too");
	tk_yaml_free(back);
	tk_yaml_free(y);
}

/* A text of up to 7 characters that mean something in YAML. */
static void
odd_text(struct tk_str *text, unsigned *seed)
{
	static const char *const parts[] = { " ", "  ", "\n", "\t", ":", "#",
		"-", "'", "\"", "[", "]", "{", "}", ",", "a", "1", "0", ".",
		"~", "?", "|", ">", "&", "*", "!", "%", "@", "`", "\\", "<",
		"=", "e", "x", "_", "+", "\r", "Я", "\xef\xbb\xbf", "\x01",
		"--- " };
	unsigned n;

	tk_str_reset(text);
	*seed = *seed * 1664525 + 1013904223;
	for (n = *seed >> 29; n > 0; n--) {
		*seed = *seed * 1664525 + 1013904223;
		tk_str_add(text, parts[(*seed >> 16) % TK_COUNT(parts)]);
	}
}

static void
test_chance(void)
{
	struct tk_str text = TK_STR_INIT;
	struct tk_yaml *y, *list, *back;
	unsigned seed = 7, i;
	bool good = true;

	for (i = 0; i < 20000 && good; i++) {
		y = tk_yaml_map();
		list = tk_yaml_list();
		odd_text(&text, &seed);
		tk_yaml_set_str(y, "a", text.data);
		odd_text(&text, &seed);
		tk_yaml_set_str(y, text.data, "x");
		odd_text(&text, &seed);
		tk_yaml_add(list, tk_yaml_text(text.data));
		tk_yaml_set_strv(y, "c", NULL);
		back = tk_yaml_map();
		odd_text(&text, &seed);
		tk_yaml_set_str(back, text.data, text.data);
		tk_yaml_add(list, back);
		tk_yaml_set(y, "l", list);
		back = read_text(written(y));
		tk_str_reset(&again);
		if (back != NULL)
			tk_yaml_write(&again, back);
		good =
		    tk_yaml_equal(y, back) && strcmp(out.data, again.data) == 0;
		if (!good)
			printf("# %u: <%s>\n", i, out.data);
		tk_yaml_free(back);
		tk_yaml_free(y);
	}
	ok(good, "so do texts made by chance");
	tk_str_clear(&text);
}

static const char *
one(const char *text)
{
	struct tk_yaml *y = tk_yaml_map();

	tk_yaml_set_str(y, "k", text);
	written(y);
	tk_yaml_free(y);
	return out.data;
}

static void
test_form(void)
{
	struct tk_yaml *y, *back;
	static const char *const order[] = { "id", "log", NULL };
	static const char ticket[] =
	    "id: TK-1\nlog:\n- {at: 2026-11-22T09:15:02+03:00, by: tk, set: "
	    "{line: 1, due: {a: 2026-11-22T09:15:02+03:00}}}\n- [a, 'b, c']\n"
	    "- d\na: {}\nempty: []\nz: '1'\n";

	is(one("два слова"), "k: два слова\n", "no quotes without need");
	is(one("true"), "k: 'true'\n", "quotes where it looks like a value");
	is(one("a\nb\n"), "k: |\n  a\n  b\n", "lines are a literal block");
	is(one("a\n\n-- \nb"), "k: |-\n  a\n\n  -- \n  b\n",
	    "no newline at the end");
	is(one(" a\n\n"), "k: |2+\n   a\n\n",
	    "blanks and newlines at the ends");
	is(one("a\rb\n"), "k: \"a\\rb\\n\"\n", "escapes only for controls");
	is(one("bad \xd0 text"), "k: bad \xEF\xBF\xBD text\n",
	    "bytes are repaired");

	y = read_text(ticket);
	tk_yaml_order(y, order);
	is(written(y), ticket, "the form of a ticket");
	back = read_text("empty: []\nlog:\n  - by: tk\n    at: "
			 "\"2026-11-22T09:15:02+03:00\"\n    set: {}\nz: 1\n"
			 "x: -word\na: \"-word\"\nid: \"TK-1\"\n");
	tk_yaml_order(back, order);
	is(written(back),
	    "id: TK-1\nlog:\n- {by: tk, at: '2026-11-22T09:15:02+03:00', set: "
	    "{}}\na: '-word'\nempty: []\nx: '-word'\nz: 1\n",
	    "another's hand is brought into it");
	tk_yaml_free(back);

	back = tk_yaml_copy(y);
	ok(tk_yaml_equal(y, back), "a copy is equal");
	tk_yaml_set_int(back, "z", 1);
	ok(tk_yaml_equal(y, back), "plain or not is the same");
	tk_yaml_set(back, "z", NULL);
	ok(!tk_yaml_equal(y, back) && tk_yaml_get(back, "z") == NULL &&
		tk_yaml_get(back, "a") != NULL,
	    "a removed key is gone, others stay");
	tk_yaml_free(back);
	tk_yaml_free(y);

	y = tk_yaml_map();
	is(written(y), "{}\n", "an empty map");
	tk_yaml_set_time(y, "at", 1795328102);
	tk_yaml_set_bool(y, "yes", true);
	tk_yaml_set_int(y, "num", -7);
	tk_yaml_set_str(y, "gone", "x");
	tk_yaml_set_str(y, "gone", NULL);
	is(written(y), "at: 2026-11-22T06:15:02+00:00\n'yes': true\nnum: -7\n",
	    "times, truth, numbers");
	tk_yaml_free(y);
}

static struct tk_json *
to_json(const struct tk_yaml *y)
{
	struct tk_json *j;
	size_t i;

	j = y->kind == TK_YAML_MAP ? tk_json_object() : tk_json_array();
	for (i = 0; i < y->n; i++) {
		if (y->kind == TK_YAML_LIST &&
		    y->item[i]->kind == TK_YAML_SCALAR)
			tk_json_add_str(j, y->item[i]->text);
		else if (y->kind == TK_YAML_LIST)
			tk_json_add(j, to_json(y->item[i]));
		else if (y->item[i]->kind == TK_YAML_SCALAR)
			tk_json_set_str(j, y->key[i], y->item[i]->text);
		else
			tk_json_set(j, y->key[i], to_json(y->item[i]));
	}
	return j;
}

static int
filter(const char *what)
{
	struct tk_str in = TK_STR_INIT;
	struct tk_yaml *y = NULL;
	struct tk_json *j;

	if (strcmp(what, "read") != 0)
		y = all_texts();
	else if (tk_str_read(&in, 0, TK_YAML_MAX, &err) == TK_OK)
		y = read_text(in.data);
	tk_str_clear(&in);
	if (y == NULL)
		return 1;
	if (strcmp(what, "yaml") == 0) {
		tk_yaml_write(&out, y);
	} else {
		j = to_json(y);
		tk_json_text(&out, j);
		tk_json_free(j);
	}
	fwrite(out.data, 1, out.len, stdout);
	tk_str_clear(&out);
	tk_yaml_free(y);
	return 0;
}

int
main(int argc, char **argv)
{
	setenv("TZ", "UTC", 1);
	if (argc > 1)
		return filter(argv[1]);
	test_refusals();
	test_read();
	test_texts();
	test_chance();
	test_form();
	tk_str_clear(&out);
	tk_str_clear(&again);
	done_testing();
	return tap_done();
}
