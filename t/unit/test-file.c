/* test-file - base/file.h. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#include "tap.h"

static struct tk_err err = TK_ERR_INIT;
static struct tk_str s = TK_STR_INIT;

static const char *
content(const char *path)
{
	tk_str_reset(&s);
	return tk_file_read(&s, path, 100, &err) == TK_OK ? s.data : NULL;
}

static int
mode_of(const char *path)
{
	struct stat sb;

	return stat(path, &sb) == 0 ? (int)(sb.st_mode & 07777) : -1;
}

static void
writing(void)
{
	umask(077);
	is_int(tk_file_write("f", "one", 3, 0644, &err), TK_OK, "write");
	is(content("f"), "one", "and read");
	is_int(mode_of("f"), 0644, "the mode is the one asked for");
	is_int(tk_file_write("f", "two\0two", 7, 0600, &err), TK_OK, "over it");
	ok(content("f") != NULL && s.len == 7, "NUL bytes are kept");
	is_int(mode_of("f"), 0600, "with the new mode");
	is_int(tk_file_create("f", "x", 1, 0600, &err), TK_EEXIST,
	    "create never writes over a file");
	ok(content("f") != NULL && s.len == 7, "which is as it was");
	is_int(tk_file_create("g", "x", 1, 0640, &err), TK_OK, "create");
	is(content("g"), "x", "a new file");
	is_int(mode_of("g"), 0640, "with its mode");
	ok(tk_file_write("no/f", "x", 1, 0600, &err) != TK_OK &&
		strstr(err.text, "no/f") != NULL,
	    "no folder: the path is in the text");
	is_int(tk_file_write("empty", "", 0, 0600, &err), TK_OK, "no bytes");
	is(content("empty"), "", "an empty file");

	tk_str_reset(&s);
	is_int(tk_file_read(&s, "f", 6, &err), TK_EINPUT, "longer than max");
	is_int(tk_file_read(&s, "missing", 6, &err), TK_ENOENT, "missing");
	ok(strstr(err.text, "missing") != NULL, "and named");
}

static void
folders(void)
{
	struct tk_strv names = TK_STRV_INIT;

	is_int(tk_mkdirs("a/b/c", 0700, &err), TK_OK, "mkdir -p");
	is_int(tk_mkdirs("a/b/c", 0700, &err), TK_OK, "again");
	is_int(tk_mkdirs("a//b/d/", 0700, &err), TK_OK, "odd slashes");
	ok(tk_is_dir("a/b/c") && tk_is_dir("a/b/d"), "they are there");
	ok(tk_mkdirs("f/x", 0700, &err) != TK_OK, "not below a file");
	ok(tk_mkdirs("f", 0700, &err) != TK_OK, "not over a file");

	is_int(tk_file_move("f", "a/b/f", &err), TK_OK, "move");
	ok(tk_file_exists("a/b/f") && !tk_file_exists("f"), "it moved");
	is_int(tk_file_move("f", "g", &err), TK_ENOENT, "nothing to move");

	is_int(tk_dir_list(&names, "a/b", &err), TK_OK, "list");
	ok(names.n == 3 && tk_streq(names.v[0], "c") &&
		tk_streq(names.v[2], "f"),
	    "sorted, without dots");
	tk_strv_clear(&names);
	is_int(tk_dir_list(&names, "z", &err), TK_ENOENT, "no such folder");
	is_int(tk_dir_list(&names, ".", &err), TK_OK, "list");
	is_int((long long)names.n, 3, "no temporary file was left behind");
	tk_strv_clear(&names);

	ok(symlink("nowhere", "link") == 0 && tk_file_exists("link"),
	    "a dangling link is there");
	ok(!tk_is_dir("g") && !tk_is_dir("z"), "what is no folder");
}

static void
closing(void)
{
	FILE *f = fopen("h", "w");

	ok(f != NULL && fputs("x", f) >= 0, "a stream");
	is_int(tk_file_close(&f, "h", &err), TK_OK, "closed");
	ok(f == NULL, "and forgotten");
	is_int(tk_file_close(&f, "h", &err), TK_OK, "once more");
	f = fopen("/dev/full", "w");
	if (f == NULL)
		return;
	fputs("x", f);
	ok(tk_file_close(&f, "/dev/full", &err) != TK_OK, "a full disk shows");
}

int
main(void)
{
	char dir[] = "/tmp/tk-test-file.XXXXXX", line[64];

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		return 1;
	writing();
	folders();
	closing();
	unsetenv("TK_DATADIR");
	ok(tk_is_dir(tk_bindir()), "the program's folder");
	ok(tk_ends(tk_datadir(), "/../share/tk"), "data lies beside it");
	setenv("TK_DATADIR", "/d", 1);
	is(tk_datadir(), "/d", "or where TK_DATADIR says");
	tk_str_clear(&s);
	done_testing();
	snprintf(line, sizeof(line), "rm -rf %s", dir);
	return system(line) != 0 || tap_done();
}
