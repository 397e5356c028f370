/* fsck-archive - what the desk says of its archives, and what there is. */
#include "check/fsck-parts.h"

#include <stdlib.h>
#include <string.h>

#include "backup/cold.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/archived.h"

struct looking {
	struct tk_fsck *f;
	struct tk_store *store;
};

static void
look(const struct tk_cold_archive *a, void *arg)
{
	struct looking *k = arg;
	struct tk_err bad = TK_ERR_INIT;
	char *path, *remedy;

	if (tk_cold_check(k->store, a->year, &bad) == TK_OK)
		return;
	path = tk_strf("archives/%s.yaml", a->year);
	remedy = tk_strf(_("from a backup, or, as the tickets are in the "
			   "history of the desk: tk archive --before %s"),
	    a->year);
	tk_fsck_problem(k->f, path, bad.text, remedy);
	free(remedy);
	free(path);
}

void
tk_fsck_archives(struct tk_fsck *f, struct tk_store *store)
{
	struct looking k = { f, store };
	struct tk_err bad = TK_ERR_INIT;
	char *gate = tk_store_config(store, "tk.gate");

	/* Elsewhere they are not meant to be. */
	if (tk_streq(gate, "true") &&
	    tk_cold_list(store, look, &k, &bad) != TK_OK)
		tk_fsck_problem(f, "archives", bad.text, tk_fsck_mend());
	free(gate);
}
