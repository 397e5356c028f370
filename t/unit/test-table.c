/* test-table - view/table.h, view/size.h. */
#include "view/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "tap.h"
#include "view/size.h"

static char *text;

static const struct tk_column columns[] = {
	{ .title = "id" },
	{ .title = "subject", .flexible = true, .min = 5 },
	{ .title = "who", .max = 4 },
	{ .title = "n", .right = true, .min = 3 },
};

/* One line a row, | between cells; the style of the first cell is red. */
static const char *
printed(const char *const *cells, size_t n, struct tk_table_how how)
{
	struct tk_table *t = tk_table_new(columns, TK_COUNT(columns));
	size_t size = 0, i;
	FILE *to;

	free(text);
	text = NULL;
	for (i = 0; i < n; i++)
		tk_table_add(t, cells[i], i == 0 ? TK_RED : TK_PLAIN);
	to = open_memstream(&text, &size);
	tk_table_print(to, t, &how);
	fclose(to);
	tk_table_free(t);
	return text;
}

static void
test_table(void)
{
	static const char *const cells[] = { "TK-1", "Не работает сервер",
		"danila", "7", "TK-1042", "漢字", NULL, "12345", "TK-2",
		"a\nb\x1b[31m", "x", "" };
	struct tk_table_how how = { 0 };

	is(printed(cells, 12, how),
	    "id       subject             who         n\n"
	    "TK-1     Не работает сервер  danila      7\n"
	    "TK-1042  漢字                        12345\n"
	    "TK-2     a b[31m             x\n",
	    "no terminal: full cells that line up");
	how.no_header = true;
	is(printed(cells, 4, how), "TK-1  Не работает сервер  danila    7\n",
	    "no header");
	is(printed(cells, 0, how), "", "no rows");
	how.no_header = false;
	is(printed(cells, 0, how), "", "no rows, no header");
	how.width = 40;
	is(printed(cells, 12, how),
	    "id       subject             who       n\n"
	    "TK-1     Не работает сервер  dan…      7\n"
	    "TK-1042  漢字                      12345\n"
	    "TK-2     a b[31m             x\n",
	    "a terminal: at most so wide");
	how.width = 32;
	is(printed(cells, 8, how),
	    "id       subject     who       n\n"
	    "TK-1     Не работа…  dan…      7\n"
	    "TK-1042  漢字              12345\n",
	    "the flexible column gives way");
	how.width = 10;
	is(printed(cells, 4, how),
	    "id   su… …\n"
	    "TK-1 Не… …\n",
	    "what has no room is cut off");
	how.width = 19;
	is(printed(cells, 4, how),
	    "id   subj… who    n\n"
	    "TK-1 Не р… dan…   7\n",
	    "columns come nearer first");
	how.width = 0;
	how.no_header = true;
	how.colour = true;
	is(printed(cells, 4, how),
	    "\x1b[31mTK-1\x1b[0m  Не работает сервер  danila    7\n",
	    "colour does not count as width");
}

/* The widest line. */
static size_t
width_of(char *lines)
{
	size_t widest = 0, w;
	char *line;

	while ((line = strsep(&lines, "\n")) != NULL)
		if ((w = tk_utf8_width(line)) > widest)
			widest = w;
	return widest;
}

static void
test_width(void)
{
	static const struct tk_column list[] = {
		{ .title = "ЗАЯВКА", .min = 5 },
		{ .title = "ПР", .min = 2 },
		{ .title = "СОСТОЯНИЕ", .min = 5, .max = 9 },
		{ .title = "ОЧЕРЕДЬ", .min = 5, .max = 9 },
		{ .title = "КТО", .min = 3, .max = 9 },
		{ .title = "КЛИЕНТ", .min = 6, .max = 16 },
		{ .title = "ИЗМЕНЕНА", .min = 3 },
		{ .title = "ТЕМА", .min = 12, .flexible = true },
	};
	static const char *const row[] = { "TK-42", "p1", "waiting-client",
		"dispatch-department", "konstantin", "ivan@romashka.example",
		"5h", "Не работает 漢字 сервер, и давно" };
	static const struct tk_column stiff[] = { { .title = "id" },
		{ .title = "one" }, { .title = "two" } };
	struct tk_table_how how = { 0 };
	bool fits = true, has_subject = true;
	size_t size = 0, i;
	struct tk_table *t = tk_table_new(list, TK_COUNT(list));
	FILE *to;

	for (i = 0; i < TK_COUNT(row); i++)
		tk_table_add(t, row[i], TK_PLAIN);
	for (how.width = 20; how.width < 140; how.width++) {
		free(text);
		to = open_memstream(&text, &size);
		tk_table_print(to, t, &how);
		fclose(to);
		if (how.width >= 40 && strstr(text, "Не ра") == NULL)
			has_subject = false;
		if (width_of(text) > how.width)
			fits = false;
	}
	tk_table_free(t);
	ok(fits, "a table is never wider than the terminal");
	ok(has_subject, "and has its subject from 40 columns on");
	t = tk_table_new(stiff, TK_COUNT(stiff));
	for (i = 0; i < 3; i++)
		tk_table_add(t, "a cell that is rather wide", TK_PLAIN);
	how.width = 60;
	free(text);
	to = open_memstream(&text, &size);
	tk_table_print(to, t, &how);
	fclose(to);
	tk_table_free(t);
	is_int((long long)width_of(text), 60, "none is flexible");
}

/* Nothing is cut: texts in lines, columns below. */
static void
test_whole(void)
{
	static const struct tk_column whole[] = {
		{ .title = "who", .flexible = true, .key = true },
		{ .title = "first answer, mean", .right = true },
		{ .title = "n", .right = true },
		{ .title = "what was done", .flexible = true },
	};
	static const char *const cells[] = { "Анна", "12 h 05 m", "7",
		"a new cable from the switch", "漢字漢字漢字漢字漢字", "1 h",
		"1234567", "" };
	struct tk_table_how how = { .width = 44, .whole = true };
	struct tk_table *t = tk_table_new(whole, TK_COUNT(whole));
	bool fits = true, all = true;
	size_t i, size = 0;
	FILE *to;

	for (i = 0; i < TK_COUNT(cells); i++)
		tk_table_add(t, cells[i], TK_PLAIN);
	is_int((long long)tk_table_width(t, false), 20 + 18 + 7 + 27 + 6,
	    "as wide as it wants to be");
	is_int((long long)tk_table_width(t, true), 20 + 9 + 7 + 27 + 6,
	    "with titles in lines");
	for (; how.width > 0; how.width--) {
		free(text);
		to = open_memstream(&text, &size);
		tk_table_print(to, t, &how);
		fclose(to);
		if (how.width == 44)
			is(text,
			    "                          first\n"
			    "                        answer,\n"
			    "who                        mean        n\n"
			    "Анна                  12 h 05 m        7\n"
			    "漢字漢字漢字漢字漢字        1 h  1234567\n"
			    "\n"
			    "who                   what was done\n"
			    "Анна                  a new cable\n"
			    "                      from the\n"
			    "                      switch\n"
			    "漢字漢字漢字漢字漢字\n",
			    "columns find a place below");
		if (how.width >= 27 &&
		    (strstr(text, "12 h 05 m") == NULL ||
			strstr(text, "1234567") == NULL ||
			strstr(text, "…") != NULL))
			all = false;
		if (how.width >= 5 && width_of(text) > how.width)
			fits = false;
	}
	tk_table_free(t);
	ok(fits, "a whole table is never wider than it may be");
	ok(all, "and has all figures");
}

static const char *
size_of(unsigned long long n)
{
	static struct tk_str s = TK_STR_INIT;

	tk_str_reset(&s);
	tk_size_text(&s, n);
	free(text);
	text = tk_strdup(s.data);
	tk_str_clear(&s);
	return text;
}

static void
test_size(void)
{
	is(size_of(0), "0 B", "nothing");
	is(size_of(1023), "1023 B", "bytes");
	is(size_of(1024), "1.0 KB", "one");
	is(size_of(10 * 1024 - 1), "10 KB", "nearly ten");
	is(size_of(245760), "240 KB", "kilobytes");
	is(size_of(1024 * 1024 - 1), "1.0 MB", "nearly one");
	is(size_of(5ULL << 30), "5.0 GB", "gigabytes");
	is(size_of(900ULL << 40), "900 TB", "much");
	is(size_of(~0ULL), "1024 TB", "too much");
}

int
main(void)
{
	test_table();
	test_width();
	test_whole();
	test_size();
	free(text);
	done_testing();
	return tap_done();
}
