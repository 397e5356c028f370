/* settle - what git has written made durable.
 *
 * git fsyncs its files (core.fsync, which tk init sets) and never a folder, so
 * that after a power cut a pushed commit may have no name any more, and an act
 * on top of it would stand on nothing. One call for the file system costs less
 * than one for each of the 256 folders of objects. */
#define _GNU_SOURCE /* syncfs */
#include "store/git.h"

#include <fcntl.h>
#include <unistd.h>

void
tk_store_settle(struct tk_store *s)
{
	int fd = open(git_repository_commondir(s->repo),
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	/* What cannot be synced is not worse off than it was. */
	(void)syncfs(fd);
	close(fd);
}
