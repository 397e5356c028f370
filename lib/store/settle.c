/* settle - what git has written made durable.
 *
 * git fsyncs its files (core.fsync, which tk init sets) and never a folder, so
 * that after a power cut a pushed commit may have no name any more, and an act
 * on top of it would stand on nothing. */
#include "store/git.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"

static void
sync_one(const char *top, const char *name)
{
	struct tk_err ignored = TK_ERR_INIT;
	char *path = tk_strf("%s%s", top, name);

	/* One that is not there has nothing to lose; what cannot be synced
	 * is not worse than it was. */
	if (tk_dir_sync(path, &ignored) != TK_OK)
		ignored.text[0] = '\0';
	free(path);
}

/* A folder in which nothing has changed costs a few microseconds. */
void
tk_store_settle(struct tk_store *s)
{
	static const char *const after[] = { "objects/pack", "objects",
		"logs/refs/heads", "logs", "refs/heads", "." };
	const char *top = git_repository_commondir(s->repo);
	char fan[sizeof("objects/00")];
	size_t i;

	for (i = 0; i < 256; i++) {
		snprintf(fan, sizeof(fan), "objects/%02x", (unsigned)i);
		sync_one(top, fan);
	}
	for (i = 0; i < TK_COUNT(after); i++)
		sync_one(top, after[i]);
}
