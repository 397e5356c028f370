/* tk-reindex - make the index anew. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/progress.h"
#include "store/store.h"

static bool quiet;

static const struct tk_opt opts[] = {
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print nothing"),
	    .set = &quiet },
	{ 0 },
};

static enum tk_status
reindex(int argc, char **argv, struct tk_err *err)
{
	struct tk_index_counts c;
	struct tk_store *store = NULL;
	struct tk_index *ix;
	enum tk_status st;

	(void)argc;
	(void)argv;
	if ((st = tk_store_open(&store, tk_main_desk(), err)) != TK_OK)
		goto out;
	st = tk_store_reindex(store, quiet ? NULL : tk_progress_show, err);
	tk_progress_clear();
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
