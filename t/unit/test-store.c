/* test-store - store/store.h: one process with many large transactions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"
#include "store/store.h"

#include "tap.h"

#define PACKS 40
#define FILES 70 /* more than what is written as loose objects */

static struct tk_err err;

static bool
sh(const char *command)
{
	const char *argv[] = { "sh", "-c", command, NULL };
	int code = -1;

	return tk_proc_run(
		   &code, &(struct tk_proc){ .argv = argv }, &err) == TK_OK &&
	    code == 0;
}

static char *
text_of(int pack, int file)
{
	return tk_strf("file %d of pack %d\n", file, pack);
}

static enum tk_status
put(struct tk_tx *tx, void *arg, struct tk_err *e)
{
	const int *pack = arg;
	enum tk_status st = TK_OK;
	char *path, *text;
	int i;

	for (i = 0; i < FILES && st == TK_OK; i++) {
		path = tk_strf("templates/%d/%d.txt", *pack, i);
		text = text_of(*pack, i);
		st = tk_tx_put(tx, path, text, strlen(text), e);
		free(path);
		free(text);
	}
	return st == TK_OK
	    ? tk_tx_commit(tx, "a", "a@b.example", *pack, "many files\n", e)
	    : st;
}

static bool
is_there(struct tk_store *s, int pack, int file)
{
	char *path = tk_strf("templates/%d/%d.txt", pack, file);
	char *want = text_of(pack, file);
	struct tk_str got = TK_STR_INIT;
	bool is = tk_store_read(s, &got, path, &err) == TK_OK &&
	    strcmp(got.data, want) == 0;

	tk_str_clear(&got);
	free(want);
	free(path);
	return is;
}

/* Lists of packs that this process has in memory. */
static int
mapped(void)
{
	FILE *f = fopen("/proc/self/maps", "re");
	char line[4400];
	int n = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		n += strstr(line, ".idx\n") != NULL;
	if (f != NULL)
		fclose(f);
	return n;
}

int
main(void)
{
	struct tk_store *s = NULL;
	char dir[] = "/tmp/tk-test-store.XXXXXX", *command;
	int pack, i, bad = 0, before = 0, closed = 0;

	if (mkdtemp(dir) == NULL || chdir(dir) < 0 ||
	    tk_store_init(&s, "d", true, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_store_set_committer(s, "a", "a@b.example");
	for (pack = 0; pack < PACKS; pack++) {
		if (tk_store_change(s, put, &pack, &err) != TK_OK)
			printf("Bail out! %s\n", err.text);
		closed += mapped() < before;
		/* All packs that there are. */
		for (i = 0; i <= pack; i++)
			bad += !is_there(s, i, (i * 7 + pack) % FILES);
		before = mapped();
	}
	is_int(bad, 0, "what is in each of many packs is found");
	ok(before > PACKS / 2, "they are open");
	ok(closed > 0, "but were closed on the way");
	tk_store_free(s);
	ok(sh("git -C d fsck --full --strict --no-progress 2>err && [ ! -s err ]"),
	    "git finds nothing to say");
	command = tk_strf("[ \"$(git -C d rev-list --count main)\" = %d ] && "
			  "[ \"$(ls d/objects/pack | grep -c pack$)\" = %d ] && "
			  "[ \"$(git -C d show main:templates/0/5.txt)\" = "
			  "'file 5 of pack 0' ]",
	    PACKS, PACKS);
	ok(sh(command), "and sees a commit and a pack of each");
	free(command);
	command = tk_strf("rm -rf %s", dir);
	ok(chdir("/") == 0 && sh(command), "gone");
	free(command);
	done_testing();
	return tap_done();
}
