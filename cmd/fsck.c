/* tk-fsck - is the desk whole? */
#include <stdio.h>

#include "base/i18n.h"
#include "base/main.h"
#include "base/utf8.h"
#include "check/fsck.h"

static bool quiet, verbose;

static const struct tk_opt opts[] = {
	{ .flag = 'q',
	    .name = "quiet",
	    .help = N_("print problems only"),
	    .set = &quiet },
	{ .flag = 'v',
	    .name = "verbose",
	    .help = N_("hint at files that are not as tk writes them"),
	    .set = &verbose },
	{ 0 },
};

static void
print(FILE *to, const struct tk_strv *lines)
{
	struct tk_str safe = TK_STR_INIT;
	size_t i;

	for (i = 0; i < lines->n; i++) {
		tk_str_reset(&safe);
		tk_utf8_safe(&safe, lines->v[i], false);
		fprintf(to, "%s\n", safe.data);
	}
	tk_str_clear(&safe);
}

static enum tk_status
fsck(int argc, char **argv, struct tk_err *err)
{
	struct tk_fsck f = { .hints_wanted = verbose };
	struct tk_store *store = NULL;
	enum tk_status st;

	(void)argc;
	(void)argv;
	st = tk_store_open(&store, tk_main_desk(), err);
	if (st == TK_OK)
		st = tk_fsck_run(&f, store, err);
	/* There is a desk, and it cannot be read at all. */
	if (st == TK_ESYS)
		st = tk_wrap(err, TK_EREFUSED,
		    _("bring it back from a clone or a backup"));
	print(stdout, &f.problems);
	if (!quiet) {
		print(stderr, &f.hints);
		print(stderr, &f.notes);
	}
	if (st == TK_OK && !quiet)
		fprintf(stderr,
		    _("%zu tickets, %zu messages, %zu letters, %zu problems\n"),
		    f.tickets, f.messages, f.letters, f.problems.n);
	if (st == TK_OK && f.problems.n > 0)
		st = TK_EREFUSED;
	tk_fsck_clear(&f);
	tk_store_free(store);
	return st;
}

int
main(int argc, char **argv)
{
	static const struct tk_cmd cmd = {
		.name = "tk-fsck",
		.operands = "",
		.summary = N_("check that the desk is whole"),
		.opts = opts,
		.min = 0,
		.max = 0,
		.run = fsck,
	};

	return tk_main(&cmd, argc, argv);
}
