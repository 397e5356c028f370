/* test-index-file - store/index.h: the file, used by two, and damaged. */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "index/index.h"

#include "tap.h"

static struct tk_err err;
static struct tk_index *ix;

static void
put(const char *id, const char *subject)
{
	struct tk_ticket *t = tk_ticket_new(id);
	struct tk_yaml *e = tk_entry_new(1000, "tk", "open");

	tk_yaml_set_str(tk_entry_set(e), "subject", subject);
	tk_ticket_apply(t, e);
	if (tk_index_put_ticket(ix, t, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_ticket_free(t);
}

static void
begin(void)
{
	ok(tk_index_begin(ix, &err) == TK_OK, "begin");
}

static void
finish(const char *head)
{
	ok(tk_index_finish(ix, head, &err) == TK_OK, "finish");
}

/* Eight processes make one file and count in it. */
static void
crowd(const char *path)
{
	struct tk_index_counts c;
	int i, status, bad = 0;
	uint64_t n;
	char id[32];

	for (i = 0; i < 8; i++) {
		if (fork() > 0)
			continue;
		if (tk_index_open(&ix, path, &err) != TK_OK ||
		    tk_index_begin(ix, &err) != TK_OK ||
		    tk_index_last_number(ix, &n, "", &err) != TK_OK)
			_exit(1);
		snprintf(id, sizeof(id), "TK-%d", (int)n + 1);
		put(id, "x");
		_exit(tk_index_finish(ix, "8", &err) != TK_OK);
	}
	while (wait(&status) > 0)
		bad += status != 0;
	is_int(bad, 0, "all of a crowd come through");
	ok(tk_index_open(&ix, path, &err) == TK_OK &&
		tk_index_counts(ix, &c, &err) == TK_OK,
	    "opened");
	is_int(c.tickets, 8, "and none took another's number");
	is_int(c.entries, 8, "each with its entry");
	is(c.head, "8", "at the head of the last");
	ok(tk_index_check(ix, &err) == TK_OK, "SQLite finds the file whole");
	tk_index_free(ix);
}

static void
two(const char *path)
{
	struct tk_index *other = NULL;
	struct tk_index_counts c;
	char head[41];
	uint64_t n;

	ok(tk_index_open(&other, path, &err) == TK_OK, "a second connection");
	begin();
	put("TK-50", "x");
	ok(tk_index_last_number(other, &n, "", &err) == TK_OK && n == 0,
	    "does not see what is not finished");
	ok(tk_index_last_number(ix, &n, "", &err) == TK_OK && n == 50,
	    "the first one does");
	finish("3333333333333333333333333333333333333333");
	ok(tk_index_head(other, head, &err) == TK_OK, "its head");
	is(head, "3333333333333333333333333333333333333333", "is the new one");
	ok(tk_index_begin(other, &err) == TK_OK &&
		tk_index_wipe(other, &err) == TK_OK &&
		tk_index_finish(other, "4", &err) == TK_OK,
	    "it wipes all");
	ok(tk_index_counts(ix, &c, &err) == TK_OK && c.tickets == 0 &&
		c.messages == 0 && c.entries == 0,
	    "and nothing is left");
	ok(tk_index_check(ix, &err) == TK_OK, "SQLite finds the file whole");
	tk_index_free(other);
}

/* Open a file of these bytes; TK_OK: and it can be read. */
static enum tk_status
open_bytes(const char *path, const char *data, size_t len)
{
	struct tk_index *bad = NULL;
	struct tk_index_counts c;
	enum tk_status st;
	char *more = tk_strf("%s-wal", path);

	unlink(more);
	free(more);
	if ((st = tk_file_write(path, data, len, 0600, &err)) == TK_OK &&
	    (st = tk_index_open(&bad, path, &err)) == TK_OK)
		st = tk_index_counts(bad, &c, &err);
	tk_index_free(bad);
	return st;
}

/* What is damaged says so, whatever the damage is. */
static void
damage(const char *path)
{
	struct tk_str all = TK_STR_INIT;
	struct tk_index *none = NULL;
	char *wal = tk_strf("%s-wal", path);
	struct stat s;

	ok(stat(path, &s) == 0 && (s.st_mode & 0777) == 0640,
	    "the mode is 0660 less the umask");
	ok(stat(wal, &s) == 0 && s.st_size == 0, "a long log is brought home");
	free(wal);
	if (tk_file_read(&all, path, 10000000, &err) != TK_OK ||
	    all.len < 1999999)
		printf("Bail out! %s\n", err.text);
	is_int(open_bytes(path, all.data, all.len), TK_OK, "a good one");
	is_int(open_bytes(path, all.data, 9000), TK_EINPUT, "half of one");
	all.data[63]++; /* user_version, big-endian at 60 */
	is_int(open_bytes(path, all.data, all.len), TK_EINPUT,
	    "one of another version");
	all.data[63]--;
	memset(all.data + 4096, 'x', all.len - 4096);
	is_int(
	    open_bytes(path, all.data, all.len), TK_EINPUT, "pages of rubbish");
	memset(all.data, 'x', 4096);
	is_int(open_bytes(path, all.data, all.len), TK_EINPUT,
	    "nothing but rubbish");
	is_int(open_bytes(path, "", 0), TK_OK, "an empty file is a new index");
	tk_str_clear(&all);
	ok(tk_index_open(&none, "/nowhere/index.db", &err) == TK_ESYS &&
		none == NULL,
	    "no folder is TK_ESYS");
}

int
main(void)
{
	char dir[] = "/tmp/tk-index-XXXXXX";
	char *path, *sweep, *big;

	umask(027);
	if (mkdtemp(dir) == NULL || tk_date_zone("UTC", &err) != TK_OK)
		return 1;
	path = tk_strf("%s/crowd.db", dir);
	sweep = tk_strf("rm -r %s", dir);
	crowd(path);
	free(path);
	path = tk_strf("%s/index.db", dir);
	ok(tk_index_open(&ix, path, &err) == TK_OK, "a new index");
	two(path);
	begin();
	big = tk_strf("%02000000d", 1);
	put("TK-1", big);
	free(big);
	finish("5");
	tk_index_free(ix);
	damage(path);
	ok(system(sweep) == 0, "swept up");
	free(path);
	free(sweep);
	done_testing();
	return tap_done();
}
