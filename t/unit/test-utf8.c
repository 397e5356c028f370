/* test-utf8 - base/utf8.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

#include "tap.h"

static struct tk_str s = TK_STR_INIT;

static const char *
repaired(const char *text, size_t len)
{
	tk_str_reset(&s);
	tk_utf8_repair(&s, text, len);
	return s.data;
}

static const char *
safe(const char *text, bool lines)
{
	tk_str_reset(&s);
	tk_utf8_safe(&s, text, lines);
	return s.data;
}

static const char *
fit(const char *text, size_t width, bool pad)
{
	tk_str_reset(&s);
	tk_utf8_fit(&s, text, width, pad);
	return s.data;
}

static const char *
lower(const char *text)
{
	tk_str_reset(&s);
	tk_utf8_lower(&s, text);
	return s.data;
}

static void
valid(void)
{
	ok(tk_utf8_valid("жук", 6), "Cyrillic");
	ok(tk_utf8_valid("", 0), "nothing");
	ok(!tk_utf8_valid("\xE6\xF3\xEA", 3), "windows-1251 is not UTF-8");
	ok(!tk_utf8_valid("\xC0\xAF", 2), "nor is an overlong slash");
	ok(!tk_utf8_valid("\xED\xA0\x80", 3), "nor half of a surrogate pair");
	ok(!tk_utf8_valid("ж", 1), "nor half a character");

	is(repaired("жук", 6), "жук", "good text is left alone");
	is(repaired("a\xFF\xFE\xFD"
		    "b",
	       5),
	    "a\xEF\xBF\xBD"
	    "b",
	    "one mark for a run of bad bytes");
	is(repaired("a\0b", 3), "ab", "NUL is dropped");
	is(repaired("ж\xD0", 3), "ж\xEF\xBF\xBD", "a cut end");
	repaired("\xF0\x9F\x98\xED\xA0\x80\xC0\xAF", 8);
	ok(tk_utf8_valid(s.data, s.len), "what comes out is valid");
}

static void
width(void)
{
	is_int((long long)tk_utf8_width("принтер"), 7, "Cyrillic: one column");
	is_int((long long)tk_utf8_width("漢字"), 4, "Han: two");
	is_int((long long)tk_utf8_width("e\xCC\x81"), 1, "a mark: none");

	is(fit("принтер", 7, false), "принтер", "what fits is whole");
	is(fit("принтер", 6, false), "принт…", "the rest is cut");
	is(fit("принтер", 9, true), "принтер  ", "and padded");
	is(fit("漢字漢字", 6, true), "漢字… ", "half a wide one is not shown");
	is(fit("принтер", 1, false), "…", "one column");
	is(fit("принтер", 0, false), "", "no room at all");
}

static void
terminal(void)
{
	is(safe("a\033[31mb\033]0;x\007", true), "a[31mb]0;x",
	    "no ESC, no BEL");
	is(safe("a\xC2\x9B"
		"31mb",
	       true),
	    "a31mb", "no C1 in UTF-8");
	is(safe("a\tb\nc", true), "a\tb\nc", "lines stay");
	is(safe("a\tb\nc", false), "a b c", "or become blanks");
	is(safe("a\rb\x7F", true), "ab", "no CR, no DEL");
	is(safe("gpj\xE2\x80\xAE"
		"exe",
	       true),
	    "gpjexe", "no bidi override");
	is(safe("a\xE2\x81\xA6"
		"b\xE2\x81\xA9",
	       true),
	    "ab", "no isolates");
	safe("a\x9B"
	     "31m",
	    true);
	ok(tk_utf8_valid(s.data, s.len) && strchr(s.data, '\x9B') == NULL,
	    "no raw C1 byte");
	is(safe("Данила 漢", true), "Данила 漢", "text is left alone");
}

static void
cases(void)
{
	is(lower("ПРИНТЕР Їжак"), "принтер їжак", "Cyrillic in lower case");
	is(lower("\xD0\x98\xCC\x86"), "й", "and composed");
	is(lower("Я\xCF"), "я\xEF\xBF\xBD", "broken text is mended");
	tk_str_reset(&s);
	tk_utf8_nfc(&s, "и\xCC\x86", 4);
	is(s.data, "й", "NFC");

	is_int((long long)tk_utf8_cut("жук", 6, 6), 6, "nothing to cut");
	is_int((long long)tk_utf8_cut("жук", 6, 5), 4, "not inside");
	is_int((long long)tk_utf8_cut("жук", 6, 1), 0, "down to nothing");
	is_int((long long)tk_utf8_cut("abc", 3, 2), 2, "ASCII anywhere");
}

/* What most letters are made of has a short way, to the same end. */
static void
short_way(void)
{
	char c[5], *long_way;
	bool same = true;
	unsigned u;

	for (u = 0x20; u < 0x2200; u++) {
		if (u < 0x80)
			snprintf(c, sizeof(c), "%c", (int)u);
		else if (u < 0x800)
			snprintf(c, sizeof(c), "%c%c", (int)(0xC0 | u >> 6),
			    (int)(0x80 | (u & 0x3F)));
		else
			snprintf(c, sizeof(c), "%c%c%c", (int)(0xE0 | u >> 12),
			    (int)(0x80 | (u >> 6 & 0x3F)),
			    (int)(0x80 | (u & 0x3F)));
		long_way = tk_strf("%s \xF0\x9F\x98\x80", c);
		(void)lower(long_way);
		tk_str_cut(&s, s.len - 5);
		free(long_way);
		long_way = tk_strf("%s", s.data);
		if (strcmp(lower(c), long_way) != 0) {
			printf("# U+%04X: %s, not %s\n", u, s.data, long_way);
			same = false;
		}
		free(long_way);
	}
	ok(same, "each character has one small letter, whatever follows");
}

int
main(void)
{
	valid();
	short_way();
	width();
	terminal();
	cases();
	tk_str_clear(&s);
	done_testing();
	return tap_done();
}
