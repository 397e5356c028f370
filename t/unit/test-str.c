/* test-str - base/str.h, base/mem.h and base/err.h. */
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

#include "tap.h"

static void
strings(void)
{
	struct tk_str s = TK_STR_INIT;
	char *p;
	int i;

	is(s.data, "", "a new string is empty, not NULL");
	p = tk_str_detach(&s);
	is(p, "", "an empty string is detached as memory of its own");
	free(p);

	tk_str_add(&s, "pull ");
	tk_str_addf(&s, "the %s, %d%%", "plug", 100);
	tk_str_add_char(&s, '!');
	is(s.data, "pull the plug, 100%!", "text, format and character add up");
	is_int((long long)s.len, 20, "the length is counted");

	tk_str_reset(&s);
	tk_str_add_data(&s, "a\0b", 3);
	ok(s.len == 3 && memcmp(s.data, "a\0b", 4) == 0,
	    "NUL bytes are kept and the end is NUL");
	tk_str_add_data(&s, NULL, 0);
	is_int((long long)s.len, 3, "nothing may come from NULL");

	tk_str_set(&s, " \t\r\n x y \n");
	tk_str_trim(&s);
	is(s.data, "x y", "trim takes white space at both ends only");
	tk_str_set(&s, " \n ");
	tk_str_trim(&s);
	is(s.data, "", "trim of blanks leaves nothing");
	tk_str_set(&s, "abc");
	tk_str_cut(&s, 9);
	is(s.data, "abc", "cut beyond the end does nothing");
	tk_str_cut(&s, 1);
	is(s.data, "a", "cut shortens");

	tk_str_reset(&s);
	for (i = 0; i < 100000; i++)
		tk_str_add_char(&s, (char)('a' + i % 26));
	ok(s.len == 100000 && s.data[99999] == 'a' + 99999 % 26 &&
		s.data[s.len] == '\0',
	    "a long string grows byte by byte");
	p = tk_str_detach(&s);
	ok(strlen(p) == 100000 && s.len == 0 && s.data[0] == '\0',
	    "detach hands the bytes over and leaves an empty string");
	free(p);
	tk_str_clear(&s);

	p = tk_strf("%s-%04d", "TK", 17);
	is(p, "TK-0017", "tk_strf formats into memory of its own");
	free(p);
}

static void
reading(void)
{
	struct tk_err err = TK_ERR_INIT;
	struct tk_str s = TK_STR_INIT;
	int fd[2];

	if (!ok(pipe(fd) == 0 && write(fd[1], "letter", 6) == 6, "a pipe"))
		return;
	close(fd[1]);
	is_int(tk_str_read(&s, fd[0], 6, &err), TK_OK, "max bytes are read");
	is(s.data, "letter", "and they are the same");
	close(fd[0]);
	is_int(tk_str_read(&s, fd[0], 100, &err), TK_ESYS, "a closed fd fails");

	if (!ok(pipe(fd) == 0 && write(fd[1], "letter", 6) == 6, "a pipe"))
		return;
	close(fd[1]);
	tk_str_reset(&s);
	is_int(tk_str_read(&s, fd[0], 5, &err), TK_EINPUT,
	    "one byte too many is refused");
	close(fd[0]);
	tk_str_clear(&s);
}

static void
comparing(void)
{
	ok(tk_starts("TK-1", "TK-") && !tk_starts("T", "TK"), "tk_starts");
	ok(tk_ends("a.yaml", ".yaml") && !tk_ends("l", ".yaml"), "tk_ends");
	ok(tk_starts("x", "") && tk_ends("x", ""), "the empty affix fits");
	ok(tk_streq(NULL, NULL) && !tk_streq(NULL, "") && tk_streq("a", "a"),
	    "NULL equals only NULL");
	ok(tk_strcaseeq("Re:", "RE:") && !tk_strcaseeq("Re", "Re:"),
	    "case is ignored where that is said");
}

static int
lists(void)
{
	struct tk_strv l = TK_STRV_INIT, copy = TK_STRV_INIT;
	char name[16];
	int i;

	ok(!tk_strv_has(&l, "x"), "an empty list has nothing");
	tk_strv_sort(&l);
	for (i = 99; i >= 0; i--) {
		snprintf(name, sizeof(name), "q%02d", i);
		tk_strv_add(&l, name);
	}
	tk_strv_add_own(&l, tk_strdup("a"));
	is_int((long long)l.n, 101, "101 strings were added");
	ok(l.v[l.n] == NULL, "the list ends with NULL");
	tk_strv_sort(&l);
	ok(tk_streq(l.v[0], "a") && tk_streq(l.v[1], "q00") &&
		tk_streq(l.v[100], "q99"),
	    "sorted by bytes");
	tk_strv_copy(&copy, &l);
	tk_strv_clear(&l);
	ok(copy.n == 101 && tk_strv_has(&copy, "q57"), "a copy is its own");
	tk_strv_clear(&copy);
	is_int((long long)copy.n, 0, "cleared");
	return 0;
}

static void
errors(void)
{
	struct tk_err err = TK_ERR_INIT;
	struct tk_str s = TK_STR_INIT;

	is_int(tk_fail(&err, TK_EINPUT, "line %d", 3), TK_EINPUT, "tk_fail");
	is_int(tk_wrap(&err, TK_EREFUSED, "TK-%d", 17), TK_EREFUSED, "tk_wrap");
	is(err.text, "TK-17: line 3", "the context comes in front");
	is_int(err.status, TK_EREFUSED, "the status is the last one");
	tk_err_add_line(&err, "and %s", "more");
	is(err.text, "TK-17: line 3\nand more", "one more line");

	while (s.len < TK_ERR_MAX)
		tk_str_add(&s, "\xD0\x96");
	tk_fail(&err, TK_EINPUT, "x%s", s.data);
	ok(strlen(err.text) < TK_ERR_MAX && strlen(err.text) % 2 == 1,
	    "a text cut by the buffer ends between characters");
	tk_fail(&err, TK_EINPUT, "%s", s.data);
	ok(strlen(err.text) < TK_ERR_MAX && strlen(err.text) % 2 == 0,
	    "wherever the cut falls");
	tk_str_clear(&s);
}

int
main(void)
{
	strings();
	reading();
	comparing();
	lists();
	errors();
	done_testing();
	return tap_done();
}
