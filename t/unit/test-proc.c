/* test-proc - base/proc.h. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/proc.h"

#include "tap.h"

static struct tk_str out = TK_STR_INIT, errors = TK_STR_INIT;
static struct tk_err err = TK_ERR_INIT;

/* The exit status of a shell command, or minus the tk_status. */
static int
sh(const char *command, const void *in, size_t len, bool keep_git)
{
	const char *argv[] = { "sh", "-c", command, NULL };
	struct tk_proc p = { .argv = argv,
		.in = in,
		.in_len = len,
		.dir = "/",
		.out = &out,
		.errors = &errors,
		.keep_git_env = keep_git };
	enum tk_status st;
	int code = -99;

	tk_str_reset(&out);
	tk_str_reset(&errors);
	st = tk_proc_run(&code, &p, &err);
	return st == TK_OK ? code : -(int)st;
}

static void
running(void)
{
	const char *missing[] = { "tk-no-such-program", NULL };
	struct tk_proc none = { .argv = missing };
	size_t len = 3 << 20;
	char *big = tk_malloc(len);
	int code;

	memset(big, 'x', len);
	is_int(sh("echo out; echo errors >&2; exit 3", "", 0, false), 3,
	    "the exit status");
	is(out.data, "out\n", "its standard output");
	is(errors.data, "errors\n", "its standard error");
	is_int(sh("pwd; cat", "in", 2, false), 0, "in a folder, with input");
	is(out.data, "/\nin", "both arrived");
	is_int(sh("cat; cat >&2 </dev/null", big, len, false), 0,
	    "3 MiB through cat");
	ok(out.len == len && memcmp(out.data, big, len) == 0, "all of it");
	is_int(sh("exec head -c 5", big, len, false), 0,
	    "a program that does not read to the end");
	is(out.data, "xxxxx", "did what it wanted");
	is_int(sh("kill -9 $$", "", 0, false), 128 + 9, "death by a signal");
	is_int(sh("yes | head -n1 >/dev/null; trap", "", 0, false), 0,
	    "SIGPIPE is not ignored in the child");
	is(out.data, "", "by default");
	is_int(tk_proc_run(&code, &none, &err), TK_ENOENT, "no such program");
	ok(strstr(err.text, "tk-no-such-program") != NULL, "and named");

	setenv("GIT_DIR", "/tmp/leak", 1);
	sh("echo ${GIT_DIR-none}", "", 0, false);
	is(out.data, "none\n", "GIT_DIR does not reach the child");
	sh("echo ${GIT_DIR-none}", "", 0, true);
	is(out.data, "/tmp/leak\n", "unless it is asked for");
	is(getenv("GIT_DIR"), "/tmp/leak", "our own is as it was");
	free(big);
}

static const char *
words(const char *line)
{
	struct tk_strv l = TK_STRV_INIT;
	size_t i;

	tk_str_reset(&out);
	if (tk_proc_words(&l, line, &err) != TK_OK)
		tk_str_add(&out, "refused");
	else
		for (i = 0; i < l.n; i++)
			tk_str_addf(&out, "[%s]", l.v[i]);
	tk_strv_clear(&l);
	return out.data;
}

static void
splitting(void)
{
	is(words("sendmail -t -oi"), "[sendmail][-t][-oi]", "words");
	is(words("  vi\t'a b'  "), "[vi][a b]", "single quotes");
	is(words("\"a \\\"b\\\" \\c\"x"), "[a \"b\" \\cx]", "double quotes");
	is(words("a\\ b '' \"\""), "[a b][][]", "backslash, empty words");
	is(words("'$HOME' `id` $(id)"), "[$HOME][`id`][$(id)]", "no expansion");
	is(words("'a\\'"), "[a\\]", "no escape in single quotes");
	is(words(""), "", "nothing");
	is(words("a 'b"), "refused", "an open quote");
	is(words("\"b"), "refused", "of either kind");
}

int
main(void)
{
	running();
	splitting();
	tk_str_clear(&out);
	tk_str_clear(&errors);
	done_testing();
	return tap_done();
}
