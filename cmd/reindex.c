/* tk-reindex - make the index anew. */
#include <stdio.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/main.h"
#include "store/store.h"

#define STEP 1000 /* tickets between two lines of progress */

static bool quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static void
progress(size_t done, void *arg)
{
	(void)arg;
	if (done % STEP != 0)
		return;
	fputc('\r', stderr);
	fprintf(stderr, ngettext("%zu ticket", "%zu tickets", done), done);
}

static enum tk_status
reindex(int argc, char **argv, struct tk_err *err)
{
	bool talk = !quiet && isatty(STDERR_FILENO);
	struct tk_index_counts c;
	struct tk_store *store = NULL;
	struct tk_index *ix;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if ((st = tk_store_open(&store, tk_main_desk(), err)) != TK_OK)
		goto out;
	st = tk_store_reindex(store, talk ? progress : NULL, NULL, err);
	if (talk)
		fputs("\r\033[K", stderr);
	if (st != TK_OK || (st = tk_store_index(store, &ix, err)) != TK_OK ||
	    (st = tk_index_counts(ix, &c, err)) != TK_OK)
		goto out;
	if (!quiet)
		printf(_("%lld tickets, %lld messages, %lld acts\n"),
		    (long long)c.tickets, (long long)c.messages,
		    (long long)c.entries);
out:
	tk_store_free(store);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-reindex",
		.operands = "",
		.summary = N_("make the index anew from the desk"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = reindex,
	};

	return tk_main(&cmd, argc, argv);
}
